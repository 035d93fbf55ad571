import { NO_CODE, type Partition } from "../../journeys/columns.ts";
import { customerOf, eachContact, type NumberedLeg, numberLegs } from "../../journeys/contacts.ts";
import type { Version } from "../../journeys/journeys.ts";
import { weighed } from "../../journeys/shared-memory.ts";
import { followingOf } from "./following.ts";
import { ended, isHandled, isStated, type Legs, OUTBOUND } from "./leg.ts";
import { ringsOf } from "./ringing.ts";

/** What legs say of one another, by their numbers, in shared memory. */
export interface LegTables {
  /** Of each partition, by its serial number, that of its first leg. */
  firsts: ReadonlyMap<number, number>;
  /** Who called whom: a leg that does not say is of its contact's direction, which the first leg says. */
  direction: Uint8Array;
  /** When the search for an agent began that it is a ring of; NaN where it is none. */
  searchAt: Float64Array;
  /** When its contact began, and the first leg's id as `idStartOf` has it. */
  contactAt: Float64Array;
  contactId: Float64Array;
  /** The bits below. */
  marks: Uint8Array;
}

/** It lies within the talk of another leg, so it was a consult. */
export const IS_WITHIN = 1;
/** It is another system's account of a leg. */
export const IS_ACCOUNT = 2;
/** It rang in vain beside a leg that tells what came of it. */
export const IS_ATTEMPT = 4;
/** A leg that followed it went on after it. */
export const WENT_ON = 8;
/** The call back that it asked for came. */
export const IS_CONNECTED = 16;
/** Legs of its contact are of several customers. */
export const IS_SHARED = 32;
/** Its contact was on several channels, visits included. */
export const IS_SWITCHING = 64;

const known = new WeakMap<Version["partitions"], Promise<LegTables>>();

/** What the legs of a version say of one another, found once. */
export function legTablesOf({ partitions, dictionary }: Version): Promise<LegTables> {
  const found = known.get(partitions);
  if (found) return found;
  const made = tablesOf(partitions, dictionary.contacts.size);
  known.set(partitions, made);
  // Whoever asks after a failure has them made again.
  made.catch(() => known.delete(partitions));
  return made;
}

/** The first 53 bits of an id: ids are hashes, so that no two of one instant share them. */
export const idStartOf = ({ id0, id1 }: Partition["legs"], row: number): number =>
  id0[row]! * 2 ** 21 + (id1[row]! >>> 11);

async function tablesOf(partitions: readonly Partition[], contacts: number): Promise<LegTables> {
  const tables = ownTables(partitions);
  const channels = channelsOf(partitions, contacts);
  await eachContact(partitions, isLeg, (legs, contact) => {
    writeContact(tables, legs, hasSeveral(channels[contact]!) ? IS_SWITCHING : 0);
  });
  markConnected(partitions, tables, contacts);
  return tables;
}

const isLeg = ({ legs }: Partition, row: number): boolean => legs.isConsult[row] !== 1;

/** As if every leg were a contact of its own. */
function ownTables(partitions: readonly Partition[]): LegTables {
  const { firsts, count } = numberLegs(partitions);
  const numbers = () => new Float64Array(weighed(new SharedArrayBuffer(count * 8)));
  const codes = () => new Uint8Array(weighed(new SharedArrayBuffer(count)));
  const tables = {
    firsts,
    direction: codes(),
    searchAt: numbers().fill(Number.NaN),
    contactAt: numbers(),
    contactId: numbers(),
    marks: codes(),
  };
  for (const { serial, legs } of partitions) {
    const first = firsts.get(serial)!;
    tables.direction.set(legs.direction, first);
    tables.contactAt.set(legs.at, first);
    for (let row = 0; row < legs.at.length; row += 1) tables.contactId[first + row] = idStartOf(legs, row);
  }
  return tables;
}

