import { type CallPlan, type CallResult, openingTime, ring } from "./calls.ts";
import { CAMPAIGNS, type Campaign } from "./campaigns.ts";
import { askAssistant, contact, later } from "./contacts.ts";
import { BACKGROUND_CALL_CHANCE, PURPOSES, type Purpose } from "./pages.ts";
import type { Person } from "./people.ts";
import { DAY, DEMO_DAYS, HOUR, MINUTE, type World, worldOf } from "./post.ts";
import type { ReasonName } from "./staff.ts";
import { browse, type Visit } from "./web.ts";

/** Two months of one person with the company, one need after another. */
export function live(world: World, person: Person): void {
  const own = worldOf(world, `life of ${person.key}`);
  const needs = Math.round(own.random.around(person.appetite * (person.isOnline ? 3.9 : 1.8)));
  for (let need = 0; need < needs; need++) {
    const purpose = own.random.weighted(PURPOSES, ({ weight }) => weight);
    meet(worldOf(own, `need ${need}`), person, purpose);
  }
}

function meet(world: World, person: Person, purpose: Purpose): void {
  const { random } = world;
  const startsAt = openingTime(world, random.int(0, DEMO_DAYS - 2));
  if (person.isCaller && (!person.isOnline || random.chance(0.24))) {
    insist(world, { person, reason: purpose.reason, startsAt });
  } else if (person.isOnline) {
    const isEvening = random.chance(0.3);
    visitFor(world, { person, purpose, startsAt: isEvening ? startsAt + 3 * HOUR : startsAt });
  }
}

interface Need {
  person: Person;
  purpose: Purpose;
  startsAt: number;
}

/** A visit and what follows it: a call, the assistant, a letter, or nothing. */
function visitFor(world: World, { person, purpose, startsAt }: Need): void {
  const { random } = world;
  const isShopping = purpose.name === "browse" || purpose.name === "checkout";
  const campaign = random.chance(isShopping ? 0.4 : 0.03)
    ? random.weighted(CAMPAIGNS, ({ weight }) => weight)
    : undefined;
  const way = random.pick(purpose.ways);
  const steps = campaign ? [campaign.landing, ...way] : way;
  const inApp = !campaign && person.device !== null && random.chance(0.4);
  const visit = browse(world, {
    person,
    channel: inApp ? "APP" : "WEB",
    steps,
    startsAt,
    signsInAt: inApp ? 0 : signIn(world, person, steps),
    campaign,
    ...(random.chance(0.05) && { ecid: `9${person.ecid.slice(1)}` }),
  });
  const cause = campaign && random.chance(0.75) ? campaign : causeOf(purpose, steps);
  if (person.isCaller && random.chance(cause.callChance)) {
    callAfter(world, { person, reason: cause.reason, visit, campaign: cause === campaign ? campaign : undefined });
  } else {
    elsewhere(world, { person, purpose, visit });
  }
}

function causeOf({ trigger, callChance, reason }: Purpose, steps: readonly string[]) {
  return { reason, callChance: steps.includes(trigger) ? callChance : BACKGROUND_CALL_CHANCE };
}

/** The step from which the site knows the visitor: after the log-in page, or at once where a log-in is remembered. */
function signIn({ random }: World, person: Person, steps: readonly string[]): number | null {
  if (!person.custId) return person.email && random.chance(0.4) ? Math.min(2, steps.length - 1) : null;
  const login = steps.lastIndexOf("/login");
  if (login === -1) return random.chance(0.3) ? 0 : null;
  return login + 1 < steps.length ? login + 1 : null;
}

interface AfterVisit {
  person: Person;
  reason: ReasonName;
  visit: Visit;
  campaign: Campaign | undefined;
}

/**
 * Four in five call while the page is still open; the others call later. A campaign's landing page shows its own number, so
 * that those who call it do so at once, and a script passes on who was looking.
 */
function callAfter(world: World, { person, reason, visit, campaign }: AfterVisit): void {
  const { random } = world;
  const isAtOnce = random.chance(campaign ? 0.95 : 0.8);
  const startsAt = visit.endsAt + (isAtOnce ? random.int(1, 14) * MINUTE : random.int(2, 9) * HOUR);
  const isTracked = random.chance(campaign ? 0.95 : 0.35);
  const call = insist(world, {
    person,
    reason,
    startsAt,
    campaign,
    ...(isTracked && { visitorId: person.ecid, pageUrl: visit.lastUrl }),
  });
  if (isAtOnce && random.chance(0.3)) goBack(worldOf(world, "after the call"), person, call.endsAt);
}

/** Looks on the site at what the agent said, minutes after the call. */
function goBack(world: World, person: Person, hungUpAt: number): void {
  const { random } = world;
  const steps = random.pick([
    ["/account", "/account/contract"],
    ["/support", "/contact"],
    ["/shop", "/shop/basket"],
  ]);
  const startsAt = hungUpAt + random.int(1, 12) * MINUTE;
  browse(world, { person, channel: "WEB", steps, startsAt, signsInAt: random.chance(0.5) ? 0 : null });
}

/** Calls, and calls again within days until the matter is settled; answers how the first call ended. */
function insist(world: World, plan: CallPlan): CallResult {
  const call = ring(world, plan);
  const attempt = plan.attempt ?? 0;
  if (call.isResolved || attempt >= 3 || !world.random.chance(0.58)) return call;
  const nextDay = openingTime(world, Math.max(0, Math.floor((world.now - call.endsAt) / DAY) - world.random.int(1, 5)));
  if (nextDay <= call.endsAt) return call;
  const reason = attempt > 0 && world.random.chance(0.3) ? "complaint" : plan.reason;
  insist(world, { person: plan.person, reason, startsAt: nextDay, attempt: attempt + 1 });
  return call;
}

/** Those who do not call may ask the assistant, write, or visit a branch. */
function elsewhere(world: World, { person, purpose, visit }: { person: Person; purpose: Purpose; visit: Visit }): void {
  const { random } = world;
  const plan = { person, reason: purpose.reason, startsAt: visit.endsAt };
  if (random.chance(0.12)) {
    const answer = askAssistant(world, { ...plan, channel: "BOT" });
    const rings = !answer.isSettled && person.isCaller && random.chance(0.5);
    if (rings) insist(world, { person, reason: purpose.reason, startsAt: answer.endsAt + random.int(1, 90) * MINUTE });
    return;
  }
  if (!random.chance(0.15) || !(person.custId || person.email)) return;
  const channel = random.weighted(
    ["EMAIL", "CHAT", "SOCIAL", "BRANCH", "SMS", "MAIL", "TASK", "OTHER", "FAX"] as const,
    (name) => WEIGHTS[name],
  );
  contact(world, { ...plan, channel, startsAt: channel === "CHAT" ? visit.endsAt : later(world, visit.endsAt) });
}

const WEIGHTS = { EMAIL: 10, CHAT: 9, SOCIAL: 4, BRANCH: 7, SMS: 6, MAIL: 2, TASK: 2, OTHER: 1, FAX: 0.6 } as const;
