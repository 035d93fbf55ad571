import fc from "fast-check";
import { expect, test } from "vitest";
import { settleCarriers } from "../../src/identity/carriers.ts";
import { isPerson } from "../../src/identity/evidence.ts";
import { joinLinks } from "../../src/identity/links.ts";
import { type Evidence, linksOf, type Resolution, resolve } from "../../src/identity/resolve.ts";
import { groupBy } from "../../src/kit/group.ts";
import { draws } from "../kit/draws.ts";
import { EVERYBODY, evidenceOf, MINUTES, type Tale, tales, usesOf, whoIs } from "./histories.ts";

const runs = draws(300);

const plain = ({ assignments, conflicts }: Resolution) => ({
  assignments: [...assignments].sort(([a], [b]) => (a < b ? -1 : 1)),
  conflicts: conflicts.map((conflict) => JSON.stringify(conflict)).sort(),
});

const personsOf = (evidence: Evidence) => {
  const known = new Map(evidence.identities.map((identity) => [identity.id, identity]));
  const links = linksOf(evidence.sightings, known, evidence.rules);
  return { known, joined: joinLinks({ ...evidence, links, known: evidence.knownAlone }) };
};

test.each([
  ["", (tale: Tale) => tale],
  [
    ", where all of it is of one instant",
    (tale: Tale) => ({ ...tale, records: tale.records.map((record) => ({ ...record, at: 0 })) }),
  ],
])("any order and any replay of the evidence give the same answer%s", (_, as) => {
  const shuffled = tales.chain((tale) => {
    const evidence = evidenceOf(as(tale));
    const mix = <Item>(items: readonly Item[]) => fc.shuffledSubarray([...items], { minLength: items.length });
    return fc.record({
      evidence: fc.constant(evidence),
      identities: mix(evidence.identities),
      sightings: mix([...evidence.sightings, ...evidence.sightings.slice(0, 5)]),
      verdicts: mix(evidence.verdicts),
    });
  });

  fc.assert(
    fc.property(shuffled, ({ evidence, ...mixed }) => {
      expect(plain(resolve({ ...evidence, ...mixed }))).toEqual(plain(resolve(evidence)));
    }),
    runs,
  );
});

test("a verdict that is overruled changes nothing, as if it were withdrawn", () => {
  fc.assert(
    fc.property(tales, (tale) => {
      const evidence = evidenceOf(tale);
      const { inForce } = personsOf(evidence).joined;
      expect([...resolve({ ...evidence, verdicts: inForce }).assignments]).toEqual([...resolve(evidence).assignments]);
    }),
    runs,
  );
});

test("deleting all carriers does not change who is joined to whom", () => {
  fc.assert(
    fc.property(tales, (tale) => {
      const evidence = evidenceOf(tale);
      const persons = new Set(evidence.identities.filter(isPerson).map(({ id }) => id));
      const without = {
        ...evidence,
        identities: evidence.identities.filter(isPerson),
        sightings: evidence.sightings.filter((sighting) => persons.has(sighting.identityId)),
      };
      const [all, few] = [resolve(evidence), resolve(without)];
      for (const id of persons) expect(few.assignments.get(id)).toEqual(all.assignments.get(id));
    }),
    runs,
  );
});

test("those whom a verdict keeps apart are never together, carriers included where no MUST holds them", () => {
  fc.assert(
    fc.property(tales, (tale) => {
      const evidence = evidenceOf(tale);
      const { known, joined } = personsOf(evidence);
      const resolution = resolve(evidence);
      const held = new Set(joined.inForce.flatMap(({ kind, left }) => (kind === "MUST" ? left : [])));
      const counts = (id: string) => isPerson(known.get(id)!) || !held.has(id);
      for (const { left, right } of joined.inForce.filter(({ kind }) => kind === "NEVER")) {
        const pairs = left.filter(counts).flatMap((a) => right.filter(counts).map((b) => [a, b] as const));
        for (const [a, b] of pairs.filter((pair) => pair.some((id) => isPerson(known.get(id)!)))) {
          for (const at of MINUTES) expect(whoIs(resolution, a, at)).not.toBe(whoIs(resolution, b, at));
        }
      }
    }),
    runs,
  );
});

test("persons whom a verdict makes one are one", () => {
  fc.assert(
    fc.property(tales, (tale) => {
      const evidence = evidenceOf(tale);
      const { known, joined } = personsOf(evidence);
      const resolution = resolve(evidence);
      for (const { left } of joined.inForce.filter(({ kind }) => kind === "MUST")) {
        const persons = left.filter((id) => isPerson(known.get(id)!));
        for (const at of MINUTES) expect(new Set(persons.map((id) => whoIs(resolution, id, at))).size).toBeLessThan(2);
      }
    }),
    runs,
  );
});

