import { isSaid, type SaidFilter } from "./said.ts";
import { stretchOf } from "./sender-sessions.ts";
import { isKept, type Sequence } from "./sequences.ts";
import type { Happening, Told } from "./world.ts";

// The reports' shared meanings once more, slow and obvious, sharing no code with src.

/** What a question says about events; the shape of the inputs, restated. */
export interface Matcher {
  channels?: string[] | null;
  kinds?: string[] | null;
  sources?: string[] | null;
  names?: string[] | null;
  namePattern?: string | null;
  sections?: string[] | null;
  stages?: string[] | null;
  callReasons?: string[] | null;
  intents?: string[] | null;
  agentIds?: string[] | null;
  teams?: string[] | null;
  campaigns?: string[] | null;
  outcomes?: string[] | null;
  attributes?: SaidFilter[] | null;
  sequence?: Sequence | null;
  not?: Matcher | null;
}

export interface Audience {
  segments?: string[] | null;
  regions?: string[] | null;
  products?: string[] | null;
  isAnonymous?: boolean | null;
  vvip?: boolean | null;
  attributes?: SaidFilter[] | null;
  did?: Matcher | null;
  didNot?: Matcher | null;
}

export interface Period {
  from: Date;
  to: Date;
}

const CHANNELS = "WEB APP BOT IVR CHAT VOICE SMS EMAIL SOCIAL MAIL FAX BRANCH SURVEY TASK OTHER".split(" ");

const KINDS = "PAGE_VIEW SEARCH PROMPT INTENT MESSAGE FORM CALL TRANSACTION SURVEY OTHER".split(" ");

/** Time, then the sender's sequence with none last, then precedence of channels, then of kinds, then id. */
export function compare(a: Told, b: Told): number {
  return (
    a.at.getTime() - b.at.getTime() ||
    (a.sequence ?? Number.MAX_SAFE_INTEGER) - (b.sequence ?? Number.MAX_SAFE_INTEGER) ||
    CHANNELS.indexOf(a.channel) - CHANNELS.indexOf(b.channel) ||
    KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  );
}

/** What one customer did, in order. */
export function lifeOf(world: readonly Told[], customerId: string): Told[] {
  return world.filter((event) => event.customerId === customerId).sort(compare);
}

export const isLeg = ({ channel }: Happening) => channel !== "WEB" && channel !== "APP";
const endOf = (event: Told) => (event.until ?? event.at).getTime();

export function isWithin({ from, to }: Period, event: Told): boolean {
  return event.at >= from && event.at < to;
}

function nameOf(event: Told): string | null {
  if (!isLeg(event)) return event.name ?? null;
  return (event.kind === "CALL" ? event.callReason : event.intent) ?? null;
}

function sectionOf(event: Told): string | null {
  return nameOf(event) === null ? null : event.section || null;
}

function stageOf(world: readonly Told[], event: Told): string {
  const lead = lifeOf(world, event.customerId).find(({ kind }) => kind === "FORM" || kind === "CALL");
  if (!lead || compare(event, lead) < 0) return "EARLY";
  return event.id === lead.id ? "LEAD" : "POST_LEAD";
}

export function valueAlong(world: readonly Told[], event: Told, dimension: string): string | null {
  const named = (kind: string) => (event.kind === kind ? nameOf(event) : null);
  const legOnly = (value: string | null | undefined) => (isLeg(event) ? (value ?? null) : null);
  const values: Record<string, () => string | null> = {
    PAGE: () => named("PAGE_VIEW"),
    SECTION: () => sectionOf(event),
    SEARCH_TERM: () => named("SEARCH"),
    PROMPT: () => named("PROMPT"),
    INTENT: () => legOnly(event.intent) ?? named("INTENT"),
    CHANNEL: () => event.channel,
    SOURCE: () => event.source ?? "test",
    CAMPAIGN: () => event.campaign ?? null,
    MEDIUM: () => event.medium ?? null,
    // No world says either, and none has a page with an address: test/ingest/brought.db.test.ts does.
    REFERRER: () => null,
    LANDING_PAGE: () => null,
    CALL_REASON: () => legOnly(event.callReason) ?? named("CALL"),
    CALL_CENTRE: () => legOnly(event.callCentreId),
    OUTCOME: () => legOnly(event.outcome),
    JOURNEY_STEP: () => legOnly(event.journeyStep),
    DEPARTMENT: () => legOnly(event.department),
    TEAM: () => legOnly(event.team),
    AGENT: () => legOnly(event.agentId),
    SKILL: () => legOnly(event.agentSkillId),
    SEGMENT: () => event.person.segment ?? null,
    DEVICE: () => event.device ?? null,
    TRACKING_NUMBER: () => legOnly(event.trackingNumber),
    STAGE: () => stageOf(world, event),
  };
  return values[dimension]!();
}

