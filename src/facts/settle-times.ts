import { readingsOf } from "../kit/local-time.ts";

/**
 * A record whose local times can be read in two ways, with the readings that fit each other: in order first, then least
 * `misfit`, then closest together, then the earliest. So a call during the hour that comes twice does not end before it
 * began.
 */
export function settleTimes<Name extends string, Told extends Readonly<Record<Name, Date | null>>>(
  told: Told,
  order: readonly Name[],
  misfit: (settled: Told) => number,
): Told {
  const readings = order.map((name) => (told[name] ? readingsOf(told[name]) : [null]));
  if (readings.every(({ length }) => length === 1)) return told;
  const [first, ...others] = combined(readings).map((times): Tried<Told> => {
    const settled: Told = { ...told, ...Object.fromEntries(order.map((name, position) => [name, times[position]])) };
    const there = times.filter((time) => time !== null);
    const skipped = order.filter((name) => told[name] && settled[name]! < told[name]).length;
    return { settled, faults: [disorderOf(there), misfit(settled), skipped, spanOf(there)] };
  });
  return others.reduce((best, other) => (isBetter(other, best) ? other : best), first!).settled;
}

interface Tried<Told> {
  settled: Told;
  /** The gravest first. Of a time that the clocks skip, the hour before is only read where something asks for it. */
  faults: readonly number[];
}

/** One of each, the first ones first. */
function combined<Item>(choices: readonly (readonly Item[])[]): Item[][] {
  const [own, ...rest] = choices;
  return own ? own.flatMap((item) => combined(rest).map((others) => [item, ...others])) : [[]];
}

function disorderOf(times: readonly Date[]): number {
  return times.filter((time, position) => position > 0 && time < times[position - 1]!).length;
}

function spanOf(times: readonly Date[]): number {
  return times.at(-1)!.getTime() - times[0]!.getTime();
}

function isBetter({ faults }: Tried<unknown>, best: Tried<unknown>): boolean {
  const position = faults.findIndex((fault, at) => fault !== best.faults[at]);
  return position !== -1 && faults[position]! < best.faults[position]!;
}
