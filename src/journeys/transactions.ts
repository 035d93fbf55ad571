import type { Partition } from "./columns.ts";
import { type Contender, type Contenders, compileEntry, compileWins, type Winners, winnersOf } from "./contest.ts";
import { eachJourney, type Journey, type Survey } from "./fold.ts";
import { addSamples, noSamples } from "./samples.ts";
import { firstAtOrAfter } from "./splice.ts";

/**
 * Of each transaction, the event that last stated what it earned: it counts once, whatever the period, so that months add
 * up. `transactions` is more than the number of any.
 */
export const statedLast: Survey<{ transactions: number }, Winners> = {
  name: "stated-last",
  of(partitions, { transactions }) {
    const all = noSamples();
    for (const partition of partitions) addSamples(all, contendersOf(partition));
    return winnersOf(all, "LAST", transactions);
  },
};

const CONTENDERS = new WeakMap<Partition, Contenders>();

function contendersOf(partition: Partition): Contenders {
  const known = CONTENDERS.get(partition);
  if (known) return known;
  const contenders = noSamples();
  const add = compileStatements(partition);
  eachJourney(partition, (journey) => add(contenders, journey));
  CONTENDERS.set(partition, contenders);
  return contenders;
}

/** What enters the events of a journey that state what their transaction earned. */
function compileStatements(partition: Partition): (contenders: Contenders, journey: Journey) => void {
  const { isLeg, link } = partition.events;
  const { legs, worth } = partition;
  const enter = compileEntry(partition, "LAST", statementWriter(partition));
  const enterOne = (contenders: Contenders, event: number, { transaction, units }: Stated) => {
    if (transaction !== -1 && !Number.isNaN(units)) enter(contenders, transaction, event);
  };
  const statedBy = compileStated(partition);
  return (contenders, journey) => {
    for (let row = firstAtOrAfter(worth.row, journey.from); row < worth.row.length; row += 1) {
      if (worth.row[row]! >= journey.to) break;
      enterOne(contenders, worth.row[row]!, statedBy(worth.row[row]!));
    }
    if (!namesTransaction(partition, journey)) return;
    for (let event = journey.from; event < journey.to; event += 1) {
      if (isLeg[event] && legs.transaction[link[event]!] !== -1) enterOne(contenders, event, statedBy(event));
    }
  };
}

/** What an event says that it earned; `units` is NaN where it says nothing. */
interface Stated {
  units: number;
  millionths: number;
  currency: number;
  transaction: number;
}

/** What an event says that it earned; the object is used again. */
function compileStated({ events, legs, worth }: Partition): (event: number) => Stated {
  const { isLeg, link } = events;
  const stated: Stated = { units: Number.NaN, millionths: 0, currency: -1, transaction: -1 };
  const say = (units: number, millionths: number) => {
    stated.units = units;
    stated.millionths = millionths;
    return stated;
  };
  return (event) => {
    if (isLeg[event]) {
      const leg = link[event]!;
      stated.currency = legs.revenueCurrency[leg]!;
      stated.transaction = legs.transaction[leg]!;
      return say(legs.revenueUnits[leg]!, legs.revenueMillionths[leg]!);
    }
    const row = firstAtOrAfter(worth.row, event);
    const isThere = worth.row[row] === event;
    stated.currency = isThere ? worth.currency[row]! : -1;
    stated.transaction = isThere ? worth.transaction[row]! : -1;
    return isThere ? say(worth.units[row]!, worth.millionths[row]!) : say(Number.NaN, 0);
  };
}

function namesTransaction({ customers, legs }: Partition, { customer }: Journey): boolean {
  for (let leg = customers.legs[customer]!; leg < customers.legs[customer + 1]!; leg += 1) {
    if (legs.transaction[leg] !== -1) return true;
  }
  return false;
}

/** Writes when an event said so, and then its id. */
function statementWriter({ events, legs, worth }: Partition) {
  const { at, isLeg, link } = events;
  return (contender: Contender, event: number, place: number): void => {
    const rows = isLeg[event] ? legs : worth;
    const row = isLeg[event] ? link[event]! : firstAtOrAfter(worth.row, event);
    contender[place] = isLeg[event] ? legs.statedAt[row]! : at[event]!;
    contender[place + 1] = rows.id0[row]!;
    contender[place + 2] = rows.id1[row]!;
    contender[place + 3] = rows.id2[row]!;
    contender[place + 4] = rows.id3[row]!;
  };
}

/** What an event earned, where the transaction that it is of was not stated again later. The object is used again. */
export function compileEarned(partition: Partition, last: Winners): (event: number) => Stated {
  const statedBy = compileStated(partition);
  const wins = compileWins(partition, last);
  return (event) => {
    const stated = statedBy(event);
    if (stated.transaction !== -1 && !wins(stated.transaction, event)) stated.units = Number.NaN;
    return stated;
  };
}
