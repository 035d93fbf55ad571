import fc from "fast-check";
import type { Identity, NamespaceRule, Verdict } from "../../src/facts/identity.ts";
import { strongestFirst } from "../../src/facts/normalise.ts";
import { type Rules, ruleOf } from "../../src/facts/rules.ts";
import { isPerson, type Sighting, STITCHING_LIMITS, type StitchingLimits } from "../../src/identity/evidence.ts";
import { DEFAULT_NAMESPACES } from "../../src/identity/namespaces.ts";
import { type Evidence, type Resolution, resolve } from "../../src/identity/resolve.ts";
import { customerAt } from "../../src/identity/timeline.ts";

/** The default rules, some namespaces changed. "crm" is believed before "web", and "note" may not join. */
export function rulesWith(changes: Record<string, Partial<NamespaceRule>> = {}): Rules {
  const rules = DEFAULT_NAMESPACES.map((rule) => ({ ...rule, ...changes[rule.name] }));
  return {
    namespaces: new Map(rules.flatMap((rule) => [rule.name, ...rule.aliases].map((name) => [name, rule] as const))),
    sources: new Map([
      ["crm", sourceOf("crm", 1)],
      ["note", { ...sourceOf("note"), joins: false }],
    ]),
    routing: [],
    defaultRegion: "SE",
  };
}

export function sourceOf(name: string, rank = 100) {
  return {
    name,
    rank,
    defaultRegion: null,
    timeZone: null,
    anchorIssuer: null,
    keepKinds: [],
    foreignPrefixes: [],
    ownNumbers: [],
    volatileFields: [],
    transactionIssuer: null,
    anchorDigits: null,
    aheadMinutes: 10,
    visitTimeoutMinutes: 30,
    originalDays: 0,
    joins: true,
    redacts: [],
  };
}

/** What one record carried: "email:ann cookie:k1" at a minute. */
export interface Told {
  at: number;
  carried: readonly string[];
  source?: string;
}

interface ToldVerdict {
  kind: "MUST" | "NEVER";
  at: number;
  left: readonly string[];
  right?: readonly string[];
}

export interface Tale {
  records: readonly Told[];
  verdicts?: readonly ToldVerdict[];
  /** What differs from the default namespaces. */
  changes?: Record<string, Partial<NamespaceRule>>;
  limits?: Partial<StitchingLimits>;
}

const minute = (at: number) => new Date(Date.UTC(2026, 0, 1, 0, at));

/** A tale as evidence: ids are the names themselves, and an identity's customer id is its name with a `*`. */
export function evidenceOf({ records, verdicts = [], changes, limits = {} }: Tale): Evidence {
  const rules = rulesWith(changes);
  const names = new Set(records.flatMap(({ carried }) => carried));
  for (const { left, right = [] } of verdicts) for (const name of [...left, ...right]) names.add(name);
  return {
    identities: [...names].map((name) => identityOf(name, rules)),
    sightings: records.flatMap((record, i) => sightingsOf(record, `record ${i}`, rules)),
    verdicts: verdicts.map(verdictOf),
    rules,
    knownAlone: new Set(records.flatMap(({ carried, source }) => (source === "note" ? [] : carried))),
    limits: { ...STITCHING_LIMITS, ...limits },
  };
}

export function identityOf(id: string, rules: Rules): Identity {
  const [namespace, value] = id.split(":") as [string, string];
  const { kind } = ruleOf(rules, namespace)!;
  return { id, namespace, value, kind, customerId: `${id}*`, bornAt: minute(value.length) };
}

function sightingsOf({ at, carried, source = "web" }: Told, recordId: string, rules: Rules): Sighting[] {
  const strongest = [...new Set(carried)].map((id) => identityOf(id, rules));
  const [subject, ...others] = strongest.sort((a, b) => strongestFirst(a, b, rules));
  return others.map((other) => ({
    identityId: other.id,
    at: minute(at),
    subjectId: subject!.id,
    recordId,
    source,
  }));
}

function verdictOf({ kind, at, left, right = [] }: ToldVerdict, i: number): Verdict {
  return { id: `verdict ${i}`, kind, at: minute(at), left, right };
}

/** Whose an identity is at a minute, by name: "custid:1" for the customer born with it. */
export function whoIs(resolution: Resolution, id: string, at: number): string {
  const ranges = resolution.assignments.get(id);
  return ranges ? customerAt(ranges, minute(at).getTime()).slice(0, -1) : id;
}

export function tell(tale: Tale): Resolution & { who: (id: string, at?: number) => string } {
  const resolution = resolve(evidenceOf(tale));
  return { ...resolution, who: (id, at = 0) => whoIs(resolution, id, at) };
}

/** The sightings of a carrier with persons. */
export function usesOf({ sightings, identities }: Evidence, carrier: string): Sighting[] {
  const persons = new Set(identities.filter(isPerson).map(({ id }) => id));
  return sightings.filter(({ identityId, subjectId }) => identityId === carrier && persons.has(subjectId));
}

const PERSONS = [
  "custid:1",
  "custid:2",
  "custid:3",
  "crmid:1",
  "crmid:2",
  "login:a",
  "login:b",
  "email:a",
  "email:b",
  "email:c",
];
const CARRIERS = ["contact:x", "cookie:x", "cookie:y", "cookie:z", "phone:x", "phone:y"];
export const EVERYBODY = [...PERSONS, ...CARRIERS];
/** Minutes in which everything happens, with one to spare on either side. */
export const MINUTES = Array.from({ length: 14 }, (_, i) => i - 1);

const some = (names: readonly string[], min: number, max: number) =>
  fc.uniqueArray(fc.constantFrom(...names), { minLength: min, maxLength: max });

const told = fc.record({
  at: fc.nat(11),
  carried: some(EVERYBODY, 1, 4),
  source: fc.constantFrom("web", "web", "crm", "crm", "note"),
});

const verdict: fc.Arbitrary<ToldVerdict> = fc.oneof(
  fc.record({ kind: fc.constant("MUST" as const), at: fc.nat(4), left: some(EVERYBODY, 2, 3) }),
  fc
    .tuple(fc.nat(4), some(EVERYBODY, 2, 5), fc.integer({ min: 1, max: 4 }))
    .map(([at, names, cut]) => ({ at, names, cut: Math.min(cut, names.length - 1) }))
    .map(({ at, names, cut }) => ({ kind: "NEVER" as const, at, left: names.slice(0, cut), right: names.slice(cut) })),
);

const changes = fc.record({
  email: fc.record({ isAmbiguous: fc.boolean(), limit: fc.constantFrom(null, null, 1, 2) }),
  login: fc.record({ isOldest: fc.boolean(), limit: fc.constantFrom(null, 1) }),
  phone: fc.record({ isAmbiguous: fc.boolean() }),
});

/** Small worlds, so that everything collides: shared, contested, public, crowded, over the limits. */
export const tales: fc.Arbitrary<Required<Tale>> = fc.record({
  records: fc.array(told, { maxLength: 14 }),
  verdicts: fc.array(verdict, { maxLength: 3 }),
  changes,
  limits: fc.record({
    customer: fc.constantFrom(3, 5, 50),
    group: fc.constantFrom(2, 50),
    publicAbove: fc.constantFrom(2, 20),
  }),
});
