import fc from "fast-check";
import { expect, test } from "vitest";
import { int, row, text } from "../../../src/db/row.ts";
import { sql } from "../../../src/db/sql.ts";
import type { IncomingRecord } from "../../../src/ingest/receipt.ts";
import { readAggregate } from "../../../src/reports/aggregate/aggregate.report.ts";
import { AggregateInput } from "../../../src/reports/aggregate/aggregate.type.ts";
import { useDatabase } from "../../kit/database.ts";
import { draws, holds } from "../../kit/draws.ts";
import { useIngest } from "../../kit/ingest.ts";
import { ask } from "../kit/ask.ts";
import { useJourneys } from "../kit/journeys.ts";
import { at, day } from "../kit/world.ts";

const house = useDatabase();
const ingest = useIngest(house);
const journeys = useJourneys(house);

const CHANNELS = ["IVR", "BOT", "WEB", "CHAT"] as const;
type Channel = (typeof CHANNELS)[number];

/** What a session of a channel consists of: a leg, or none, and touchpoints of it, or none. */
const sessions = fc.array(
  fc.record({
    channel: fc.constantFrom(...CHANNELS),
    phone: fc.constantFrom("+46701740601", "+46701740602"),
    hasLeg: fc.boolean(),
    isConsult: fc.boolean(),
    touches: fc.nat(2),
  }),
  { minLength: 1, maxLength: 5 },
);
type Session = typeof sessions extends fc.Arbitrary<(infer One)[]> ? One : never;

function recordsOf({ channel, phone, hasLeg, isConsult, touches }: Session, n: number): IncomingRecord[] {
  const common = { source: "menu", identities: [{ namespace: "phone", value: phone }] };
  const leg = { channelType: channel, sourceId: `s${n}`, sessionId: `s${n}`, sessionStartTime: at("09:00") };
  const moments = [...Array(touches).keys()].map((i) => ({
    kind: "touchpoint" as const,
    body: {
      ...common,
      ...{ channel, kind: channel === "WEB" ? "PAGE_VIEW" : "PROMPT", name: `n${i}` },
      ...{ sourceId: `s${n}-${i}`, sessionId: `s${n}`, occurredAt: at(`09:0${i + 1}`) },
    },
  }));
  return [...(hasLeg ? [{ kind: "interaction" as const, body: { ...common, ...leg, isConsult } }] : []), ...moments];
}

const Counted = row({ channel: text, count: int });

test("an interaction counts once, whether it was reported, is made of touchpoints, or both, as bi.jar has it", async () => {
  await holds(
    fc.asyncProperty(
      sessions.chain((all) =>
        fc.shuffledSubarray(all.flatMap(recordsOf), { minLength: all.flatMap(recordsOf).length }),
      ),
      async (records) => {
        await house.empty();
        for (const { status } of await ingest.accept(records, { entryPoint: "test" })) expect(status).toBe("ACCEPTED");

        const { rows } = await readAggregate(
          journeys,
          ask(AggregateInput, { of: "INTERACTIONS", period: day, groupBy: [{ dimension: "CHANNEL" }] }),
        );
        const inBi = await house.db.rows(
          Counted,
          sql`
            select j."ChannelType"::text as channel, count(*)::int as count
            from bi.jar j where j."IsConsult" is not true group by 1
          `,
        );

        const counts = Object.fromEntries(rows.map(({ group, units }) => [group[0]!.value as Channel, units]));
        expect(counts).toEqual(Object.fromEntries(inBi.map(({ channel, count }) => [channel, count])));
      },
    ),
    draws(20),
  );
});
