import fc from "fast-check";
import { expect, test } from "vitest";
import { sql } from "../../../src/db/sql.ts";
import { readAggregate } from "../../../src/reports/aggregate/aggregate.report.ts";
import { AggregateInput, type AggregateRowType } from "../../../src/reports/aggregate/aggregate.type.ts";
import { useDatabase } from "../../kit/database.ts";
import { draws } from "../../kit/draws.ts";
import { read } from "../../kit/read.ts";
import { ask } from "../kit/ask.ts";
import { useJourneys } from "../kit/journeys.ts";
import { clearWorld } from "../kit/rows.ts";
import { at, given } from "../kit/world.ts";
import { worlds } from "./questions.ts";

const house = useDatabase();
const journeys = useJourneys(house);
const period = { from: at("1T00:00"), to: at("29T00:00") };

type Line = (string | number | null)[];
const sorted = (lines: Line[]) => lines.map((line) => JSON.stringify(line)).sort();
const lineOf = ({ group, units, figures }: AggregateRowType): Line => [
  ...group.map(({ value }) => value),
  units,
  ...figures.map(({ value }) => value),
];

test("the views of aggregate's questions count, in any world, what aggregate counts", async () => {
  const rowsOf = async (question: Partial<AggregateInput>) => {
    const { rows } = await readAggregate(journeys, ask(AggregateInput, { period, first: 1_000, ...question }));
    return sorted(rows.map(lineOf));
  };
  await fc.assert(
    fc.asyncProperty(worlds, async (people) => {
      await clearWorld(house.db);
      await given(house.db, people);

      const interactions = await read<{ line: Line }>(
        house.db,
        sql`
          select json_build_array(
            "ChannelType", "CallReason", sum("Interactions")::int, sum("AgentSeconds")::float8, sum("AgentSecondsKnown")::int,
            sum("Resolved")::float8 / nullif(sum("ResolvedKnown"), 0)
          ) as line
          from bi.interactions_by_day
          group by "ChannelType", "CallReason"
        `,
      );
      const touchpoints = await read<{ line: Line }>(
        house.db,
        sql`
          select json_build_array("Kind", "Name", sum("Touchpoints")::int) as line
          from bi.touchpoints_by_day
          group by "Kind", "Name"
        `,
      );
      const [activity] = await read<Record<string, number>>(
        house.db,
        sql`
          select count(*)::int as customers, coalesce(sum("Touchpoints"), 0)::int as touchpoints,
            count(*) filter (where "Calls" > 0)::int as callers
          from bi.activity
        `,
      );

      const legs = await rowsOf({
        of: "INTERACTIONS",
        groupBy: [{ dimension: "CHANNEL" }, { dimension: "CALL_REASON" }],
        measures: [
          { measure: "SUM", attribute: "agentSeconds" },
          { measure: "COUNT", attribute: "agentSeconds" },
          { measure: "AVERAGE", attribute: "isResolved" },
        ],
      });
      const customers = await readAggregate(
        journeys,
        ask(AggregateInput, { period, of: "CUSTOMERS", measures: [{ measure: "SUM", number: "TOUCHPOINTS" }] }),
      );
      const callers = await readAggregate(
        journeys,
        ask(AggregateInput, { period, of: "CUSTOMERS", matcher: { kinds: ["CALL"] } }),
      );
      const moments = await touchpointsOf();
      expect(sorted(interactions.map(({ line }) => line))).toEqual(legs);
      expect(touchpoints.reduce((sum, { line }) => sum + Number(line[2]), 0)).toBe(moments);
      expect(activity).toEqual({
        customers: customers.total.units,
        touchpoints: customers.total.figures[0]!.value ?? 0,
        callers: callers.total.units,
      });
    }),
    draws(15),
  );

  async function touchpointsOf() {
    const { total } = await readAggregate(journeys, ask(AggregateInput, { period, of: "TOUCHPOINTS" }));
    return total.units;
  }
});
