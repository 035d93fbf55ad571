import type { Identity, Verdict } from "../facts/identity.ts";
import type { Rules } from "../facts/rules.ts";
import { ruleOf } from "../facts/rules.ts";
import { groupBy } from "../kit/group.ts";
import {
  byId,
  isPerson,
  type Pair,
  STITCHING_LIMITS,
  type StitchingLimits,
  strongestOf,
  type Turn,
} from "./evidence.ts";
import { settleGroups } from "./groups.ts";
import {
  always,
  customerAt,
  type Moment,
  type Owner,
  type Range,
  rangesOf,
  soleOwner,
  timelineOf,
} from "./timeline.ts";
import {
  type HeldVerdict,
  heedsNevers,
  indexVerdicts,
  keptApart,
  type OwnerLookup,
  type VerdictIndex,
} from "./verdict-index.ts";

export interface CarrierInput {
  /** The carriers and contested PERSONAL identities to settle, and the subjects of their turns. */
  identities: readonly Identity[];
  contested: ReadonlySet<string>;
  turns: Iterable<Turn>;
  together: Iterable<Pair>;
  /**
   * The owners of the ANCHOR and PERSONAL identities in `turns` and `inForce`, which are not settled here. An identity
   * that is missing belongs to the customer it was born with.
   */
  ownerOf: ReadonlyMap<string, Owner>;
  /** The verdicts in force, as `joinLinks` answers them, newest first. */
  inForce: readonly Verdict[];
  /** Public identities, whatever their turns say. */
  publicOnes?: ReadonlySet<string>;
  rules: Rules;
  limits?: StitchingLimits;
}

/** Who owns one carrier. A PUBLIC one has no owner; NONE means that no person was seen with it. */
export type Settled =
  | { state: "ONE"; customerId: string; ranges: readonly Range[] }
  | { state: "SHARED" | "PUBLIC"; ranges: readonly Range[] }
  | { state: "NONE" };

/**
 * Rules 4 and 5: the owner of every carrier and of every contested PERSONAL identity over all time. To settle a group
 * without an owner, the input must hold its members and every carrier that shared a record with one of them, each with
 * all its turns.
 */
export function settleCarriers(input: CarrierInput): Map<string, readonly Range[]> {
  const scene = open(input);
  const answer = new Map<string, readonly Range[]>();
  // A contested subject passes its owners on to the identities seen with it, so the stronger is settled before the
  // weaker.
  for (const identity of strongestOf(scene.disputed, input.rules)) {
    const settled = settle(scene, identity);
    const ranges = settled.state === "NONE" ? always(identity.customerId) : settled.ranges;
    if (settled.state === "PUBLIC") scene.publicOnes.add(identity.id);
    scene.lent.set(identity.id, ranges);
    answer.set(identity.id, ranges);
  }
  const states = new Map<string, Settled>();
  for (const carrier of scene.carriers) {
    const settled = settle(scene, carrier);
    states.set(carrier.id, settled);
    if (settled.state !== "NONE") answer.set(carrier.id, settled.ranges);
  }
  for (const [id, ranges] of settleGroups({ ...scene, states })) answer.set(id, ranges);
  return answer;
}

export interface Scene {
  known: ReadonlyMap<string, Identity>;
  carriers: readonly Identity[];
  disputed: readonly Identity[];
  turns: ReadonlyMap<string, readonly Turn[]>;
  together: Iterable<Pair>;
  /** The owners of ANCHOR and PERSONAL identities. */
  owners: OwnerLookup;
  /** The owners of the contested identities settled so far. */
  lent: Map<string, readonly Range[]>;
  publicOnes: Set<string>;
  verdictIndex: VerdictIndex;
  inForce: readonly Verdict[];
  rules: Rules;
  limits: StitchingLimits;
}

function open(input: CarrierInput): Scene {
  const { identities, contested, ownerOf, inForce, rules } = input;
  const known = byId(identities);
  const lent = new Map<string, readonly Range[]>();
  const born = (id: string) => {
    const identity = known.get(id);
    return identity && isPerson(identity) ? identity.customerId : undefined;
  };
  return {
    known,
    carriers: identities.filter(({ kind }) => kind === "CARRIER"),
    disputed: identities.filter(({ id }) => contested.has(id)),
    turns: groupBy(input.turns, ({ carrier }) => carrier),
    together: input.together,
    owners: (id) => (contested.has(id) ? lent.get(id) : (ownerOf.get(id) ?? born(id))),
    lent,
    publicOnes: new Set(input.publicOnes),
    verdictIndex: indexVerdicts(inForce, (id) => contested.has(id) || known.get(id)?.kind === "CARRIER"),
    inForce,
    rules,
    limits: input.limits ?? STITCHING_LIMITS,
  };
}

