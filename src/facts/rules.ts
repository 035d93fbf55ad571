import type { NamespaceRule, SourceSettings } from "./identity.ts";
import { REDACTED_KINDS } from "./redacting/redact-text.ts";
import type { RoutingRule } from "./routing.ts";
import { SESSION_TIMEOUT_MINUTES } from "./sessions.ts";

/**
 * The rules that are data: what each namespace means, how each source speaks and where calls go. Loaded once, refreshed
 * when changed.
 */
export interface Rules {
  /** By name and by alias, in lower case. */
  namespaces: ReadonlyMap<string, NamespaceRule>;
  sources: ReadonlyMap<string, SourceSettings>;
  /** Where calls go, in the order in which the rules are asked. */
  routing: readonly RoutingRule[];
  /** Region of phone numbers without a country code, where the source names none. */
  defaultRegion: string;
}

/** The settings of a source; one that nobody configured has the defaults. */
export function settingsOf(rules: Rules, source: string): SourceSettings {
  const foreignPrefixes = CALL_TRACKERS.includes(source) ? FOREIGN_PREFIXES : [];
  return rules.sources.get(source) ?? { ...DEFAULT_SETTINGS, foreignPrefixes, name: source };
}

/** Whether the records of some source may not join customers. */
export function hasGuests({ sources }: Rules): boolean {
  return [...sources.values()].some(({ joins }) => !joins);
}

/** How many digits the numbers of an issuer have, as any source of that issuer says; null where none does. */
export function digitsOf({ sources }: Rules, issuer: string): number | null {
  const said = [...sources.values()].filter(({ anchorIssuer }) => anchorIssuer?.trim().toLowerCase() === issuer);
  return said.reduce<number | null>((most, { anchorDigits }) => Math.max(most ?? 0, anchorDigits ?? 0) || null, null);
}

/** The region in which the telephone numbers of a source are read that have no country code. */
export function regionOf(rules: Rules, settings: SourceSettings): string {
  return settings.defaultRegion ?? rules.defaultRegion;
}

/** Sources that put an id of the tracking system itself where a visitor's id belongs, when the caller came from no page. */
export const CALL_TRACKERS: readonly string[] = ["call-tracking-metrics", "infinity", "qubit", "responsetap"];
/** What those ids begin with; the settings of a source overrule it. */
export const FOREIGN_PREFIXES: readonly string[] = ["gbr0", "clarity"];

/** How far a source is believed that nobody ranked; 1 is believed before 2. */
export const DEFAULT_RANK = 100;

/** Clocks that are set by the network differ by seconds, a sender's without it by minutes. */
const DEFAULT_AHEAD_MINUTES = 10;

/** More digits than any number of a customer has. */
export const MOST_ANCHOR_DIGITS = 32;

/** A year: beyond it the setting would mean nothing. */
export const MOST_AHEAD_MINUTES = 525_600;

/** A day: what somebody did yesterday is another visit. */
export const MOST_VISIT_TIMEOUT_MINUTES = 1_440;

const DEFAULT_SETTINGS: Omit<SourceSettings, "name"> = {
  defaultRegion: null,
  timeZone: null,
  anchorIssuer: null,
  anchorDigits: null,
  keepKinds: [],
  foreignPrefixes: [],
  ownNumbers: [],
  rank: DEFAULT_RANK,
  volatileFields: [],
  transactionIssuer: null,
  aheadMinutes: DEFAULT_AHEAD_MINUTES,
  visitTimeoutMinutes: SESSION_TIMEOUT_MINUTES,
  originalDays: 0,
  joins: true,
  redacts: REDACTED_KINDS,
};

/** The rule of a namespace, its issuer left aside (`custid@crm-se` follows `custid`); undefined when there is none. */
export function ruleOf(rules: Rules, namespace: string): NamespaceRule | undefined {
  return rules.namespaces.get(baseOf(namespace).toLowerCase());
}

/** `custid` of `custid@crm-se`. */
export function baseOf(namespace: string): string {
  const at = namespace.indexOf("@");
  return at === -1 ? namespace : namespace.slice(0, at);
}
