import fc from "fast-check";
import { graphql } from "graphql";
import { expect, test } from "vitest";
import { scopesOf } from "../../src/graphql/engine/auth.ts";
import { reportsOf } from "../../src/graphql/engine/reports.ts";
import { createSchema } from "../../src/graphql/engine/schema.ts";
import { useDatabase } from "../kit/database.ts";
import { draws } from "../kit/draws.ts";
import { useIngest } from "../kit/ingest.ts";
import { BOUND_TO_NOTHING } from "../kit/viewer.ts";
import { useJourneys, versionOf } from "../reports/kit/journeys.ts";
import { act, carried, perform, START } from "./acts.ts";
import { spelled } from "./spelled.ts";

const house = useDatabase();
const ingest = useIngest(house);
const journeys = useJourneys(house);

const schema = createSchema();
const period = { from: new Date(START), to: new Date(START + 3_600_000) };

/** Every report, and every cell of the store that it is made of. */
async function answersAsOf(knownAt: Date | null) {
  const contextValue = { journeys, viewer: { scopes: scopesOf("analyst"), ...BOUND_TO_NOTHING } };
  const answers = [];
  const instants: Date[] = [];
  for (const { query, example } of reportsOf(schema)) {
    const variableValues = { input: { ...example, period, ...(knownAt && { knownAt }) } };
    const { data, errors } = await graphql({ schema, source: query, variableValues, contextValue });
    const [[name, report]] = Object.entries(data ?? {}) as [[string, { knownAt: string }]];
    const { knownAt: of, ...said } = report;
    instants.push(new Date(of));
    answers.push({ name, said, errors });
  }
  return { instants, said: { answers, store: spelled(await versionOf(journeys.asOf(knownAt))) } };
}

/** How far a source is believed is read as it is today. */
const written = act.filter((one) => one.act !== "rank");

test("every report answers as of an instant what it answered then", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(written, { minLength: 3, maxLength: 8 }), async (acts) => {
      await house.empty();
      await ingest.refresh();
      const then: { at: Date; one: unknown; said: unknown }[] = [];

      for (const one of acts) {
        await perform({ house, ingest }, one);
        await pause();
        const { instants, said } = await answersAsOf(null);
        then.push({ at: instants[0]!, one, said });
        await pause();
      }

      for (const { at, one, said } of then) {
        const again = await answersAsOf(at);
        expect({ one, said: again.said }).toEqual({ one, said });
        expect(new Set(again.instants.map(Number))).toEqual(new Set([at.getTime()]));
      }
      expect(JSON.stringify(then)).not.toContain('"errors"');
    }),
    draws(3),
  );
});

/**
 * Acts at random seldom withdraw all that is known of anybody: then the identities go, and with them whose they were when.
 */
test("whoever is known by nothing any more is known as of then as they were", async () => {
  await fc.assert(
    fc.asyncProperty(carried, async (acts) => {
      await house.empty();
      await ingest.refresh();
      for (const one of acts) await perform({ house, ingest }, one);
      await pause();
      const then = await answersAsOf(null);
      await pause();

      // The latest first: an identity goes with the batch that brought it, if nothing else shows it by then.
      for (let one = acts.length - 1; one >= 0; one -= 1) {
        await perform({ house, ingest }, { act: "withdraw", one, other: 0, more: 0 });
      }

      expect(await house.db.orm.assignment.count()).toBe(0);
      expect((await answersAsOf(then.instants[0]!)).said).toEqual(then.said);
    }),
    draws(2),
  );
});

/** Instants are stored to the millisecond. */
const pause = () => new Promise((resolve) => setTimeout(resolve, 2));
