import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import type { IdentityKind } from "../../src/facts/identity.ts";
import { settingsOf } from "../../src/facts/rules.ts";
import { insertIdentities, insertSightings } from "../../src/identity/evidence.repository.ts";
import { STITCHING_LIMITS } from "../../src/identity/evidence.ts";
import { findTellingSightings, findWitnessed } from "../../src/identity/rebuild.repository.ts";
import { rebuild } from "../../src/identity/rebuild.ts";
import { resolve } from "../../src/identity/resolve.ts";
import { findRules, saveNamespace, saveSource } from "../../src/identity/rules.repository.ts";
import { rebuildAll } from "../../src/ingest/correcting/rebuild.ts";
import type { IncomingRecord } from "../../src/ingest/receipt.ts";
import { useDatabase } from "../kit/database.ts";
import { draws, holds } from "../kit/draws.ts";
import { useIngest } from "../kit/ingest.ts";

const house = useDatabase();
const ingest = useIngest(house);

function view(sourceId: string, identities: [string, string][]): IncomingRecord {
  const named = identities.map(([namespace, value]) => ({ namespace, value }));
  const body = { source: "web", sourceId, occurredAt: "2026-11-20T09:00:00Z", kind: "PAGE_VIEW", channel: "WEB" };
  return { kind: "touchpoint", body: { ...body, name: "/", sessionId: sourceId, identities: named } };
}

test("a changed rule is counted by a dry run, applied by a restitch, and settled after that", async () => {
  const mail: [string, string] = ["email", "office@example.com"];
  await ingest.accept([view("1", [["login", "a"], mail]), view("2", [["login", "b"], mail])], { entryPoint: "test" });
  const email = ingest.rules().namespaces.get("email")!;
  await saveNamespace(house.db, { ...email, limit: 1 });
  const login = ingest.rules().namespaces.get("login")!;
  await saveNamespace(house.db, { ...login, limit: 1 });
  await ingest.refresh();

  const dry = await rebuild(house.db, ingest.rules(), true);
  const wet = await rebuild(house.db, ingest.rules(), false);
  const again = await rebuild(house.db, ingest.rules(), false);

  expect(dry).toMatchObject({ reassigned: 1, customersChanged: 2, rowsMoved: 0 });
  expect(wet).toMatchObject({ reassigned: 1, customersChanged: 2 });
  expect(again).toMatchObject({ reassigned: 0, customersChanged: 0, rowsMoved: 0 });
});

test("a rebuild mends what somebody broke by hand, and says how much", async () => {
  await ingest.accept(
    [
      view("1", [["custid", "1"]]),
      view("2", [
        ["cookie", "c"],
        ["custid", "1"],
      ]),
    ],
    { entryPoint: "test" },
  );
  await house.db.run(sql`update touchpoints set customer_id = gen_random_uuid()`);
  await house.db.run(sql`update interactions set session_start_time = session_start_time - interval '1 day'`);

  const mended = await rebuildAll(house.db, ingest.rules(), false);
  const again = await rebuildAll(house.db, ingest.rules(), false);

  expect(mended).toMatchObject({ reassigned: 0, rowsMoved: 2, visitsMeasured: 2 });
  expect(again).toMatchObject({ reassigned: 0, rowsMoved: 0, visitsMeasured: 0 });
});

test("of what was seen together again and again, a rebuild reads the first and the last", async () => {
  const cookie: [string, string] = ["cookie", "c"];
  const ann: [string, string] = ["custid", "1"];
  const bob: [string, string] = ["custid", "2"];
  const at = (hour: number, minute: number) => `2026-11-20T${hour}:${String(minute).padStart(2, "0")}:00Z`;
  const seen = (hour: number, whom: [string, string]) =>
    Array.from({ length: 30 }, (_, minute) => {
      const { kind, body } = view(`${hour}-${minute}`, [cookie, whom]);
      return { kind, body: { ...(body as object), occurredAt: at(hour, minute) } };
    });
  await ingest.accept([...seen(10, ann), ...seen(11, bob), ...seen(12, ann), view("alone", [["cookie", "d"]])], {
    entryPoint: "test",
  });

  const sightings = await findTellingSightings(house.db);
  const identities = await findWitnessed(house.db);
  const rebuilt = await rebuild(house.db, ingest.rules(), false);

  const times = sightings.map((sighting) => sighting.at.toISOString().slice(11, 16)).sort();
  expect(times).toEqual(["10:00", "11:00", "11:29", "12:00", "12:29"]);
  expect(identities.map(({ value }) => value).sort()).toEqual(["1", "2", "c"]);
  expect(rebuilt).toMatchObject({ identities: 4, reassigned: 0, rowsMoved: 0 });
});

