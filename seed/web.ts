import type { Campaign } from "./campaigns.ts";
import { SITE, screenOf } from "./pages.ts";
import { digits, type Person } from "./people.ts";
import { countUp, type IdentityBody, iso, pounds, SECOND, send, type TouchpointBody, type World } from "./post.ts";

/** A planned visit: who visits which pages, from when, and whether they log in. */
export interface VisitPlan {
  person: Person;
  channel: "WEB" | "APP";
  steps: readonly string[];
  startsAt: number;
  /** The step from which the site knows the visitor; null when they never log in. */
  signsInAt: number | null;
  campaign?: Campaign | undefined;
  /** The browser's id, where it is not the person's usual one. */
  ecid?: string;
  sessionId?: string;
  /** Seconds on each page, where the story sets them. */
  dwellSeconds?: readonly number[];
}

export interface Visit {
  endsAt: number;
  sessionId: string;
  lastUrl: string;
}

/** Sends a visit's touchpoints: pages, searches, forms and purchases in their order. */
export function browse(world: World, plan: VisitPlan): Visit {
  const sessionId = plan.sessionId ?? `${plan.channel === "WEB" ? "w" : "a"}-${countUp(world, "visits")}`;
  let at = plan.startsAt;
  let lastUrl = SITE;
  plan.steps.forEach((step, index) => {
    const leavesAt = at + (plan.dwellSeconds?.[index] ?? 4 + world.random.around(55)) * SECOND;
    const moment = { plan, step, index, at, leavesAt, sessionId };
    send(world, { kind: "touchpoint", body: touchpoint(world, moment) }, leavesAt > world.now ? at : leavesAt);
    if (step.startsWith("/")) lastUrl = `${SITE}${step}`;
    at = leavesAt;
  });
  return { endsAt: at, sessionId, lastUrl };
}

interface Moment {
  plan: VisitPlan;
  step: string;
  index: number;
  at: number;
  leavesAt: number;
  sessionId: string;
}

function touchpoint(world: World, { plan, step, index, at, leavesAt, sessionId }: Moment): TouchpointBody {
  const { channel, campaign, person } = plan;
  const isStillThere = leavesAt > world.now;
  return {
    source: channel === "WEB" ? "web" : "app",
    sourceId: `${sessionId}-${index + 1}`,
    identities: identitiesAt(plan, index),
    occurredAt: iso(at),
    ...(!isStillThere && { endedAt: iso(leavesAt) }),
    sequence: index + 1,
    channel,
    sessionId,
    device: channel === "APP" ? "app" : person.device ? "mobile" : "desktop",
    ...(campaign && index === 0 && { campaign: campaign.name, medium: campaign.medium }),
    ...deedOf(world, step, plan),
  };
}

/** Before the log-in only the browser is known; the log-in itself carries what was typed. */
function identitiesAt({ person, channel, signsInAt, ecid = person.ecid }: VisitPlan, index: number): IdentityBody[] {
  const browser: IdentityBody[] =
    channel === "APP"
      ? [{ namespace: "device", value: person.device ?? person.ecid }]
      : [{ namespace: "ecid", value: ecid }];
  if (channel === "WEB" && index === 0 && ecid === person.ecid)
    browser.push({ namespace: "cookie", value: person.cookie });
  if (signsInAt === null || index < signsInAt) return browser;
  const who: IdentityBody[] = [];
  if (person.custId) who.push({ namespace: "custid", value: person.custId });
  if (index === signsInAt && person.login) who.push({ namespace: "login", value: person.login });
  if (!person.custId && person.email) who.push({ namespace: "email", value: person.email });
  return [...who, ...browser];
}

type Deed = Pick<TouchpointBody, "kind" | "name" | "section" | "url" | "value">;

function deedOf({ random }: World, step: string, { channel, campaign }: VisitPlan): Deed {
  const [verb, words = ""] = step.split(":");
  if (verb === "search") {
    return { kind: "SEARCH", name: words, section: "search", url: `${SITE}/search?q=${encodeURIComponent(words)}` };
  }
  if (verb === "form") return { kind: "FORM", name: words, section: "forms" };
  if (verb === "buy")
    return { kind: "TRANSACTION", name: "order", section: "shop", value: pounds(random.around(190) + 0.99) };
  if (channel === "APP") return { kind: "PAGE_VIEW", name: screenOf(step), section: "app" };
  return { kind: "PAGE_VIEW", url: `${SITE}${step}${queryOf(random, campaign)}` };
}

/** The parameters that advertisements and mail programs add to an address; they are no part of the page. */
function queryOf(random: World["random"], campaign: Campaign | undefined): string {
  if (campaign) return `?utm_campaign=${campaign.name}&utm_medium=${campaign.medium}`;
  return random.chance(0.08) ? `?ref=${digits(random, 6)}` : "";
}
