import { type Along, type Carried, type Facet, valuesOf } from "../kit/along.ts";
import { type Audience, belongs, fits, isWithin, type Matcher, type Period, unique } from "../kit/recount.ts";
import { saidAlong } from "../kit/said.ts";
import type { Told } from "../kit/world.ts";

export interface Question {
  period: Period;
  groupBy: string[];
  groupByCarried?: Carried[] | null;
  groupByAttributes?: { attribute: string; bounds?: number[] | null }[] | null;
  facets?: Facet[] | null;
  matcher?: Matcher | null;
  audience?: Audience | null;
  interval?: string | null;
  timeZone: string;
  bucketBy: string;
  filter?: {
    channels?: string[] | null;
    teams?: string[] | null;
    outcomes?: string[] | null;
    isResolved?: boolean | null;
  } | null;
  serviceLevelSeconds: number;
  shortAbandonSeconds: number;
  repeatWindowDays: number;
}

/** Some contacts that are counted together. */
export interface Row {
  group: (string | null)[];
  bucket: string | null;
  legs: Told[];
}

export const SOFTWARE = ["WEB", "APP", "IVR", "BOT", "SURVEY"];
export const of = (leg: Told, column: string) => leg.columns?.[column] as never;
const dateOf = (leg: Told, column: string): Date | null => of(leg, column) ?? null;
const hasAgents = ({ channel }: Told) => !SOFTWARE.includes(channel);
export const isLeg = ({ channel }: Told) => channel !== "WEB" && channel !== "APP";

export function isHandled(leg: Told): boolean {
  if (!hasAgents(leg)) return false;
  if (leg.outcome) return leg.outcome === "HANDLED" || leg.outcome === "TRANSFERRED_OUT";
  return dateOf(leg, "interaction_start_time") !== null || leg.agentId != null;
}

export function isAbandoned(leg: Told): boolean {
  return gaveUp(leg) && of(leg, "is_passed_on") !== true;
}

/** Whether it says so, alone. */
function gaveUp(leg: Told): boolean {
  if (leg.outcome !== "ABANDONED") return false;
  if (of(leg, "queue_seconds") !== null) return true;
  return hasAgents(leg) && of(leg, "direction") !== "OUTBOUND" && leg.until?.getTime() !== leg.at.getTime();
}

export function isQueued(leg: Told): boolean {
  if (of(leg, "queue_seconds") !== null) return true;
  if (of(leg, "direction") === "OUTBOUND") return false;
  const isUnanswered = ["VOICEMAIL", "CALLBACK_REQUESTED", "FLOWED_OUT"].includes(leg.outcome ?? "");
  return isHandled(leg) || gaveUp(leg) || (hasAgents(leg) && isUnanswered);
}

/** Whether nothing says how it ended. */
export function isOpenEnded(leg: Told): boolean {
  return hasAgents(leg) && leg.outcome == null && !isHandled(leg);
}

function seconds(from: Date | null | undefined, to: Date | null | undefined): number | null {
  return from && to && to >= from ? Math.floor((to.getTime() - from.getTime()) / 1000) : null;
}

export function waitOf(leg: Told): number | null {
  const stated: number | null = of(leg, "queue_seconds");
  const waits = [stated ?? waitedSince(leg, leg.at), waitedSince(leg, dateOf(leg, "search_at"))];
  return waits.reduce((a, b) => (a === null ? b : b === null ? a : Math.max(a, b)));
}

function waitedSince(leg: Told, at: Date | null): number | null {
  if (!isQueued(leg)) return null;
  if (isHandled(leg)) return seconds(at, dateOf(leg, "interaction_start_time"));
  return isAbandoned(leg) ? seconds(at, leg.until) : null;
}

interface Lengths {
  hold: number | null;
  talk: number | null;
  wrapUp: number | null;
  handle: number | null;
}

/** How long each part of a leg took; null where the leg does not say. */
export function lengthsOf(leg: Told): Lengths {
  const queued: number | null = of(leg, "queue_seconds");
  const afterQueue = queued === null ? null : new Date(leg.at.getTime() + queued * 1000);
  const answered = dateOf(leg, "interaction_start_time") ?? afterQueue;
  const wrapUpEnd = dateOf(leg, "session_end_time");
  const conversation = (of(leg, "interaction_seconds") as number | null) ?? seconds(answered, leg.until);
  const hold: number | null = of(leg, "hold_seconds");
  const wrapUp = seconds(leg.until, wrapUpEnd);
  const parts = conversation === null || wrapUp === null ? null : conversation + wrapUp;
  return {
    hold,
    talk: conversation === null || hold === null ? null : Math.max(0, conversation - hold),
    wrapUp,
    handle: (of(leg, "agent_seconds") as number | null) ?? seconds(answered, wrapUpEnd) ?? parts,
  };
}

