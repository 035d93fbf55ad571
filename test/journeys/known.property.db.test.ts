import fc from "fast-check";
import { graphql } from "graphql";
import { expect, test, vi } from "vitest";
import { scopesOf } from "../../src/graphql/engine/auth.ts";
import { reportsOf } from "../../src/graphql/engine/reports.ts";
import { createSchema } from "../../src/graphql/engine/schema.ts";
import { findNow } from "../../src/identity/verdicts.repository.ts";
import { useDatabase } from "../kit/database.ts";
import { draws } from "../kit/draws.ts";
import { useIngest } from "../kit/ingest.ts";
import { useJourneys, versionOf } from "../reports/kit/journeys.ts";
import { act, perform, START } from "./acts.ts";
import { spelled } from "./spelled.ts";

const house = useDatabase();
const ingest = useIngest(house);
const journeys = useJourneys(house);
vi.setConfig({ testTimeout: 120_000 });

const schema = createSchema();
const period = { from: new Date(START), to: new Date(START + 3_600_000) };

/** Every report, and every cell of the store that it is made of. */
async function answersAsOf(knownAt: Date | null) {
  const contextValue = { journeys, viewer: { scopes: scopesOf("analyst") } };
  const answers = [];
  for (const { query, example } of reportsOf(schema)) {
    const variableValues = { input: { ...example, period, ...(knownAt && { knownAt }) } };
    answers.push(await graphql({ schema, source: query, variableValues, contextValue }));
  }
  return { answers, store: spelled(await versionOf(journeys.asOf(knownAt))) };
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
        then.push({ at: await findNow(house.db), one, said: await answersAsOf(null) });
        await pause();
      }

      for (const { at, one, said } of then) expect({ one, said: await answersAsOf(at) }).toEqual({ one, said });
      expect(JSON.stringify(then)).not.toContain('"errors"');
    }),
    draws(3),
  );
});

/** Instants are stored to the millisecond. */
const pause = () => new Promise((resolve) => setTimeout(resolve, 2));
