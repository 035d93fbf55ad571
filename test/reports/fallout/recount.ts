import { type Facet, isIn } from "../kit/along.ts";
import { type Audience, belongs, fits, isWithin, type Matcher, type Period, unique } from "../kit/recount.ts";
import { stretchesOf } from "../kit/sender-sessions.ts";
import type { Told } from "../kit/world.ts";

interface Step {
  anyOf: Matcher[];
  immediately: boolean;
  withinMinutes?: number | null;
}

export interface Question {
  period: Period;
  steps: Step[];
  container: string;
  sessionTimeoutMinutes: number;
  withinMinutes?: number | null;
  strictly?: boolean;
  reEntry?: boolean;
  audience?: Audience | null;
}

export interface Walked {
  count: number;
  pending: number;
  median: number | null;
}

/** Where a walk has to happen: a customer's events of the period, or a session's. */
interface Stretch {
  events: Told[];
  end: number;
}

/** Everybody, then each step: all ways of walking it are tried. */
export function falloutOf(
  world: readonly Told[],
  question: Question,
  { until, facet = null }: { until: Date; facet?: Facet | null },
): Walked[] {
  const containers = walksOf(world, question).filter(
    ({ events }) => !facet || events.some((event) => isIn(world, event, facet, question.period)),
  );
  const stretches = question.reEntry ? containers.flatMap((all) => entriesOf(world, all, question)) : containers;
  const lines = [{ count: stretches.length, pending: 0, median: null as number | null }];
  for (let k = 1; k <= question.steps.length; k++) {
    const ways = stretches.map((stretch) => waysOf(world, stretch, { question, k }));
    const open = stretches.filter(
      (stretch, i) =>
        ways[i]!.length === 0 &&
        k > 1 &&
        waysOf(world, stretch, { question, k: k - 1 }).some((way) => mayGoOn(stretch, way, { question, k, until })),
    );
    const reached = ways.filter((all) => all.length > 0);
    const gaps = k === 1 ? [] : reached.map(shortestToFirst);
    lines.push({ count: reached.length, pending: open.length, median: medianOf(gaps) });
  }
  return lines;
}

function walksOf(world: readonly Told[], question: Question): Stretch[] {
  const { period, audience } = question;
  const customers = unique(
    world
      .filter((event) => event.isIdentified && belongs(world, event, audience, period))
      .map((event) => event.customerId),
  );
  const lives = customers.flatMap((id) => stretchesOf(world, id, question));
  return lives
    .map((life) => ({
      events: life.filter((event) => isWithin(period, event)),
      end: Math.max(
        ...life.filter((event) => event.at < period.to).map((event) => (event.until ?? event.at).getTime()),
      ),
    }))
    .filter(({ events }) => events.length > 0);
}

/** What each walk has to itself: up to where the whole path was first walked, and what is left if it is begun again there. */
function entriesOf(world: readonly Told[], { events, end }: Stretch, question: Question): Stretch[] {
  const walked: Stretch[] = [];
  let rest = events;
  for (;;) {
    const ways = waysOf(world, { events: rest, end }, { question, k: question.steps.length });
    if (ways.length === 0) break;
    const place = Math.min(...ways.map((way) => rest.indexOf(way.at(-1)!)));
    const isDone = (event: Told, i: number) => (question.strictly ? event.at <= rest[place]!.at : i <= place);
    walked.push({ events: rest.filter(isDone), end });
    rest = rest.filter((event, i) => !isDone(event, i));
  }
  const begins = waysOf(world, { events: rest, end }, { question, k: 1 }).length > 0;
  return walked.length === 0 || begins ? [...walked, { events: rest, end }] : walked;
}

/** Every choice of events for the first k steps, by place in the stretch. */
function waysOf(
  world: readonly Told[],
  { events }: Stretch,
  { question, k }: { question: Question; k: number },
): Told[][] {
  const go = (way: Told[]): Told[][] => {
    if (way.length === k) return [way];
    const step = question.steps[way.length]!;
    return events
      .filter((event, i) => {
        const before = way.at(-1);
        if (!step.anyOf.some((matcher) => fits(world, event, matcher, question.period))) return false;
        if (!before) return true;
        const place = events.indexOf(before);
        if (step.immediately ? i !== place + 1 : i <= place) return false;
        if (question.strictly && event.at <= before.at) return false;
        return isInTime(way, event.at, { step, question });
      })
      .flatMap((event) => go([...way, event]));
  };
  return go([]);
}

function isInTime(way: Told[], at: Date, { step, question }: { step: Step; question: Question }): boolean {
  const sinceBefore = (at.getTime() - way.at(-1)!.at.getTime()) / 60_000;
  const sinceFirst = (at.getTime() - way[0]!.at.getTime()) / 60_000;
  return (
    (step.withinMinutes == null || sinceBefore <= step.withinMinutes) &&
    (question.withinMinutes == null || sinceFirst <= question.withinMinutes)
  );
}

function mayGoOn(
  { events, end }: Stretch,
  way: Told[],
  { question, k, until }: { question: Question; k: number; until: Date },
): boolean {
  const step = question.steps[k - 1]!;
  if (step.withinMinutes == null && question.withinMinutes == null) return false;
  if (step.immediately && way.at(-1) !== events.at(-1)) return false;
  const isOver = question.container === "SESSION" && until.getTime() - end > question.sessionTimeoutMinutes * 60_000;
  return !isOver && isInTime(way, until, { step, question });
}

function shortestToFirst(ways: Told[][]): number {
  const first = Math.min(...ways.map((way) => way.at(-1)!.at.getTime()));
  const gaps = ways
    .filter((way) => way.at(-1)!.at.getTime() === first)
    .map((way) => (first - way.at(-2)!.at.getTime()) / 1000);
  return Math.min(...gaps);
}

function medianOf(numbers: number[]): number | null {
  if (numbers.length === 0) return null;
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}
