import { type Campaign, SWITCHBOARD } from "./campaigns.ts";
import { closeOf, endOf, type Line, NEW_SITE, OLD_SITE, type VoiceLeg, voiceRecord } from "./legs.ts";
import { playMenu } from "./menu.ts";
import type { Person } from "./people.ts";
import { countUp, DAY, HOUR, type IdentityBody, MINUTE, SECOND, send, type World } from "./post.ts";
import { agentFor, REASONS, type ReasonName } from "./staff.ts";
import { askAboutIt } from "./surveys.ts";
import { callBack, transfer } from "./transfers.ts";

export interface CallPlan {
  /** Null: the caller withholds the number and is not asked for a name. */
  person: Person | null;
  reason: ReasonName;
  startsAt: number;
  campaign?: Campaign | undefined;
  /** The visitor id that a call-tracking script or a click-to-call button passes on. */
  visitorId?: string | undefined;
  pageUrl?: string | undefined;
  /** How many calls about this they have made before. */
  attempt?: number;
}

export interface CallResult {
  endsAt: number;
  /** Whether an agent answered and said that the matter is settled. */
  isResolved: boolean;
}

/** A call from its first ring: the menu, the queue, the agents, the survey. */
export function ring(world: World, plan: CallPlan): CallResult {
  const line = lineOf(world, plan);
  const who = provenBy(plan.person);
  let at = plan.startsAt;
  if (line.universalSessionId && world.random.chance(0.86)) {
    const menu = playMenu(world, { line, startsAt: at, proven: world.random.chance(0.15) ? who : [] });
    if (!menu.goesOn) return { endsAt: menu.endsAt, isResolved: world.random.chance(0.7) };
    at = menu.endsAt;
  }
  return queue(world, { line, who, at, plan });
}

interface Waiting {
  line: Line;
  who: readonly IdentityBody[];
  at: number;
  plan: CallPlan;
}

/** The call from the queue on. The longer the wait, the more callers give up. */
function queue(world: World, { line, who, at, plan }: Waiting): CallResult {
  const { random } = world;
  const queueSeconds = random.chance(0.55) ? random.int(1, 18) : random.around(75);
  const fate = random.next();
  const leg = unanswered(line, at, queueSeconds);
  if (fate < 0.03) return given(world, { ...leg, queueSeconds: random.int(1, 5), outcome: "ABANDONED" });
  if (fate < 0.06) return given(world, { ...leg, queueSeconds: random.int(6, 20), outcome: "ABANDONED" });
  if (fate < 0.1) return given(world, { ...leg, queueSeconds: 20 + random.around(110), outcome: "ABANDONED" });
  if (fate < 0.11) return given(world, { ...leg, outcome: "FLOWED_OUT" });
  if (fate < 0.125) return given(world, { ...leg, talkSeconds: random.int(12, 60), outcome: "VOICEMAIL" });
  if (fate < 0.165) {
    given(world, { ...leg, outcome: "CALLBACK_REQUESTED" });
    return callBack(world, leg, who);
  }
  return talk(world, { leg, who, plan });
}

function given(world: World, leg: VoiceLeg): CallResult {
  send(world, voiceRecord(leg), closeOf(leg));
  return { endsAt: endOf(leg), isResolved: false };
}

interface Answered {
  leg: VoiceLeg;
  who: readonly IdentityBody[];
  plan: CallPlan;
}

function talk(world: World, { leg, who, plan }: Answered): CallResult {
  const { random } = world;
  const { line } = leg;
  const sale = saleOf(world, line);
  const isResolved = sale !== null || random.chance(line.reason.resolvedChance - 0.1 * (plan.attempt ?? 0));
  const isPassedOn = random.chance(0.09);
  const leavesUs = !isPassedOn && random.chance(0.015);
  const answered: VoiceLeg = {
    ...leg,
    talkSeconds: random.around(line.reason.talkSeconds) * (isPassedOn ? 0.5 : 1),
    holdSeconds: random.chance(0.3) ? random.int(15, 160) : 0,
    wrapUpSeconds: random.around(45),
    agent: agentFor(random, line.reason.team, random.pick(line.site.callCentreIds)),
    identities: random.chance(0.6) ? who : [],
    outcome: leavesUs ? "TRANSFERRED_OUT" : "HANDLED",
    isTransferredToSurvey: random.chance(0.35),
    more: { isResolved, isTransferred: leavesUs, ...fromTheWeb(plan), ...sale },
  };
  if (isPassedOn) return transfer(world, whole(answered), who);
  const closed = whole(answered);
  send(world, voiceRecord(closed), closeOf(closed));
  if (closed.isTransferredToSurvey && random.chance(0.55)) askAboutIt(world, closed, who);
  return { endsAt: endOf(closed), isResolved };
}

