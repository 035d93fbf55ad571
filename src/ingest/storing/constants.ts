import type { Db } from "../../db/client.ts";
import {
  type Constants,
  constantsAmong,
  contactsIn,
  isBrowser,
  type NamingRecord,
  notesOn,
  withoutContacts,
  withoutThem,
} from "../../facts/constants.ts";
import { keysOfContact } from "../../facts/contacts.ts";
import type { CarriedIdentity, Fact } from "../../facts/fact.ts";
import { recordKey, strongestFirst } from "../../facts/normalise.ts";
import type { Rules } from "../../facts/rules.ts";
import { customersOf, recordChanges } from "../../identity/changes.repository.ts";
import { findContacts, findLegsOf, findSightingsOf, type StandingLeg } from "../../identity/constants.repository.ts";
import { findIdentities, insertIdentities } from "../../identity/evidence.repository.ts";
import { byId } from "../../identity/evidence.ts";
import { markPublic } from "../../identity/public.repository.ts";
import { mustLock, NeedsLock, stitch } from "../../identity/stitch.ts";
import { identityId } from "../../kit/id.ts";
import { moveLegs } from "./constants.repository.ts";
import { type Loosened, loosen } from "./contacts.ts";
import { removeRows } from "./ledger.repository.ts";
import { regrowVisits } from "./visits.repository.ts";

interface Item {
  fact: Fact;
}

/** A batch, as far as constants matter to it. */
interface ItsBatch<One extends Item> extends DissolveContext {
  facts: readonly One[];
}

/**
 * The facts of a batch, as if they had not named what is a constant of its sender's program. Where the batch shows that
 * something is, the legs that came before are taken apart as well. What then is their subject may be a constant itself.
 */
export async function takeApart<One extends Item>(db: Db, batch: ItsBatch<One>): Promise<One[]> {
  let { facts: items } = batch;
  let moved: NamingRecord[] = [];
  for (;;) {
    const constants = await findConstants(db, [...items.map(factIn), ...moved]);
    const left = withoutConstants(items, constants, batch.identityKey);
    const apart = [...constants.fresh, ...subjectsAmong(moved, constants)];
    const isSettled = apart.length === 0 && left.every(({ fact }, i) => fact === items[i]!.fact);
    items = left;
    if (isSettled) return [...items];
    if (apart.length > 0 && !batch.isLocked) throw new NeedsLock();
    moved = await dissolve(db, apart, batch);
  }
}

/** The constants that legs have for their subjects now that another was taken off them. */
function subjectsAmong(moved: readonly NamingRecord[], { all, fresh }: Constants): CarriedIdentity[] {
  const known = new Set(fresh.map(({ id }) => id));
  const subjects = new Map(moved.map(({ subject }) => [subject.id, subject]));
  return contactsIn(moved).filter(({ id }) => all.has(id) && !known.has(id) && subjects.has(id));
}

/** Whether a batch needs the stitching lock, judging by what is stored now; its own transaction checks again. */
export async function mayMove(
  db: Db,
  { facts, rules, identityKey }: Pick<ItsBatch<Item>, "facts" | "rules" | "identityKey">,
): Promise<boolean> {
  const constants = await findConstants(db, facts.map(factIn));
  return constants.fresh.length > 0 || mustLock(db, withoutConstants(facts, constants, identityKey).map(factIn), rules);
}

async function findConstants(db: Db, records: readonly NamingRecord[]): Promise<Constants> {
  const ids = contactsIn(records).map(({ id }) => id);
  return constantsAmong(records, await findContacts(db, ids));
}

function withoutConstants<One extends Item>(
  items: readonly One[],
  { all }: Constants,
  identityKey: Uint8Array,
): readonly One[] {
  if (all.size === 0) return items;
  const own = (fact: Fact) => ownOf(fact, identityKey);
  return items.map((item) => ({ ...item, fact: withoutContacts(item.fact, all, own) }));
}

function factIn({ fact }: Item): Fact {
  return fact;
}

interface DissolveContext {
  batchId: string;
  rules: Rules;
  identityKey: Uint8Array;
  isLocked: boolean;
  loosened: Loosened;
}

/** Each leg that has such a contact for its subject gets the one that it would have without it; answers them so. Needs the stitching lock. */
async function dissolve(db: Db, fresh: readonly CarriedIdentity[], context: DissolveContext): Promise<NamingRecord[]> {
  if (fresh.length === 0) return [];
  const ids = fresh.map(({ id }) => id);
  await insertIdentities(db, fresh, context.batchId);
  await markPublic(db, ids);
  const legs = await findLegsOf(db, ids);
  const gone = await findSightingsOf(db, ids, legs);
  const facts = await standingFacts(db, legs, { ...context, constants: new Set(ids) });
  const owners = await stitch(db, { facts, replaced: [], gone }, context);
  const moves = facts.map(({ subject, at }, i) => {
    const leg = legs[i]!;
    const named = new Set([leg.subjectId, ...leg.others]);
    const notes = notesOn(
      leg.source,
      leg,
      fresh.filter((identity) => !isBrowser(identity) || named.has(identity.id)),
    );
    return { leg, subjectId: subject.id, customerId: owners.ownerOf(subject.id, at), notes };
  });
  const places = moves.map(({ leg, subjectId }) => ({ id: leg.id, subjectId, occurredAt: leg.at }));
  loosen(context.loosened, await removeRows(db, "interaction", places));
  await moveLegs(db, moves);
  await regrowVisits(db, legs);
  const contacts = fresh.filter((identity) => !isBrowser(identity));
  for (const { value } of contacts) context.loosened.keys.push(...keysOfContact(value));
  const customers = moves.flatMap(({ leg, customerId }) => [leg.customerId, customerId]);
  await recordChanges(db.hot("changes.dissolved"), customersOf(customers));
  return facts;
}

/** What the legs say of identities, without the constants. */
async function standingFacts(
  db: Db,
  legs: readonly StandingLeg[],
  { constants, identityKey, rules }: DissolveContext & { constants: ReadonlySet<string> },
) {
  const known = byId(await findIdentities(db, [...new Set(legs.flatMap(({ others }) => others))]));
  return legs.map(({ id, source, sourceId, at, others }) => {
    const carried: CarriedIdentity[] = others.map((other) => ({ ...known.get(other)!, display: null }));
    carried.sort((a, b) => strongestFirst(a, b, rules));
    const left = withoutThem(carried, (other) => constants.has(other));
    const [subject = ownOf({ source, sourceId }, identityKey), ...rest] = left;
    return { kind: "interaction" as const, id, source, at, subject, others: rest as CarriedIdentity[] };
  });
}

function ownOf({ source, sourceId }: Pick<Fact, "source" | "sourceId">, identityKey: Uint8Array): CarriedIdentity {
  const { namespace, value } = recordKey(source, sourceId);
  return { namespace, value, id: identityId(identityKey, namespace, value), kind: "RECORD", display: null };
}
