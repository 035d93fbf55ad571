import type { Database } from "../src/db/client.ts";
import type { Journeys } from "../src/journeys/journeys.ts";
import { makeIndexes } from "./indexes.ts";
import { ingestInto, timed, webLog } from "./kit.ts";
import type { Laid } from "./laid.ts";
import { openPlace } from "./place.ts";
import { countPages, QUESTIONS } from "./report-questions.ts";

const ROUNDS = 4;

/**
 * How much longer a report takes right after a batch of so many page views, of visitors with earlier ones, than without:
 * whoever is in the batch is read again before the answer. The data set has these page views too from then on.
 */
export async function printBatches({ db, dataSet: { period } }: Laid, journeys: Journeys, size: number): Promise<void> {
  await indexAsEver(db);
  const ingest = await ingestInto(db);
  const enter = async (seed: number) => {
    await ingest.accept([...webLog(size, seed, period.from.getTime())], { entryPoint: "bench" });
  };
  const asked = { db, journeys };
  // So that there is something to read again of each visitor.
  const seeds = Date.now();
  for (let seed = 0; seed < 3; seed += 1) await enter(seeds + seed);
  for (const [place, { name, ask }] of QUESTIONS.entries()) {
    const [alone, after]: number[][] = [[], []];
    await ask(asked, period);
    for (let round = 0; round < ROUNDS; round += 1) {
      alone!.push((await timed(() => ask(asked, period))).ms);
      const before = await countPages(journeys, period);
      await enter(seeds + 10 + place * ROUNDS + round);
      after!.push((await timed(() => ask(asked, period))).ms);
      const more = (await countPages(journeys, period)) - before;
      if (more !== size) throw new Error(`${size} page views came, and ${more} are in the reports.`);
    }
    const [least, most] = [Math.min(...alone!), Math.max(...after!)];
    console.log(
      `| ${name} | ${shown(least)} | ${shown(Math.min(...after!))} to ${shown(most)} | ${shown(Math.min(...after!) - least)} to ${shown(most - least)} |`,
    );
  }
  await ingest.close();
}

const shown = (ms: number): string => (ms / 1000).toFixed(3);

/** Keys and indexes that were left out, since all was to be read: to read some anew needs them. */
async function indexAsEver(db: Database): Promise<void> {
  const empty = await openPlace(undefined);
  await makeIndexes(db, empty.db);
  await empty.close();
}
