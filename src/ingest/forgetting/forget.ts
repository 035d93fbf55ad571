import { createHash, type KeyObject } from "node:crypto";
import type { Database, Db } from "../../db/client.ts";
import { dryRun } from "../../db/dry-run.ts";
import { withRetries } from "../../db/retry.ts";
import type { Rules } from "../../facts/rules.ts";
import { lockStitching } from "../../identity/evidence.repository.ts";
import { findNow, findSurvivor, insertAudit } from "../../identity/verdicts.repository.ts";
import type { Actor } from "../../kit/actor.ts";
import { AppError } from "../../kit/errors.ts";
import { newId } from "../../kit/id.ts";
import { erasedRecord } from "../storing/erasures.repository.ts";
import { type Counts, type Erased, erase } from "./erase.ts";
import type { ErasureLedger } from "./erasure-ledger.ts";
import { countAuditRows, insertForgetting, renewStatistics } from "./forgettings.repository.ts";
import type { Forgotten } from "./forgotten-traces.repository.ts";
import { mentionsOf, saysName } from "./mentions.ts";
import { type SignedReceipt, signed } from "./signed-receipt.ts";
import { findDisplayNames, findHeld, findOwnersNow, findRecordsOf, type Held } from "./whom.repository.ts";

/** Who is to be forgotten: by any of their ids, or by an identity that only they have. */
export type Whom = { customerId: string } | { identityId: string };

/** What a forgetting would do. Nothing is stored. */
interface ForgetPreview {
  customerId: string;
  /** How much of each would go. */
  goes: Counts;
  auditRowsStay: number;
  /** Identities that would stay, since others have or had them too. */
  shared: readonly Held[];
}

export interface Forgetter {
  /** Leaves a row in the audit, as a look at the customer does. */
  preview(whom: Whom, by: Actor): Promise<ForgetPreview>;
  /** Forgets for good. The receipt is signed, and stored. */
  forget(whom: Whom, said: { by: Actor; reason: string }): Promise<SignedReceipt>;
}

export interface ForgetterDeps {
  database: Database;
  rules(): Rules;
  identityKey: Uint8Array;
  rejectionKey: Uint8Array;
  /** Null where nobody keeps one. */
  ledger: ErasureLedger | null;
  /** Null where there is no secret outside the database. */
  receiptKey: KeyObject | null;
}

export function openForgetter(deps: ForgetterDeps): Forgetter {
  const { database } = deps;
  const planned: Db = { ...database, transaction: (work) => database.longTransaction(work) };
  const inTurn = turns();
  return {
    async preview(whom, by) {
      const found = await inTurn(() => dryRun(planned, (tx) => preview(tx, whom, deps)));
      const customerIds = [found.customerId];
      await insertAudit(database, { by, action: "customer.forget-previewed", customerIds, detail: {} });
      return found;
    },
    async forget(whom, said) {
      const key = deps.receiptKey;
      if (!key) {
        throw new AppError(
          "UNAVAILABLE",
          "Set C360_SECRET first: the receipt is signed with a key that must not lie in the database.",
        );
      }
      const receipt = await inTurn(() => withRetries(() => entering(deps, { whom, ...said, key })));
      await renewStatistics(database);
      return receipt;
    },
  };
}

/** One after the other: each holds the lock of stitching, and those that waited for it would hold all connections. */
function turns(): <Answer>(work: () => Promise<Answer>) => Promise<Answer> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const own = last.then(work);
    last = own.catch(() => {});
    return own;
  };
}

/** The ledger has it before it is committed, and takes it back where it is not: whoever was told of it stays forgotten. */
async function entering(deps: ForgetterDeps, request: Request): Promise<SignedReceipt> {
  let entered: string | null = null;
  try {
    return await deps.database.longTransaction(async (tx) => {
      const { receipt, hashes } = await forget(tx, request, deps);
      deps.ledger?.append({ id: receipt.id, at: receipt.at, hashes, receipt });
      entered = receipt.id;
      return receipt;
    });
  } catch (error) {
    if (entered !== null) deps.ledger?.takeBack(entered);
    throw error;
  }
}

async function preview(tx: Db, whom: Whom, deps: ForgetterDeps): Promise<ForgetPreview> {
  const { customerId, doomed, shared } = await findDoomed(tx, whom);
  const { counts } = await erase(tx, doomed, erasingOf(deps));
  const auditRowsStay = await countAuditRows(tx, doomed.customers);
  return { customerId, goes: counts, auditRowsStay, shared };
}

interface Request {
  whom: Whom;
  by: Actor;
  reason: string;
  key: KeyObject;
}

async function forget(tx: Db, { whom, by, reason, key }: Request, deps: ForgetterDeps) {
  const { customerId, doomed, held } = await findDoomed(tx, whom);
  const names = await findDisplayNames(tx, doomed.records);
  if (mentionsOf(held)(reason) || saysName(reason, { names, ids: held.map(({ value }) => value) })) {
    throw new AppError("BAD_INPUT", "The reason is kept: say why without naming the customer.", ["reason"]);
  }
  const erased = await erase(tx, doomed, erasingOf(deps));
  const hashes = doomed.records.map((id) => erasedRecord(deps.identityKey, id)).sort();
  const at = await findNow(tx);
  const receipt = signed({ ...receiptOf(erased, hashes), id: newId(), at: at.toISOString(), by: by.name, reason }, key);
  const all = [...erased.identities, ...hashes];
  await insertForgetting(tx, receipt, { hashes: all, heldSince: erased.heldSince });
  const detail = { forgetting: receipt.id };
  await insertAudit(tx, { by, action: "customer.forgotten", customerIds: [customerId], detail });
  return { receipt, hashes: all };
}

const receiptOf = ({ counts, identities }: Erased, hashes: readonly string[]) => ({
  counts,
  identities: identities.toSorted(),
  recordsDigest: createHash("sha256").update(hashes.join("\n")).digest("hex"),
});

const erasingOf = ({ rules, rejectionKey }: ForgetterDeps) => ({ rules: rules(), rejectionKey });

interface Doomed {
  customerId: string;
  doomed: Forgotten;
  held: readonly Held[];
  shared: readonly Held[];
}

async function findDoomed(tx: Db, whom: Whom): Promise<Doomed> {
  await lockStitching(tx);
  const customerId = await findCustomer(tx, whom);
  const held = await findHeld(tx, customerId);
  const sole = held.filter(({ isSole }) => isSole);
  const doomed = {
    identities: sole.map(({ id }) => id),
    records: await findRecordsOf(tx, customerId),
    customers: [...new Set([customerId, ...sole.map(({ birthId }) => birthId)])],
  };
  return { customerId, doomed, held, shared: held.filter(({ isSole }) => !isSole) };
}

async function findCustomer(tx: Db, whom: Whom): Promise<string> {
  if ("customerId" in whom) {
    const survivor = await findSurvivor(tx, whom.customerId);
    if (survivor) return survivor;
    throw new AppError("NOT_FOUND", "No customer has or had this id.", ["customerId"]);
  }
  const [owner, ...others] = await findOwnersNow(tx, [whom.identityId]);
  if (owner && others.length === 0) return owner;
  throw owner
    ? new AppError("BAD_INPUT", "Several customers have or had this identity: name the one by id.", ["identity"])
    : new AppError("NOT_FOUND", "Nobody has this identity.", ["identity"]);
}
