import fc from "fast-check";
import { expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import { DURATIONS, durationOf } from "../../src/facts/durations.ts";
import { insertLegs } from "../db/lives.ts";
import { useDatabase } from "../kit/database.ts";
import { draws } from "../kit/draws.ts";
import { read } from "../kit/read.ts";

const house = useDatabase();
const HOUR = Date.UTC(2026, 10, 20, 9);
const moment = fc.integer({ min: -3_000, max: 3_000 }).map((ms) => new Date(HOUR + ms * 7));
const stated = fc.option(fc.integer({ min: 0, max: 90 }));
const leg = fc.record({
  sessionStartTime: moment,
  interactionStartTime: fc.option(moment),
  interactionEndTime: fc.option(moment),
  sessionEndTime: fc.option(moment),
  sessionSeconds: stated,
  customerSeconds: stated,
  agentSeconds: stated,
  interactionSeconds: stated,
});

test("Power BI reads the lengths that the API shows", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(leg, { minLength: 1, maxLength: 20 }), fc.uuid(), async (legs, subject) => {
      await house.db.run(sql`delete from interactions`);
      await insertLegs(
        house.db,
        legs.map((drawn, place) => ({
          id: `00000000-0000-8000-8000-${String(place).padStart(12, "0")}`,
          subject_id: subject,
          source: "acd",
          source_id: String(place),
          channel_type: "VOICE",
          is_visit: false,
          agent_id: String(place),
          session_start_time: drawn.sessionStartTime,
          interaction_start_time: drawn.interactionStartTime,
          interaction_end_time: drawn.interactionEndTime,
          session_end_time: drawn.sessionEndTime,
          session_seconds: drawn.sessionSeconds,
          customer_seconds: drawn.customerSeconds,
          agent_seconds: drawn.agentSeconds,
          interaction_seconds: drawn.interactionSeconds,
        })),
      );

      const rows = await read<Record<string, unknown>>(
        house.db,
        sql`
        select
          "SessionDuration" as "sessionSeconds", "CustomerDuration" as "customerSeconds",
          "AgentDuration" as "agentSeconds", "InteractionDuration" as "interactionSeconds"
        from bi.jar
        order by "AgentId"::int
      `,
      );

      expect(rows).toEqual(legs.map((of) => Object.fromEntries(DURATIONS.map((name) => [name, durationOf(name, of)]))));
    }),
    draws(20),
  );
});