const WORLD: [IdentityKind, string, string][] = [
  ["ANCHOR", "custid", "1"],
  ["ANCHOR", "custid", "2"],
  ["ANCHOR", "custid", "3"],
  ["ANCHOR", "custid", "4"],
  ["PERSONAL", "email", "a"],
  ["PERSONAL", "email", "e"],
  ["PERSONAL", "login", "b"],
  ["CARRIER", "cookie", "c"],
  ["CARRIER", "phone", "d"],
];

/** A cookie of an anchor that two others have in turns. */
const LENT: [number, [number, number], string][] = [
  [1, [0, 2], "web"],
  [2, [2, 7], "web"],
  [3, [2, 3], "web"],
  [5, [1, 2], "web"],
  [6, [2, 7], "web"],
  [9, [2, 7], "web"],
];

test.each([20, 2, 1])(
  "what it reads gives the same owners as all that was seen, where %i users are not too many",
  async (most) => {
    const limits = { ...STITCHING_LIMITS };
    Object.assign(STITCHING_LIMITS, { publicAbove: most });
    onTestFinished(() => void Object.assign(STITCHING_LIMITS, limits));
    const idOf = (n: number) => `00000000-0000-8000-8000-${String(n).padStart(12, "0")}`;
    const identities = WORLD.map(([kind, namespace, value], n) => ({
      kind,
      namespace,
      value,
      id: idOf(n),
      display: null,
    }));
    // Minutes and pairs, few of them, so that each comes again and again.
    const pairs = fc.array(fc.tuple(fc.nat(8), fc.nat(8)), { minLength: 2, maxLength: 5 });
    const seen = (few: [number, number][]) =>
      fc.tuple(fc.nat(30), fc.constantFrom(...few), fc.constantFrom("web", "ivr"));
    const history = pairs.chain((few) => fc.array(seen(few), { minLength: 10, maxLength: 40 }));

    await holds(
      fc.asyncProperty(history, fc.boolean(), async (all, isGuest) => {
        await house.db.run(sql`truncate sightings, identities`);
        await house.db.run(sql`delete from sources`);
        await insertIdentities(house.db, identities, null);
        const sightings = all.flatMap(([minute, [a, b], source], n) => {
          const [subject, other] = [Math.min(a, b), Math.max(a, b)];
          const at = new Date(Date.UTC(2026, 10, 20, 9, minute));
          return subject === other
            ? []
            : [{ at, subjectId: idOf(subject), identityId: idOf(other), recordId: idOf(100 + n), source }];
        });
        await insertSightings(house.db, sightings, null);
        if (isGuest) await saveSource(house.db, { ...settingsOf(ingest.rules(), "ivr"), joins: false });
        const rules = await findRules(house.db, "SE");
        const stored = await findWitnessed(house.db);

        const ofAll = resolve({ identities: stored, sightings, verdicts: [], rules });
        const ofThese = resolve({
          identities: stored,
          sightings: await findTellingSightings(house.db),
          verdicts: [],
          rules,
        });

        expect(ofThese.assignments).toEqual(ofAll.assignments);
        expect(new Set(ofThese.conflicts.map((one) => JSON.stringify(one)))).toEqual(
          new Set(ofAll.conflicts.map((one) => JSON.stringify(one))),
        );
        expect(ofThese.crowds).toEqual(ofAll.crowds);
      }),
      { ...draws(12, 20_000), examples: [[LENT, false]] },
    );
  },
);
