import { isRepeatCaller } from "../facts/repeat-callers.ts";
import type { RoutingRule } from "../facts/routing.ts";
import { ruleOf } from "../facts/rules.ts";
import type { Door } from "../kit/door.ts";
import type { RequestContext, Viewer } from "../request.ts";
import { advise } from "./advice.ts";
import { USUAL_CANDIDATES } from "./candidates.ts";
import {
  type Asked,
  askedOf,
  findInTime,
  type LookupAnswer,
  late,
  MOST_IDENTITIES,
  noteLookUp,
  type Ring,
  unheard,
} from "./lookup.ts";

/** A look-up for systems that read only texts: at most 32 keys. */
export type CallerCard = Record<string, string>;

/** Who is calling, as one flat map: never an error, and never later than its deadline. */
export async function readCallerCard(
  request: Pick<RequestContext, "db" | "rules" | "identityKey" | "log" | "viewer" | "auditLog">,
  ring: Ring & { warning?: string | null },
  { deadlineMs, door }: { deadlineMs: number; door: Door },
): Promise<CallerCard> {
  const startedAt = performance.now();
  const asked = askedLeniently(request, ring);
  const leave = await door.enter(deadlineMs).catch(() => null);
  const { found, isPartial } = leave
    ? await findInTime(request, asked, deadlineMs - (performance.now() - startedAt)).finally(leave)
    : { found: unheard(asked, new Date()), isPartial: true };
  const { viewer, rules } = request;
  noteLookUp(
    request,
    found.candidates.slice(0, USUAL_CANDIDATES).map(({ id }) => id),
  );
  const leftMs = Math.max(0, deadlineMs - (performance.now() - startedAt));
  // A menu waits for its row as long as it may, and is answered all the same: the row waits for a database that is away.
  await Promise.race([request.auditLog.settle().catch(() => {}), late(leftMs)]);
  const facts = {
    isPartial,
    warning: ring.warning ?? null,
    ms: performance.now() - startedAt,
    viewer,
    routing: rules.routing,
  };
  return cardOf(found, facts);
}

/** Always gives an answer: an identity that cannot be read identifies nobody. */
function askedLeniently({ rules, identityKey }: Pick<RequestContext, "rules" | "identityKey">, ring: Ring): Asked {
  const identities = ring.identities.filter(({ namespace }) => ruleOf(rules, namespace.trim()) !== undefined);
  return askedOf({ rules, identityKey }, { ...ring, identities: identities.slice(0, MOST_IDENTITIES) });
}

interface CardFacts {
  isPartial: boolean;
  warning: string | null;
  ms: number;
  viewer: Viewer;
  routing: readonly RoutingRule[];
}

/**
 * Keys without a value are left out, since some flow designers cannot tell an empty text from a missing one. Where `shortOf`
 * stands, the caller's profile does not.
 */
function cardOf(
  { candidates, situation }: LookupAnswer,
  { isPartial, warning, ms, viewer, routing }: CardFacts,
): CallerCard {
  const [caller] = candidates;
  const { profile, doing, dialled, now, isWithheld } = situation;
  const { lastPage, lastCall, unresolved } = doing;
  const advice = advise(routing, situation);
  const card: Record<string, string | number | boolean | null | undefined> = {
    known: situation.isHeard ? caller !== undefined : null,
    partial: isPartial,
    customerId: caller?.id,
    displayName: viewer.scopes.has("customers:name") ? profile.displayName : null,
    isAnonymous: caller?.isAnonymous,
    confidence: caller?.confidence,
    candidates: candidates.length,
    why: caller?.why,
    isWithheld,
    custId: viewer.scopes.has("identities:read") ? profile.custId : null,
    shortOf: situation.shortOf,
    segment: profile.segment,
    region: profile.region,
    vvip: profile.vvip,
    premier: profile.premier,
    highRisk: profile.highRisk,
    isDigitalEligible: profile.isDigitalEligible,
    lastCallReason: lastCall?.reason,
    isRepeatCaller: caller && isRepeatCaller(doing.callsLast30Days),
    unresolvedReason: unresolved?.reason,
    lastPage: lastPage?.name,
    lastPageSection: lastPage?.section,
    lastPageSecondsAgo: lastPage && Math.max(0, Math.round((now.getTime() - lastPage.at.getTime()) / 1_000)),
    campaign: dialled?.campaign,
    skill: advice.skill,
    agentId: advice.agentId,
    priority: advice.priority,
    likelyReason: advice.likelyReason,
    offerKind: advice.deflection?.kind,
    offerLabel: advice.deflection?.label,
    offerUrl: advice.deflection?.url,
    rules: advice.reasons.map(({ rule }) => rule).join(" "),
    // One or the other, since a card has 32 keys at most.
    ...(warning === null ? { latencyMs: Math.round(ms) } : { warning }),
  };
  return textsOf(card);
}

function textsOf(card: Readonly<Record<string, unknown>>): CallerCard {
  const stated = Object.entries(card).filter(([, value]) => value != null && value !== "");
  return Object.fromEntries(stated.map(([key, value]) => [key, String(value)]));
}