/** Of each contact, a bit for each channel that it was on. */
function channelsOf(partitions: readonly Partition[], contacts: number): Uint16Array {
  const channels = new Uint16Array(contacts);
  for (const { legs, visits } of partitions) {
    for (let row = 0; row < legs.at.length; row += 1) {
      if (legs.contact[row] !== -1 && legs.isConsult[row] !== 1)
        channels[legs.contact[row]!]! |= 1 << legs.channel[row]!;
    }
    for (let row = 0; row < visits.at.length; row += 1) {
      if (visits.contact[row] !== -1) channels[visits.contact[row]!]! |= 1 << visits.channel[row]!;
    }
  }
  return channels;
}

const hasSeveral = (bits: number): boolean => (bits & (bits - 1)) !== 0;

function writeContact(tables: LegTables, legs: readonly NumberedLeg[], isSwitching: number): void {
  const { direction, contactAt, contactId, marks } = tables;
  const first = legs[0]!;
  const { isWithin, isAccount, wentOn } = followingOf(legs);
  const ofContact = isSwitching | (isOfOneCustomer(legs) ? 0 : IS_SHARED);
  for (const leg of legs) {
    const { number } = leg;
    if (direction[number] === NO_CODE) direction[number] = first.partition.legs.direction[first.row]!;
    contactAt[number] = first.partition.legs.at[first.row]!;
    contactId[number] = idStartOf(first.partition.legs, first.row);
    marks[number] =
      ofContact | (isWithin(leg) ? IS_WITHIN : 0) | (isAccount(leg) ? IS_ACCOUNT : 0) | (wentOn(leg) ? WENT_ON : 0);
  }
  const outer = legs.filter(({ number }) => !(marks[number]! & IS_WITHIN));
  for (const { leg, searchAt, isAttempt } of ringsOf(outer)) {
    tables.searchAt[leg.number] = searchAt;
    if (isAttempt) marks[leg.number]! |= IS_ATTEMPT;
  }
}

function isOfOneCustomer(legs: readonly NumberedLeg[]): boolean {
  const [first, ...others] = legs;
  const customer = customerOf(first!);
  return others.every((leg) => leg.partition === first!.partition && customerOf(leg) === customer);
}

/** Marks the legs that asked for a call back that came: one that says so, or a later one of the same contact. */
function markConnected(
  partitions: readonly Partition[],
  { firsts, direction, marks }: LegTables,
  contacts: number,
): void {
  const sessions = new Set<number>();
  const lastAt = new Float64Array(contacts).fill(Number.NEGATIVE_INFINITY);
  const eachLeg = (visit: (legs: Legs, row: number, number: number) => void) => {
    for (const { serial, legs } of partitions) {
      const first = firsts.get(serial)!;
      for (let row = 0; row < legs.at.length; row += 1) visit(legs, row, first + row);
    }
  };
  eachLeg((legs, row, number) => {
    const isOurs = legs.isCallBack[row] === 1 || direction[number] === OUTBOUND;
    if (!isOurs || legs.isConsult[row] === 1 || marks[number]! & IS_WITHIN || !isHandled(legs, row)) return;
    if (isStated(legs.callBackSessionId[row]!)) sessions.add(legs.callBackSessionId[row]!);
    const contact = legs.contact[row]!;
    if (contact !== -1) lastAt[contact] = Math.max(lastAt[contact]!, legs.at[row]!);
  });
  eachLeg((legs, row, number) => {
    if (legs.outcome[row] !== CALLBACK_REQUESTED) return;
    const [session, journey, own] = [legs.sessionId[row]!, legs.universalSessionId[row]!, legs.sourceId[row]!];
    const isNamed = sessions.has(session) || sessions.has(journey) || sessions.has(own);
    const contact = legs.contact[row]!;
    if (isNamed || (contact !== -1 && lastAt[contact]! >= legs.at[row]!)) marks[number]! |= IS_CONNECTED;
  });
}

const CALLBACK_REQUESTED = ended("CALLBACK_REQUESTED");
