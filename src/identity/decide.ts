import type { Db } from "../db/client.ts";
import { dryRun } from "../db/dry-run.ts";
import type { AuditAction } from "../facts/audit-actions.ts";
import type { CarriedIdentity } from "../facts/fact.ts";
import type { Verdict } from "../facts/identity.ts";
import type { Rules } from "../facts/rules.ts";
import type { Actor } from "../kit/actor.ts";
import { AppError } from "../kit/errors.ts";
import { newId } from "../kit/id.ts";
import { countMoves } from "./assignments.repository.ts";
import { insertIdentities, lockStitching } from "./evidence.repository.ts";
import type { Conflict } from "./evidence.ts";
import { findOwners } from "./owners.ts";
import { planRestitch, type Restitching } from "./plan-restitch.ts";
import { linkOf, mergeOf, type Proposal, type SplitRequest, splitOf } from "./propose.ts";
import { restitch } from "./restitch.ts";
import { findNow, findVerdict, insertAudit, insertVerdict, withdrawVerdict } from "./verdicts.repository.ts";

/** Who decides, the reason, and the rules in force. */
export interface Said {
  /** Stored by name with the verdict, by name and id in the audit. */
  by: Actor;
  reason: string;
  rules: Rules;
}

export interface Decision {
  verdict: Verdict;
  /** The customers that own the verdict's identities afterwards. */
  customerIds: string[];
}

/** Makes two identities one customer's, whether they were seen together or not. */
export async function link(db: Db, pair: readonly [CarriedIdentity, CarriedIdentity], said: Said): Promise<Decision> {
  const proposal = linkOf(pair);
  return db.transaction(async (tx) => {
    await lockStitching(tx);
    await insertIdentities(tx, pair, null);
    return decide(tx, proposal, said);
  });
}

/** Merges customers: a MUST on every identity that belongs to one of them alone. */
export async function merge(db: Db, customerIds: readonly string[], said: Said): Promise<Decision> {
  return db.transaction(async (tx) => {
    await lockStitching(tx);
    return decide(tx, await mergeOf(tx, customerIds), said);
  });
}

/**
 * Takes identities away from a customer: a NEVER between them and the identities that stay, whatever the evidence says.
 */
export async function split(db: Db, request: SplitRequest, said: Said): Promise<Decision> {
  return db.transaction(async (tx) => {
    await lockStitching(tx);
    return decide(tx, await splitOf(tx, request), said);
  });
}

/**
 * Withdraws a verdict: every identity belongs to the customer it would have without the verdict, later evidence
 * included.
 */
export async function withdraw(db: Db, verdictId: string, said: Said): Promise<Decision> {
  return db.transaction(async (tx) => {
    await lockStitching(tx);
    const verdict = await findVerdict(tx, verdictId);
    if (!verdict) throw new AppError("NOT_FOUND", "No verdict has this id.", ["id"]);
    if (verdict.withdrawnAt) throw new AppError("CONFLICT", "The verdict was withdrawn before.", ["id"]);
    await withdrawVerdict(tx, verdictId, { by: said.by.name, reason: said.reason });
    await restitch(tx, changeOf(verdict, false), said.rules);
    return concluded(tx, verdict, { by: said.by, action: "verdict.withdrawn" });
  });
}

/** What a merge or a split would do. Nothing is stored. */
export interface Preview {
  /** The customers that would own the identities afterwards. */
  customerIds: string[];
  interactionsMoved: number;
  touchpointsMoved: number;
  identityIds: string[];
  conflicts: Conflict[];
}

export function previewMerge(db: Db, customerIds: readonly string[], rules: Rules): Promise<Preview> {
  return dryRun(db, async (tx) => preview(tx, await mergeOf(tx, customerIds), rules));
}

export function previewSplit(db: Db, request: SplitRequest, rules: Rules): Promise<Preview> {
  return dryRun(db, async (tx) => preview(tx, await splitOf(tx, request), rules));
}

async function preview(tx: Db, proposal: Proposal, rules: Rules): Promise<Preview> {
  const verdict: Verdict = { ...proposal, id: newId(), at: await findNow(tx) };
  await insertVerdict(tx, verdict, { by: "", reason: "" });
  const { changes, conflicts } = await planRestitch(tx, changeOf(verdict, true), rules);
  const moves = await countMoves(tx, changes);
  const ids = [...verdict.left, ...verdict.right];
  const owners = await findOwners(tx, ids);
  const fresh = new Map(changes.map(({ subjectId, ranges }) => [subjectId, ranges]));
  const after = ids.map((id) => (fresh.get(id) ?? owners.rangesOf(id)).at(-1)!.customerId);
  return {
    customerIds: [...new Set(after)],
    interactionsMoved: moves.interactions,
    touchpointsMoved: moves.touchpoints,
    identityIds: changes.map(({ subjectId }) => subjectId),
    conflicts,
  };
}

async function decide(tx: Db, proposal: Proposal, { by, reason, rules }: Said): Promise<Decision> {
  const verdict: Verdict = { ...proposal, id: newId(), at: await findNow(tx) };
  await insertVerdict(tx, verdict, { by: by.name, reason });
  await restitch(tx, changeOf(verdict, true), rules);
  return concluded(tx, verdict, { by, action: proposal.kind === "MUST" ? "customer.merged" : "customer.split" });
}

async function concluded(
  tx: Db,
  verdict: Verdict,
  { by, action }: { by: Actor; action: AuditAction },
): Promise<Decision> {
  const ids = [...verdict.left, ...verdict.right];
  const owners = await findOwners(tx, ids);
  const customerIds = [...new Set(ids.map((id) => owners.rangesOf(id).at(-1)!.customerId))];
  await insertAudit(tx, { by, action, customerIds, detail: { verdict: verdict.id } });
  return { verdict, customerIds };
}

function changeOf(verdict: Verdict, isNew: boolean): Restitching {
  return { touched: [], added: [], removed: [], verdict: { verdict, isNew } };
}