/** In whole seconds, as telephone systems count, with no more hold time than talk time. */
function whole(leg: VoiceLeg): VoiceLeg {
  const talkSeconds = Math.max(20, Math.round(leg.talkSeconds));
  return { ...leg, talkSeconds, holdSeconds: Math.min(leg.holdSeconds, talkSeconds - 10) };
}

function unanswered(line: Line, startsAt: number, queueSeconds: number): VoiceLeg {
  const lengths = { queueSeconds, talkSeconds: 0, holdSeconds: 0, wrapUpSeconds: 0 };
  return { line, sourceId: line.key, identities: [], startsAt, agent: null, outcome: "ABANDONED", ...lengths };
}

function fromTheWeb({ visitorId, pageUrl }: CallPlan): VoiceLeg["more"] {
  return visitorId && pageUrl ? { pageUrl } : {};
}

function saleOf({ random }: World, { reason, key }: Line): VoiceLeg["more"] | null {
  if (!random.chance(reason.saleChance)) return null;
  return {
    revenue: { amount: `${random.around(reason.saleValue)}.00`, currency: "GBP" },
    transactionId: `order-${key}`,
  };
}

function lineOf(world: World, { person, reason, campaign, visitorId }: CallPlan): Line {
  const { random } = world;
  const site = person && random.chance(0.6) ? NEW_SITE : OLD_SITE;
  const key = `${site === NEW_SITE ? "contact" : "call"}-${countUp(world, "calls")}`;
  const visitor = visitorId ? [{ namespace: "ecid", value: visitorId }] : [];
  return {
    site,
    key,
    reason: REASONS[reason],
    caller: [...numberOf(world, { person, site }), ...visitor],
    // The old switch gives a call with a withheld number no journey id: nothing identifies it.
    universalSessionId: person ? `journey-${key}` : null,
    dialledNumber: campaign?.number ?? SWITCHBOARD,
    campaign: campaign?.name ?? null,
    medium: campaign?.medium ?? null,
  };
}

/** The number as the network shows it: international, as the old switch writes it, or none. */
function numberOf({ random }: World, { person, site }: { person: Person | null; site: Line["site"] }): IdentityBody[] {
  if (!person) return random.chance(0.7) ? [{ namespace: "phone", value: "anonymous" }] : [];
  const number = person.landline && random.chance(0.6) ? person.landline : person.phone;
  if (!number) return [];
  const asDialled = site === OLD_SITE && random.chance(0.4) ? number.replace("+44", "0") : number;
  return [{ namespace: "phone", value: asDialled }];
}

export function provenBy(person: Person | null): IdentityBody[] {
  return person?.custId ? [{ namespace: "custid", value: person.custId }] : [];
}

/** A time of day for a call: most often late morning, rarely at the weekend. */
export function openingTime({ random, now }: World, daysAgo: number): number {
  const midnight = Math.floor(now / DAY) * DAY - daysAgo * DAY;
  const weekday = new Date(midnight).getUTCDay();
  const shifted = (weekday === 0 || weekday === 6) && random.chance(0.6) ? midnight - 2 * DAY : midnight;
  const hour = random.weighted(HOURS, ([, weight]) => weight)[0];
  return shifted + hour * HOUR + random.int(0, 59) * MINUTE + random.int(0, 59) * SECOND;
}

const HOURS: readonly (readonly [number, number])[] = [
  [8, 4],
  [9, 8],
  [10, 11],
  [11, 10],
  [12, 7],
  [13, 6],
  [14, 7],
  [15, 7],
  [16, 8],
  [17, 6],
  [18, 4],
  [19, 2],
];
