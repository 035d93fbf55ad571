import fc from "fast-check";
import { expect, test } from "vitest";
import { sql } from "../../../src/db/sql.ts";
import { recordId } from "../../../src/kit/id.ts";
import { readMatchQuality } from "../../../src/reports/match-quality/match-quality.report.ts";
import { MatchQualityInput } from "../../../src/reports/match-quality/match-quality.type.ts";
import { useDatabase } from "../../kit/database.ts";
import { draws } from "../../kit/draws.ts";
import { ask } from "../kit/ask.ts";
import { countsOnce } from "../kit/counting.ts";
import { useJourneys } from "../kit/journeys.ts";
import * as random from "../kit/random.ts";
import { isWithin, lifeOf, unique } from "../kit/recount.ts";
import { clearWorld, customerOf } from "../kit/rows.ts";
import { at, day, given, type Told } from "../kit/world.ts";

const house = useDatabase();
const journeys = useJourneys(house);

const reading = (question: Partial<MatchQualityInput> = {}) =>
  readMatchQuality(journeys, ask(MatchQualityInput, { period: day, ...question }));
const call = (time: string, columns: object = {}) => ({
  at: at(time),
  channel: "VOICE",
  kind: "CALL",
  columns: { ...columns },
});
const page = (time: string) => ({ at: at(time), channel: "WEB", kind: "PAGE_VIEW", name: "/" });

test("puts every call in one place, and takes those that cannot be used out of the rate", async () => {
  await given(house.db, {
    ann: {
      events: [
        page("09:00"),
        call("09:05", { match_status: "MATCHED", match_method: "VISITOR_ID" }),
        { ...call("09:10", { match_status: "MATCHED", match_method: "CALLER_NUMBER" }), source: "other" },
        call("15:00", { match_status: "OUT_OF_SESSION" }),
        call("16:00"),
      ],
    },
    bob: { identity: "CARRIER", events: [call("09:00", { match_status: "UNUSABLE" }), call("10:00")] },
    nobody: { identity: "RECORD", events: [call("09:00")] },
  });

  const quality = await reading();

  expect(quality).toEqual({
    knownAt: expect.any(Date),
    forgottenSince: 0,
    excludedByConsent: 0,
    wholeSince: null,
    archivedMonths: [],
    calls: 7,
    matched: 2,
    outOfSession: 2,
    offline: 1,
    noIdentity: 1,
    unusable: 1,
    matchRate: 2 / 6,
    byMethod: [
      { method: "VISITOR_ID", count: 1 },
      { method: "TRACKING_NUMBER", count: 0 },
      { method: "CALLER_NUMBER", count: 1 },
      { method: "CLICK_TO_CALL", count: 0 },
      { method: "PROXIMITY", count: 0 },
    ],
    bySource: [
      { source: "test", calls: 6, matched: 1, matchRate: 1 / 5 },
      { source: "other", calls: 1, matched: 1, matchRate: 1 },
    ],
    identifiedBefore: 5 / 8,
    identifiedAfter: 5 / 8,
    sharedIdentities: 0,
  });
});

test("shows what stitching added, and whose phones are several people's", async () => {
  await given(house.db, {
    ann: { events: [page("09:00")] },
    phone: { identity: "CARRIER", events: [call("10:00"), call("11:00"), call("12:00")] },
    cookie: { identity: "CARRIER", events: [page("13:00")] },
  });
  const ann = customerOf("ann");
  const assigned = (from: Date, to: Date, customer: string) => sql`
    insert into assignments (subject_id, valid_from, valid_to, known_from, known_to, customer_id)
    values (${recordId("identity", "test", "phone")}::uuid, ${from}, ${to}, ${from}, 'infinity', ${customer}::uuid)
  `;
  await house.db.run(assigned(at("00:00"), at("11:30"), ann));
  await house.db.run(assigned(at("11:30"), at("3T00:00"), customerOf("bob")));
  await house.db.run(sql`
    update interactions set customer_id = ${ann}::uuid where channel_type = 'VOICE' and session_start_time < ${at("11:30")}
  `);

  const quality = await reading();
  const elsewhere = await reading({ sources: ["other"] });

  expect(quality).toMatchObject({ identifiedBefore: 1 / 5, identifiedAfter: 3 / 5, sharedIdentities: 1 });
  expect(elsewhere).toMatchObject({ calls: 0, sharedIdentities: 0 });
});