/** Rule 4, for one carrier or contested identity. */
function settle(scene: Scene, identity: Identity): Settled {
  const held = identity.kind === "CARRIER" ? heldBy(scene, identity) : null;
  if (held) return stateOf(held);
  const turns = scene.turns.get(identity.id) ?? [];
  if (isPublic(scene, identity.id, turns)) return { state: "PUBLIC", ranges: always(identity.customerId) };
  const heldVerdicts = scene.verdictIndex.get(identity.id);
  const moments = momentsOf(scene, turns, heldVerdicts);
  if (moments.length === 0) return { state: "NONE" };
  const isShared = moments.some(({ customerId }) => customerId !== moments[0]!.customerId);
  if (isShared && ruleOf(scene.rules, identity.namespace)?.isAmbiguous) {
    return { state: "SHARED", ranges: always(identity.customerId) };
  }
  const ranges = timelineOf(moments);
  const kept = heldVerdicts
    ? keptApart(ranges, heldVerdicts, { owners: scene.owners, own: identity.customerId })
    : ranges;
  return isShared || kept !== ranges ? { state: "SHARED", ranges: kept } : stateOf(ranges);
}

function stateOf(ranges: readonly Range[]): Settled {
  const [only] = ranges;
  return ranges.length === 1 ? { state: "ONE", customerId: only!.customerId, ranges } : { state: "SHARED", ranges };
}

/** The ranges of the customer to whom the newest MUST gives the whole carrier, unless a newer NEVER forbids it. */
function heldBy({ verdictIndex, owners }: Scene, carrier: Identity): readonly Range[] | null {
  const newer: HeldVerdict[] = [];
  for (const verdict of verdictIndex.get(carrier.id) ?? []) {
    if (verdict.kind === "NEVER") newer.push(verdict);
    else {
      const owner = verdict.others.map(owners).find((found) => found !== undefined);
      const ranges = owner === undefined ? null : rangesOf(owner);
      // A MUST that names carriers only makes them a group and gives none of them an owner; older verdicts do not
      // count.
      if (!ranges || heedsNevers(ranges, newer, owners)) return ranges;
    }
  }
  return null;
}

function isPublic({ publicOnes, limits }: Scene, id: string, turns: readonly Turn[]): boolean {
  if (publicOnes.has(id)) return true;
  if (turns.length <= limits.publicAbove) return false;
  return new Set(turns.map(({ subject }) => subject)).size > limits.publicAbove;
}

/** The turns that count. Those with a public subject, or with a customer whom a NEVER forbids, do not. */
function momentsOf(scene: Scene, turns: readonly Turn[], heldVerdicts: readonly HeldVerdict[] | undefined): Moment[] {
  const { owners, publicOnes } = scene;
  const strangers = heldVerdicts && strangersIn(scene, heldVerdicts);
  const moments: Moment[] = [];
  for (const { subject, at } of turns) {
    const owner = owners(subject);
    if (owner === undefined || strangers?.subjects.has(subject) || publicOnes.has(subject)) continue;
    const customerId = typeof owner === "string" ? owner : customerAt(owner, at.getTime());
    if (!strangers?.customers.has(customerId)) moments.push({ at: at.getTime(), customerId });
  }
  // The sort is stable: turns of one instant keep their order.
  return moments.length > 1 ? moments.sort((a, b) => a.at - b.at) : moments;
}

interface Strangers {
  subjects: ReadonlySet<string>;
  /** The customers who own one of the subjects at all times. */
  customers: ReadonlySet<string | null>;
}

function strangersIn({ owners }: Scene, heldVerdicts: readonly HeldVerdict[]): Strangers {
  const subjects = new Set(heldVerdicts.flatMap((verdict) => (verdict.kind === "NEVER" ? verdict.others : [])));
  return { subjects, customers: new Set([...subjects].map((id) => soleOwner(owners(id) ?? []))) };
}