test("without verdicts no customer exceeds a limit, and every refused link leads to somebody else", () => {
  fc.assert(
    fc.property(tales, (tale) => {
      const evidence = { ...evidenceOf(tale), verdicts: [] };
      const { known, joined } = personsOf(evidence);
      const customers = groupBy(joined.customerOf, ([, customer]) => customer);
      for (const members of customers.values()) {
        const namespaces = members.map(([id]) => known.get(id)!.namespace);
        expect(members.length).toBeLessThanOrEqual(tale.limits.customer!);
        for (const namespace of namespaces) {
          const { kind, limit } = evidence.rules.namespaces.get(namespace)!;
          const most = kind === "ANCHOR" ? 1 : (limit ?? Number.POSITIVE_INFINITY);
          expect(namespaces.filter((name) => name === namespace).length).toBeLessThanOrEqual(most);
        }
      }
      for (const { a, b } of joined.conflicts) {
        expect(joined.customerOf.get(a) ?? a).not.toBe(joined.customerOf.get(b) ?? b);
      }
    }),
    runs,
  );
});

test("what does not hang together with a customer has no say in who it is", () => {
  fc.assert(
    fc.property(tales, fc.constantFrom(...EVERYBODY), (tale, seed) => {
      const evidence = evidenceOf(tale);
      const { known, joined } = personsOf(evidence);
      if (!known.has(seed) || !isPerson(known.get(seed)!)) return;
      const near = closureOf(evidence, seed);
      const alone = personsOf({
        ...evidence,
        identities: evidence.identities.filter(({ id }) => near.has(id)),
        sightings: evidence.sightings.filter(({ subjectId }) => near.has(subjectId)),
        verdicts: evidence.verdicts.filter(({ left, right }) => [...left, ...right].some((id) => near.has(id))),
      }).joined;
      for (const id of near) expect(alone.customerOf.get(id)).toBe(joined.customerOf.get(id));
    }),
    runs,
  );
});

test("carriers settle alike when a contested subject is the only one whose turns in a row are told singly", () => {
  fc.assert(
    fc.property(tales, (tale) => {
      const evidence = evidenceOf(tale);
      const { known, joined } = personsOf(evidence);
      const inOrder = [...evidence.sightings].sort((a, b) => +a.at - +b.at || (a.recordId < b.recordId ? -1 : 1));
      const person = inOrder.filter(({ subjectId }) => isPerson(known.get(subjectId)!));
      const turns = person.map(({ identityId, subjectId, at }) => ({ carrier: identityId, subject: subjectId, at }));
      const folded = [...groupBy(turns, ({ carrier }) => carrier).values()].flatMap((uses) =>
        uses.filter((use, i) => joined.contested.has(use.subject) || uses[i - 1]?.subject !== use.subject),
      );
      const rest = { ...evidence, ...joined, ownerOf: joined.customerOf, together: [] };
      expect(settleCarriers({ ...rest, turns: folded })).toEqual(settleCarriers({ ...rest, turns }));
    }),
    runs,
  );
});

/** Persons that hang together with one by links and verdicts. */
function closureOf({ identities, sightings, verdicts }: Evidence, seed: string): Set<string> {
  const persons = new Set(identities.filter(isPerson).map(({ id }) => id));
  const bonds = [
    ...sightings.map(({ subjectId, identityId }) => [subjectId, identityId]),
    ...verdicts.map(({ left, right }) => [...left, ...right]),
  ].map((bond) => bond.filter((id) => persons.has(id)));
  const near = new Set([seed]);
  for (let size = 0; size !== near.size; ) {
    size = near.size;
    for (const bond of bonds) if (bond.some((id) => near.has(id))) for (const id of bond) near.add(id);
  }
  return near;
}

test("a shared carrier is whoever's used it last, and before that whoever's used it first", () => {
  fc.assert(
    fc.property(tales, (tale) => {
      const evidence = { ...evidenceOf(tale), verdicts: [] };
      const { joined } = personsOf(evidence);
      const resolution = resolve(evidence);
      for (const { id, kind, namespace } of evidence.identities) {
        if (kind !== "CARRIER" || evidence.rules.namespaces.get(namespace)!.isAmbiguous) continue;
        const uses = usesOf(evidence, id).filter(({ source }) => source !== "note");
        const isPlain = uses.every(({ subjectId }) => !joined.contested.has(subjectId));
        if (!isPlain || uses.length === 0 || isPublic(uses, tale.limits.publicAbove!)) continue;
        for (const at of MINUTES) expect(whoIs(resolution, id, at)).toBe(slowOwner(resolution, uses, at));
      }
    }),
    runs,
  );
});

type Use = Evidence["sightings"][number];

function isPublic(uses: readonly Use[], publicAbove: number): boolean {
  return new Set(uses.map(({ subjectId }) => subjectId)).size > publicAbove;
}

/** Looks through all uses, every time anew. */
function slowOwner(resolution: Resolution, uses: readonly Use[], at: number): string {
  const minuteOf = (use: Use) => (use.at.getTime() - Date.UTC(2026, 0, 1)) / 60_000;
  const later = (a: Use, b: Use) => minuteOf(a) - minuteOf(b) || (a.recordId < b.recordId ? -1 : 1);
  const past = uses.filter((use) => minuteOf(use) <= at);
  const first = Math.min(...uses.map(minuteOf));
  const candidates = past.length > 0 ? past : uses.filter((use) => minuteOf(use) === first);
  return whoIs(resolution, candidates.sort(later).at(-1)!.subjectId, at);
}