test("answers an empty period with zeros", async () => {
  await given(house.db, { ann: "call 3T10:00" });

  const { byMethod, ...quality } = await reading();

  expect(quality).toEqual({
    knownAt: expect.any(Date),
    forgottenSince: 0,
    excludedByConsent: 0,
    wholeSince: null,
    archivedMonths: [],
    calls: 0,
    matched: 0,
    outOfSession: 0,
    offline: 0,
    noIdentity: 0,
    unusable: 0,
    matchRate: null,
    bySource: [],
    identifiedBefore: null,
    identifiedAfter: null,
    sharedIdentities: 0,
  });
  expect(byMethod.map(({ count }) => count)).toEqual([0, 0, 0, 0, 0]);
});

test("says what to change in an impossible question", async () => {
  await expect(reading({ sources: [] })).rejects.toMatchObject({ code: "BAD_INPUT", inputPath: ["sources"] });
  await expect(reading({ period: { from: day.to, to: day.from } })).rejects.toThrow("give a `to` later");
});

function statusOf(world: readonly Told[], { at: time, customerId, isIdentified, columns }: Told): string {
  if (columns!.match_status) return columns!.match_status as string;
  if (!isIdentified) return "NO_IDENTITY";
  const isOnline = ({ channel }: Told) => channel === "WEB" || channel === "APP";
  return lifeOf(world, customerId).some((event) => isOnline(event) && event.at <= time) ? "OUT_OF_SESSION" : "OFFLINE";
}

test("counts what a recount call by call counts, in any world", async () => {
  const statuses = fc.infiniteStream(
    fc.constantFrom(null, null, "MATCHED", "MATCHED", "OUT_OF_SESSION", "OFFLINE", "NO_IDENTITY", "UNUSABLE"),
  );
  const sources = fc.option(fc.constantFrom<string[]>(["one"], ["one", "two"]));
  await fc.assert(
    fc.asyncProperty(random.worlds, random.periods, sources, statuses, async (people, period, sources, stream) => {
      await clearWorld(house.db);
      for (const event of Object.values(people).flatMap((person) => person.events)) {
        const status = stream.next().value;
        const match_method = status === "MATCHED" ? "PROXIMITY" : null;
        Object.assign(event, { columns: event.kind === "CALL" ? { match_status: status, match_method } : {} });
      }
      const world = await given(house.db, people);

      const quality = await reading({ period, sources });

      const seen = world.filter((event) => isWithin(period, event) && (!sources || sources.includes(event.source!)));
      const calls = seen.filter((event) => event.kind === "CALL" && countsOnce(world, event, null));
      const having = (status: string, all = calls) => all.filter((one) => statusOf(world, one) === status).length;
      const rate = (part: number, whole: number) => (whole === 0 ? null : part / whole);
      const matched = having("MATCHED");
      const anchored = seen.filter(({ person }) => person.identity === "ANCHOR").length;
      expect(quality).toMatchObject({
        calls: calls.length,
        matched,
        outOfSession: having("OUT_OF_SESSION"),
        offline: having("OFFLINE"),
        noIdentity: having("NO_IDENTITY"),
        unusable: having("UNUSABLE"),
        matchRate: rate(matched, calls.length - having("UNUSABLE")),
        identifiedBefore: rate(anchored, seen.length),
        identifiedAfter: rate(anchored, seen.length),
      });
      expect(quality.byMethod.at(-1)!.count).toBe(matched);
      expect(new Map(quality.bySource.map((source) => [source.source, source.matched]))).toEqual(
        new Map(
          unique(calls.map((one) => one.source!)).map((source) => [
            source,
            having(
              "MATCHED",
              calls.filter((one) => one.source === source),
            ),
          ]),
        ),
      );
    }),
    draws(15),
  );
});