/** What an event brought in; null where it says none, or a newer event of its source states that of the same order. */
export function earned(world: readonly Told[], event: Told): [number, string] | null {
  const isRestated =
    event.transactionId != null &&
    world.some(
      (other) =>
        other.transactionId === event.transactionId &&
        (other.source ?? "test") === (event.source ?? "test") &&
        (other.revenue ?? other.value) != null &&
        (other.at > event.at || (other.at.getTime() === event.at.getTime() && other.id > event.id)),
    );
  return isRestated ? null : (event.revenue ?? event.value ?? null);
}

export function fits(
  world: readonly Told[],
  event: Told,
  matcher: Matcher | null | undefined,
  { to }: Pick<Period, "to">,
): boolean {
  if (!matcher) return true;
  const isOneOf = (list: string[] | null | undefined, value: string | null) =>
    list == null || (value !== null && list.includes(value));
  const leg = isLeg(event) ? event : null;
  return (
    isOneOf(matcher.channels, event.channel) &&
    isOneOf(matcher.kinds, event.kind) &&
    isOneOf(matcher.sources, event.source ?? "test") &&
    isOneOf(matcher.names, nameOf(event)) &&
    (matcher.namePattern == null || isLike(nameOf(event), matcher.namePattern)) &&
    isOneOf(matcher.sections, sectionOf(event)) &&
    isOneOf(matcher.stages, matcher.stages ? stageOf(world, event) : null) &&
    isOneOf(matcher.callReasons, valueAlong(world, event, "CALL_REASON")) &&
    isOneOf(matcher.intents, valueAlong(world, event, "INTENT")) &&
    isOneOf(matcher.agentIds, leg?.agentId ?? null) &&
    isOneOf(matcher.teams, leg?.team ?? null) &&
    isOneOf(matcher.campaigns, event.campaign ?? null) &&
    isOneOf(matcher.outcomes, leg?.outcome ?? null) &&
    (matcher.attributes ?? []).every((filter) => isSaid(event, filter)) &&
    (!matcher.sequence || isSequel(world, event, matcher.sequence, { to })) &&
    !(matcher.not && fits(world, event, matcher.not, { to }))
  );
}

/** A sequence is sought in what came before the end of the period. */
function isSequel(world: readonly Told[], event: Told, sequence: Sequence, { to }: Pick<Period, "to">): boolean {
  const past = world.filter(({ at }) => at < to);
  if (!past.includes(event)) return false;
  const { container = "CUSTOMER", sessionTimeoutMinutes = 30 } = sequence;
  const events = stretchOf(past, event, { container, sessionTimeoutMinutes });
  return isKept(events, event, { sequence, fits: (other, matcher) => fits(world, other, matcher, { to }) });
}

/** Each `*` may stand for any text; tried letter by letter. */
function isLike(name: string | null, pattern: string): boolean {
  if (name === null) return false;
  const tries = (rest: string, form: string): boolean => {
    if (form === "") return rest === "";
    if (form[0] === "*") return tries(rest, form.slice(1)) || (rest !== "" && tries(rest.slice(1), form));
    return rest !== "" && rest[0] === form[0] && tries(rest.slice(1), form.slice(1));
  };
  return tries(name.toLowerCase(), pattern.toLowerCase());
}

export function belongs(
  world: readonly Told[],
  event: Told,
  audience: Audience | null | undefined,
  period: Period,
): boolean {
  if (!audience || Object.values(audience).every((value) => value == null)) return true;
  if (!event.isIdentified) return false;
  const { segments, regions, products, isAnonymous, vvip, attributes, did, didNot } = audience;
  const { person } = event;
  const has = (matcher: Matcher) =>
    lifeOf(world, event.customerId).some((other) => isWithin(period, other) && fits(world, other, matcher, period));
  return (
    (segments == null || (person.segment != null && segments.includes(person.segment))) &&
    (regions == null || (person.region != null && regions.includes(person.region))) &&
    (products == null || products.some((product) => person.products?.includes(product))) &&
    (isAnonymous == null || isAnonymous === (person.identity === "CARRIER")) &&
    (vvip == null || vvip === (person.vvip === true)) &&
    (attributes ?? []).every((filter) => isSaid(event, filter)) &&
    (!did || has(did)) &&
    (!didNot || !has(didNot))
  );
}

/** A customer's life cut where nothing was going on for longer than the timeout. */
export function sessionsOf(world: readonly Told[], customerId: string, timeoutMinutes: number): Told[][] {
  const sessions: Told[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const event of lifeOf(world, customerId)) {
    if (event.at.getTime() - end > timeoutMinutes * 60_000) sessions.push([]);
    sessions.at(-1)!.push(event);
    end = Math.max(end, endOf(event));
  }
  return sessions;
}

export function sessionOf(world: readonly Told[], event: Told, timeoutMinutes: number): Told[] {
  return sessionsOf(world, event.customerId, timeoutMinutes).find((session) => session.includes(event))!;
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

export function unique<Item>(items: readonly Item[]): Item[] {
  return [...new Set(items)];
}
