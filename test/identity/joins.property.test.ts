import fc from "fast-check";
import { expect, test } from "vitest";
import { isPerson } from "../../src/identity/evidence.ts";
import { type Resolution, resolve } from "../../src/identity/resolve.ts";
import { groupBy } from "../../src/kit/group.ts";
import { draws } from "../kit/draws.ts";
import { evidenceOf, MINUTES, tales, tell, usesOf, whoIs } from "./histories.ts";

const runs = draws(300);

test("a source that may not join changes nothing between those whom others know, their carriers included", () => {
  let refused = 0;
  fc.assert(
    fc.property(tales, (tale) => {
      const all = evidenceOf(tale);
      const without = { ...all, sightings: all.sightings.filter(({ source }) => source !== "note") };
      const [now, before] = [resolve(all), resolve(without)];
      refused += now.conflicts.filter(({ kind }) => kind === "SOURCE").length;
      // A verdict may give a carrier to whom only a note put beside somebody.
      const known = all.identities.filter(
        (identity) =>
          all.knownAlone!.has(identity.id) &&
          (isPerson(identity) || (tale.verdicts.length === 0 && usesOf(without, identity.id).length > 0)),
      );
      for (const at of MINUTES) {
        const classesOf = (resolution: Resolution) => {
          const byOwner = groupBy(known, ({ id }) => whoIs(resolution, id, at));
          return [...byOwner.values()]
            .map((members) =>
              members
                .map(({ id }) => id)
                .sort()
                .join(),
            )
            .sort();
        };
        expect(classesOf(now)).toEqual(classesOf(before));
      }
    }),
    runs,
  );
  expect(refused).toBeGreaterThan(0);
});

test("a source that may not join adds to a customer what nobody else knows, and joins nobody", () => {
  const told = (source: string, ...carried: string[]) => ({ at: 1, carried, source });
  const note = told("note", "custid:1", "email:new");
  const known = [told("crm", "custid:1"), told("web", "custid:2", "email:b")];

  const added = tell({ records: [...known, note] });
  const merging = tell({
    records: [...known, told("note", "custid:1", "email:b"), told("note", "custid:1", "custid:2")],
  });
  const later = tell({ records: [...known, note, told("web", "email:new")] });

  expect(added.who("email:new")).toBe("custid:1");
  expect([merging.who("email:b"), merging.who("custid:2")]).toEqual(["custid:2", "custid:2"]);
  expect(merging.conflicts.map(({ kind }) => kind)).toEqual(["SOURCE", "SOURCE"]);
  expect(later.who("email:new")).toBe("email:new");
  expect(later.conflicts).toMatchObject([{ a: "custid:1", b: "email:new", kind: "SOURCE" }]);
});
