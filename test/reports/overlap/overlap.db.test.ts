import fc from "fast-check";
import { expect, test } from "vitest";
import { readOverlap } from "../../../src/reports/overlap/overlap.report.ts";
import { OverlapInput } from "../../../src/reports/overlap/overlap.type.ts";
import { useDatabase } from "../../kit/database.ts";
import { draws } from "../../kit/draws.ts";
import { ask } from "../kit/ask.ts";
import { useJourneys } from "../kit/journeys.ts";
import * as random from "../kit/random.ts";
import { belongs, fits, isWithin, unique } from "../kit/recount.ts";
import { clearWorld } from "../kit/rows.ts";
import { stretchesOf } from "../kit/sender-sessions.ts";
import { at, day, given, type Told } from "../kit/world.ts";

const house = useDatabase();
const journeys = useJourneys(house);

const webAndCall = [
  { name: "web", matcher: { kinds: ["PAGE_VIEW" as const] } },
  { name: "call", matcher: { kinds: ["CALL" as const] } },
];

test("counts who is only on the web, only on the phone, and in both", async () => {
  await given(house.db, {
    ann: "page /home 09:00 > page /home 12:00 > call 12:10",
    bob: "page /home 09:00",
    cat: "call 09:00 > call 10:00",
    dan: "prompt balance 09:00",
    eve: { identity: "RECORD", events: [{ at: at("09:00"), channel: "VOICE", kind: "CALL" }] },
  });

  const customers = await readOverlap(journeys, ask(OverlapInput, { period: day, sets: webAndCall }));
  const sessions = await readOverlap(
    journeys,
    ask(OverlapInput, { period: day, sets: webAndCall, container: "SESSION" }),
  );

  expect(customers).toEqual({
    knownAt: expect.any(Date),
    forgottenSince: 0,
    excludedByConsent: 0,
    wholeSince: null,
    archivedMonths: [],
    sets: [
      { name: "web", count: 2 },
      { name: "call", count: 2 },
    ],
    regions: [
      { sets: ["web"], count: 1 },
      { sets: ["call"], count: 1 },
      { sets: ["web", "call"], count: 1 },
    ],
    union: 3,
    pairs: [{ a: "web", b: "call", both: 1, jaccard: 1 / 3, containment: 1 / 2 }],
    unidentified: 1,
  });
  expect(sessions.regions.map((region) => region.count)).toEqual([2, 2, 1]);
});

test("answers an empty period with zeros, and rates with null", async () => {
  await given(house.db, { ann: "page /home 09:00" });

  const report = await readOverlap(
    journeys,
    ask(OverlapInput, { period: { from: at("4T00:00"), to: at("5T00:00") }, sets: webAndCall }),
  );

  expect(report.regions.map((region) => region.count)).toEqual([0, 0, 0]);
  expect(report).toMatchObject({ union: 0, unidentified: 0, pairs: [{ both: 0, jaccard: null, containment: null }] });
});

test("says what to change about a single set, or two of one name", async () => {
  const single = readOverlap(journeys, ask(OverlapInput, { period: day, sets: webAndCall.slice(1) }));
  const twins = readOverlap(journeys, ask(OverlapInput, { period: day, sets: [webAndCall[0]!, webAndCall[0]!] }));

  await expect(single).rejects.toThrow("An overlap compares 2 to 6 sets.");
  await expect(twins).rejects.toThrow("Give each set a name of its own.");
});

/** Which sets each customer, or session, is in. */
function membershipsOf(world: readonly Told[], question: OverlapInput): { isIdentified: boolean; sets: string[] }[] {
  return unique(world.map((event) => event.customerId))
    .flatMap((id) => stretchesOf(world, id, question))
    .map((stretch) => {
      const counted = stretch.filter(
        (event) => isWithin(question.period, event) && belongs(world, event, question.audience, question.period),
      );
      const sets = question.sets.filter(({ matcher }) =>
        counted.some((event) => fits(world, event, matcher, question.period)),
      );
      return { isIdentified: stretch[0]!.isIdentified, sets: sets.map((set) => set.name) };
    })
    .filter(({ sets }) => sets.length > 0);
}

test("puts everybody where a slow recount of any world does, and the regions add up to the union", async () => {
  const questions = fc.record({
    period: random.periods,
    sets: fc
      .array(random.matchers, { minLength: 2, maxLength: 4 })
      .map((matchers) => matchers.map((matcher, i) => ({ name: `s${i}`, matcher }))),
    container: random.containers,
    sessionTimeoutMinutes: random.timeouts,
    audience: random.audiences,
  });
  await fc.assert(
    fc.asyncProperty(fc.oneof(random.worlds, random.senders), questions, async (people, question) => {
      await clearWorld(house.db);
      const world = await given(house.db, people);
      const input = ask(OverlapInput, question);

      const report = await readOverlap(journeys, input);

      const all = membershipsOf(world, input);
      const known = all.filter((member) => member.isIdentified);
      const inAll = (...names: string[]) =>
        known.filter(({ sets }) => names.every((name) => sets.includes(name))).length;
      expect(report.union).toBe(known.length);
      expect(report.unidentified).toBe(all.length - known.length);
      expect(report.regions).toHaveLength(2 ** input.sets.length - 1);
      for (const { sets, count } of report.regions) {
        expect(count).toBe(known.filter((member) => member.sets.join() === sets.join()).length);
      }
      expect(report.regions.reduce((sum, region) => sum + region.count, 0)).toBe(report.union);
      for (const { name, count } of report.sets) expect(count).toBe(inAll(name));
      for (const { a, b, both, jaccard, containment } of report.pairs) {
        const either = known.filter(({ sets }) => sets.includes(a) || sets.includes(b)).length;
        const smaller = Math.min(inAll(a), inAll(b));
        expect(both).toBe(inAll(a, b));
        expect(jaccard).toBe(either === 0 ? null : inAll(a, b) / either);
        expect(containment).toBe(smaller === 0 ? null : inAll(a, b) / smaller);
      }
    }),
    draws(15),
  );
});

test("counts sessions as their senders cut them, whatever the pauses and whatever lies between", async () => {
  const view = (time: string, visit: string | null) => ({ at: at(time), channel: "WEB", kind: "PAGE_VIEW", visit });
  const chat = (time: string, id: string | null) => {
    return { at: at(time), channel: "CHAT", kind: "MESSAGE", columns: { session_id: id } };
  };
  await given(house.db, {
    ann: {
      events: [view("09:00", "v1"), chat("09:05", "c1"), view("09:10", "v2"), view("15:00", "v1"), chat("16:00", "c1")],
    },
    bob: { events: [view("09:00", null), view("09:01", null), chat("09:02", null), chat("09:03", "c1")] },
  });
  const sets = [
    { name: "web", matcher: { channels: ["WEB" as const] } },
    { name: "chat", matcher: { channels: ["CHAT" as const] } },
  ];

  const [bySender, byPause] = await Promise.all(
    (["SENDER_SESSION", "SESSION"] as const).map((container) =>
      readOverlap(journeys, ask(OverlapInput, { period: day, sets, container })),
    ),
  );

  expect(bySender!.regions.map(({ count }) => count)).toEqual([4, 3, 0]);
  expect(byPause!.regions.map(({ count }) => count)).toEqual([1, 1, 2]);
});