/** The instant that puts a leg in its bucket. */
function instantOf(leg: Told, bucketBy: string): Date | null {
  const answered = dateOf(leg, "interaction_start_time");
  if (bucketBy === "START") return leg.at;
  if (bucketBy === "ANSWER") return answered;
  if (bucketBy === "END") return leg.until ?? dateOf(leg, "session_end_time");
  if (!isQueued(leg)) return null;
  const left = isHandled(leg) ? answered : (leg.until ?? null);
  const waited: number | null = of(leg, "queue_seconds");
  return waited === null || !left ? leg.at : new Date(left.getTime() - waited * 1000);
}

/** The local date, hour or Monday, as its clock shows it; the offset tells a repeated hour apart. */
export function bucketOf(at: Date, interval: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    dateStyle: "short",
    timeStyle: "medium",
  });
  const [date, time] = format.format(at).split(" ") as [string, string];
  if (interval === "HOUR") {
    const minutesIn = at.getTime() % 3_600_000;
    return `${date} ${time.slice(0, 2)} ${new Date(at.getTime() - minutesIn).toISOString()}`;
  }
  if (interval === "DAY") return date;
  if (interval === "MONTH") return date.slice(0, 7);
  const noon = new Date(`${date}T12:00:00Z`);
  return new Date(noon.getTime() - ((noon.getUTCDay() + 6) % 7) * 86_400_000).toISOString().slice(0, 10);
}

/** The contacts of the period, by bucket and group. */
export function rowsOf(world: readonly Told[], question: Question): Row[] {
  const { period, interval, timeZone, bucketBy, filter } = question;
  const isTold = (leg: Told) => isLeg(leg) && of(leg, "is_attempt") !== true;
  const legs = world.filter(isTold).filter((leg) => {
    const at = instantOf(leg, bucketBy);
    const isOne = (list: string[] | null | undefined, value: string | null | undefined) =>
      !list || (value != null && list.includes(value));
    return (
      at !== null &&
      isWithin(period, { ...leg, at }) &&
      fits(world, leg, question.matcher, period) &&
      belongs(world, leg, question.audience, period) &&
      isOne(filter?.channels, leg.channel) &&
      isOne(filter?.teams, leg.team) &&
      isOne(filter?.outcomes, leg.outcome) &&
      (filter?.isResolved == null || of(leg, "is_resolved") === filter.isResolved)
    );
  });
  const keyed = legs.flatMap((leg) => {
    const bucket = interval ? bucketOf(instantOf(leg, bucketBy)!, interval, timeZone) : null;
    return groupsOf(world, leg, question).map((group) => ({ leg, bucket, group }));
  });
  const keys = unique(keyed.map(({ bucket, group }) => JSON.stringify([bucket, group])));
  return keys.map((key) => {
    const [bucket, group] = JSON.parse(key);
    const same = keyed.filter((one) => JSON.stringify([one.bucket, one.group]) === key);
    return { bucket, group, legs: same.map(({ leg }) => leg) };
  });
}

/** Every combination of the values of a leg; null where it has none. */
function groupsOf(world: readonly Told[], leg: Told, question: Question): (string | null)[][] {
  const { period, groupBy, groupByCarried, groupByAttributes, facets } = question;
  const along = (one: Along) => valuesOf(world, leg, one, period);
  const all = [
    ...groupBy.map((dimension) => along({ dimension })),
    ...(groupByCarried ?? []).map((carried) => along({ dimension: "", carried })),
    ...(groupByAttributes ?? []).map((attribute) => saidAlong(leg, attribute)),
    ...(facets ? [along({ dimension: "", facets })] : []),
  ];
  return all.reduce<(string | null)[][]>(
    (groups, values) => {
      return groups.flatMap((group) => (values.length > 0 ? values : [null]).map((value) => [...group, value]));
    },
    [[]],
  );
}

/** Identified customers with anything begun in the period, by bucket. */
export function activeIn(world: readonly Told[], question: Question, bucket: string | null): number {
  const { period, interval, timeZone } = question;
  const here = world.filter(
    (event) =>
      event.isIdentified &&
      belongs(world, event, question.audience, period) &&
      isWithin(period, event) &&
      (!interval || bucketOf(event.at, interval, timeZone) === bucket),
  );
  return unique(here.map((event) => event.customerId)).length;
}
