import { isRepeatCaller } from "../facts/repeat-callers.ts";
import { DEFAULT_PRIORITY, LAST, type RoutingMatcher, type RoutingRule } from "../facts/routing.ts";
import type { RoutingAdviceType } from "./caller.type.ts";
import type { Situation } from "./situation.ts";

type Advice = Omit<RoutingAdviceType, "reasons">;
type Piece = keyof Advice;

/**
 * The advice of the routing rules on a call. Rules apply in order: for each piece of advice the first rule that gives
 * it decides. The answer names every rule that decided something or only has a message, with its reason.
 */
export function advise(rules: readonly RoutingRule[], situation: Situation): RoutingAdviceType {
  const words = wordsOf(situation);
  const advice: Partial<Advice> = {};
  const reasons: RoutingAdviceType["reasons"] = [];
  for (const { name, isEnabled, message, matcher, advice: given } of rules) {
    if (!isEnabled || !applies(matcher, situation)) continue;
    const fresh = Object.entries(piecesOf(given, { situation, words })).filter(([piece]) => !(piece in advice));
    Object.assign(advice, Object.fromEntries(fresh));
    const isRemark = Object.keys(given).length === 0;
    if (fresh.length > 0 || isRemark) reasons.push({ rule: name, message: fill(message, words) ?? message });
  }
  return { ...NOTHING, ...advice, reasons };
}

const NOTHING: Advice = {
  skill: null,
  agentId: null,
  priority: DEFAULT_PRIORITY,
  likelyReason: null,
  deflection: null,
};

function applies(matcher: RoutingMatcher, situation: Situation): boolean {
  return facts(matcher, situation).every(Boolean) && behaviour(matcher, situation).every(Boolean);
}

function facts(matcher: RoutingMatcher, { caller, profile, isWithheld, isHeard }: Situation): boolean[] {
  const { signal } = matcher;
  return [
    is(matcher.withheld, isWithheld),
    is(matcher.unknown, isHeard && caller === null && !isWithheld),
    is(matcher.anonymous, caller?.isAnonymous === true),
    is(matcher.shared, caller?.isShared === true),
    is(matcher.vvip, profile.vvip === true),
    is(matcher.premier, profile.premier === true),
    is(matcher.highRisk, profile.highRisk === true),
    is(matcher.digitalEligible, profile.isDigitalEligible === true),
    among(matcher.segments, profile.segment),
    among(matcher.regions, profile.region),
    !signal ||
      profile.signals.some(({ code, score }) => code === signal.code && (score ?? 1) >= (signal.minScore ?? 0)),
  ];
}

function behaviour(matcher: RoutingMatcher, { doing, ivrIntent, dialled, now }: Situation): boolean[] {
  const { lastPage, unresolved, callsLast30Days } = doing;
  const age = (at: Date | undefined) => (at ? (now.getTime() - at.getTime()) / 1_000 : Number.POSITIVE_INFINITY);
  return [
    is(matcher.repeatCaller, isRepeatCaller(callsLast30Days)),
    matcher.unresolvedWithinDays === undefined || age(unresolved?.at) <= matcher.unresolvedWithinDays * 86_400,
    matcher.webWithinSeconds === undefined || age(doing.lastWebAt ?? undefined) <= matcher.webWithinSeconds,
    among(matcher.pages, lastPage?.name),
    among(matcher.sections, lastPage?.section),
    among(matcher.ivrIntents, ivrIntent),
    among(matcher.dialledNumbers, dialled?.number),
    among(matcher.campaigns, dialled?.campaign),
  ];
}

function is(wanted: boolean | undefined, found: boolean): boolean {
  return wanted === undefined || wanted === found;
}

function among(wanted: readonly string[] | undefined, found: string | null | undefined): boolean {
  if (!wanted) return true;
  return found != null && wanted.some((pattern) => fits(pattern, found));
}

/** `*` matches any text; case does not matter. */
function fits(pattern: string, value: string): boolean {
  const parts = pattern.toLowerCase().split("*");
  const text = value.toLowerCase();
  const [head = "", ...rest] = parts;
  if (rest.length === 0) return text === head;
  const tail = rest.pop()!;
  if (!text.startsWith(head)) return false;
  let at = head.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return text.length - tail.length >= at && text.endsWith(tail);
}

type Words = Readonly<Record<string, string | null>>;

/** The words that a rule's texts may name in braces. */
function wordsOf({ doing, ivrIntent, dialled, now }: Situation): Words {
  const { lastPage, unresolved, lastCall } = doing;
  return {
    lastPage: lastPage?.name ?? null,
    lastSection: lastPage?.section ?? null,
    lastUrl: lastPage?.url ?? null,
    lastPageAgo: lastPage ? lengthOf(now.getTime() - lastPage.at.getTime()) : null,
    lastCallReason: lastCall?.reason ?? null,
    unresolvedReason: unresolved?.reason ?? null,
    ivrIntent,
    campaign: dialled?.campaign ?? null,
  };
}

function lengthOf(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1_000));
  return seconds < 120 ? `${seconds} seconds` : `${Math.round(seconds / 60)} minutes`;
}

/** Null when a word in the text is not known: no advice is better than half a sentence. */
function fill(text: string, words: Words): string | null {
  let isWhole = true;
  const filled = text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const word = words[name] ?? null;
    if (word === null) isWhole = false;
    return word ?? "";
  });
  return isWhole ? filled : null;
}

function piecesOf(
  given: RoutingRule["advice"],
  { situation, words }: { situation: Situation; words: Words },
): Partial<Record<Piece, unknown>> {
  const { unresolved } = situation.doing;
  const { deflection } = given;
  const label = deflection && fill(deflection.label, words);
  const pieces = {
    skill: given.skill === LAST ? unresolved?.skill : given.skill,
    agentId: given.agentId === LAST ? unresolved?.agentId : given.agentId,
    priority: given.priority,
    likelyReason: given.likelyReason && fill(given.likelyReason, words),
    deflection: deflection &&
      label && { kind: deflection.kind, label, url: deflection.url ? fill(deflection.url, words) : null },
  };
  return Object.fromEntries(Object.entries(pieces).filter(([, piece]) => piece != null));
}
