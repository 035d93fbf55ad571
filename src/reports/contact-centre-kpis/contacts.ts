import { NO_CODE, type Partition } from "../../journeys/columns.ts";
import { contactsAcross, customerOf, eachContact, type NumberedLeg, numberLegs } from "../../journeys/contacts.ts";
import type { Survey } from "../../journeys/fold.ts";
import { weighed } from "../../journeys/shared-memory.ts";
import { isMeantBy } from "../../journeys/tables.ts";
import { followingOf } from "./following.ts";
import { ended, isHandled, isStated, type Legs, OUTBOUND } from "./leg.ts";
import { passedOn, ringsOf } from "./ringing.ts";

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
/** Its caller did not give up, but came to another queue. */
export const IS_PASSED_ON = 128;

/** The first 53 bits of an id: ids are hashes, so that no two of one instant share them. */
export const idStartOf = ({ id0, id1 }: Partition["legs"], row: number): number =>
  id0[row]! * 2 ** 21 + (id1[row]! >>> 11);

/** What the legs of a version say of one another; `contacts` is more than the number of any contact. */
export const legTables: Survey<{ contacts: number }, LegTables> = {
  name: "leg-tables",
  of(partitions, { contacts }) {
    const tables = { firsts: numberLegs(partitions).firsts, ...room(partitions) };
    for (const partition of partitions) copy(ownTables(partition), tables, tables.firsts.get(partition.serial)!);
    writeAcross(partitions, tables, contactsAcross(partitions, contacts));
    markConnected(partitions, tables, contacts);
    return tables;
  },
};

type Numbered = Omit<LegTables, "firsts">;
const NUMBERED = ["direction", "searchAt", "contactAt", "contactId", "marks"] as const;

function room(partitions: readonly Partition[]): Numbered {
  const { count } = numberLegs(partitions);
  const numbers = () => new Float64Array(weighed(new SharedArrayBuffer(count * 8)));
  const codes = () => new Uint8Array(weighed(new SharedArrayBuffer(count)));
  return { direction: codes(), searchAt: numbers(), contactAt: numbers(), contactId: numbers(), marks: codes() };
}

function copy(from: Numbered, into: Numbered, first: number): void {
  for (const name of NUMBERED) into[name].set(from[name], first);
}

const OWN = new WeakMap<Partition, Numbered>();

/** As if there were no other partition. */
function ownTables(partition: Partition): Numbered {
  const known = OWN.get(partition);
  if (known) return known;
  const { legs } = partition;
  const count = legs.at.length;
  const tables = {
    direction: legs.direction.slice(),
    searchAt: new Float64Array(count).fill(Number.NaN),
    contactAt: legs.at.slice(),
    contactId: Float64Array.from({ length: count }, (_, row) => idStartOf(legs, row)),
    marks: new Uint8Array(count),
  };
  const channels = channelsOf([partition]);
  eachContact([partition], isLeg, (found, contact) => writeContact(tables, found, channels.get(contact)!));
  OWN.set(partition, tables);
  return tables;
}

/** Writes what the legs of these contacts say over what each partition alone had said. */
function writeAcross(partitions: readonly Partition[], tables: Numbered, across: Uint8Array): void {
  const isAcross = (partition: Partition, row: number) =>
    isLeg(partition, row) && isMeantBy(across, partition.legs.contact[row]!);
  const channels = channelsOf(partitions, across);
  eachContact(partitions, isAcross, (legs, contact) => {
    for (const { partition, row, number } of legs) {
      tables.direction[number] = partition.legs.direction[row]!;
      tables.searchAt[number] = Number.NaN;
    }
    writeContact(tables, legs, channels.get(contact)!);
  });
}

const isLeg = ({ legs }: Partition, row: number): boolean => legs.isConsult[row] !== 1;

/** Of each contact, or of some, a bit for each channel that it was on. */
function channelsOf(partitions: readonly Partition[], among?: Uint8Array): Map<number, number> {
  const channels = new Map<number, number>();
  const add = (contact: number, channel: number) => {
    if (contact === -1 || among?.[contact] === 0) return;
    channels.set(contact, (channels.get(contact) ?? 0) | (1 << channel));
  };
  for (const partition of partitions) {
    const { legs, visits } = partition;
    for (let row = 0; row < legs.at.length; row += 1) {
      if (isLeg(partition, row)) add(legs.contact[row]!, legs.channel[row]!);
    }
    for (let row = 0; row < visits.at.length; row += 1) add(visits.contact[row]!, visits.channel[row]!);
  }
  return channels;
}

const hasSeveral = (bits: number): boolean => (bits & (bits - 1)) !== 0;

/** `channels` has a bit for each that the contact was on. */
function writeContact(tables: Numbered, legs: readonly NumberedLeg[], channels: number): void {
  const { direction, contactAt, contactId, marks } = tables;
  const first = legs[0]!;
  const { isWithin, isAccount, wentOn } = followingOf(legs);
  const ofContact = (hasSeveral(channels) ? IS_SWITCHING : 0) | (isOfOneCustomer(legs) ? 0 : IS_SHARED);
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
  for (const { number } of passedOn(outer)) marks[number]! |= IS_PASSED_ON;
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
