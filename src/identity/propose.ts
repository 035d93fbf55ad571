import type { Db } from "../db/client.ts";
import type { CarriedIdentity } from "../facts/fact.ts";
import type { Verdict } from "../facts/identity.ts";
import { AppError } from "../kit/errors.ts";
import { findMembers, findSurvivor, type Member } from "./verdicts.repository.ts";

/** A verdict that nobody has decided yet. */
export type Proposal = Pick<Verdict, "kind" | "left" | "right">;

/** The most identities that one verdict may name: more than a customer can hold is a mistake. */
const MOST_NAMED = 1_000;

export function linkOf([a, b]: readonly [CarriedIdentity, CarriedIdentity]): Proposal {
  if (a.id === b.id) throw new AppError("BAD_INPUT", "Both are the same identity: name two different ones.", ["b"]);
  return { kind: "MUST", left: [a.id], right: [b.id] };
}

/**
 * The ANCHOR and PERSONAL identities of these customers, and the carriers of a customer who has none. Other carriers
 * follow by themselves, and a shared carrier stays shared: merging two records of a mother must not give her the calls
 * that her son made on the family's phone.
 */
export async function mergeOf(db: Db, customerIds: readonly string[]): Promise<Proposal> {
  const survivors = new Set<string>();
  for (const [position, id] of customerIds.entries()) survivors.add(await survivorOf(db, id, String(position)));
  if (survivors.size < 2) {
    throw new AppError("BAD_INPUT", "They are one customer already: name at least two different ones.", [
      "customerIds",
    ]);
  }
  const sides: string[][] = [];
  for (const id of survivors) sides.push(strongestAmong(await membersOf(db, id)).map(idOf));
  const [left = [], ...others] = sides;
  return bounded({ kind: "MUST", left, right: others.flat() });
}

export interface SplitRequest {
  customerId: string;
  /** The ids of the identities to take away. */
  apart: readonly string[];
}

function strongestAmong(members: readonly Member[]): Member[] {
  const persons = members.filter(({ kind }) => kind !== "CARRIER");
  return persons.length > 0 ? persons : members.filter(({ isSole }) => isSole);
}

/**
 * A NEVER that lists the identities that go on one side and those that stay on the other. Carriers of single contacts
 * are left out: they follow.
 */
export async function splitOf(db: Db, { customerId, apart }: SplitRequest): Promise<Proposal> {
  const survivor = await survivorOf(db, customerId, null);
  const members = await membersOf(db, survivor);
  const held = new Set(members.map(idOf));
  const stranger = apart.findIndex((id) => !held.has(id));
  if (apart.length === 0 || stranger !== -1) {
    const path = ["apart", ...(stranger === -1 ? [] : [String(stranger)])];
    throw new AppError("BAD_INPUT", "Name identities that the customer holds now.", path);
  }
  const going = new Set(apart);
  const kept = members.filter(({ id, isSole }) => !going.has(id) && isSole);
  const lasting = kept.filter(({ namespace }) => namespace !== "contact");
  const staying = (lasting.length > 0 ? lasting : kept).map(idOf);
  if (staying.length === 0) {
    throw new AppError("BAD_INPUT", "Nothing would be left of the customer: leave at least one identity out.", [
      "apart",
    ]);
  }
  return bounded({ kind: "NEVER", left: [...going], right: staying });
}

async function survivorOf(db: Db, customerId: string, position: string | null): Promise<string> {
  const survivor = await findSurvivor(db, customerId);
  const path = position === null ? ["customerId"] : ["customerIds", position];
  if (!survivor) throw new AppError("NOT_FOUND", "No customer has or had this id.", path);
  return survivor;
}

async function membersOf(db: Db, customerId: string): Promise<Member[]> {
  const members = await findMembers(db, customerId);
  if (members.some(({ kind }) => kind === "RECORD")) {
    throw new AppError("BAD_INPUT", "Nothing identifies this caller, so the record cannot be joined to anybody.");
  }
  return members;
}

function bounded(proposal: Proposal): Proposal {
  if (proposal.left.length + proposal.right.length > MOST_NAMED) {
    throw new AppError(
      "LIMIT_EXCEEDED",
      `A verdict names at most ${MOST_NAMED} identities: decide about fewer at once.`,
    );
  }
  return proposal;
}

function idOf({ id }: Member): string {
  return id;
}
