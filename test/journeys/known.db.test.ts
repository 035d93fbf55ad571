import { expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import { findNow } from "../../src/identity/verdicts.repository.ts";
import { readHistogram } from "../../src/reports/histogram/histogram.report.ts";
import { HistogramInput } from "../../src/reports/histogram/histogram.type.ts";
import { useDatabase } from "../kit/database.ts";
import { ask } from "../reports/kit/ask.ts";
import { useJourneys, versionOf } from "../reports/kit/journeys.ts";
import { listed } from "../reports/kit/listing.ts";
import { day, given } from "../reports/kit/world.ts";

const house = useDatabase();
const journeys = useJourneys(house);
const pages = async (knownAt: Date) => (await listed(journeys.asOf(knownAt), {})).length;

test("what was being written at the instant is in no answer before it is written, and in every one after", async () => {
  await given(house.db, { ann: "page /home 09:00" });
  let at = new Date();
  let during = 0;
  await house.db.transaction(async (tx) => {
    await tx.run(sql`delete from touchpoints`);
    await tx.run(sql`insert into customer_changes (customers, texts) values ('{}', '{}')`);
    at = await findNow(house.db);
    during = await pages(at);
  });

  expect(during).toBe(1);
  expect(await pages(at)).toBe(0);
});

test("an instant is read once for all who ask, until another is asked for", async () => {
  await given(house.db, { ann: "page /home 09:00" });
  const [monday, tuesday] = [new Date("2026-11-02T00:00:00Z"), new Date("2026-11-03T00:00:00Z")];

  const [one, other] = await Promise.all([monday, monday].map((at) => versionOf(journeys.asOf(at))));
  const again = await versionOf(journeys.asOf(monday));
  const next = await versionOf(journeys.asOf(tuesday));

  expect(other!.partitions).toBe(one!.partitions);
  expect(again.partitions).toBe(one!.partitions);
  expect(next.partitions).not.toBe(one!.partitions);
});

test("what is not known yet is refused", async () => {
  const knownAt = new Date(Date.now() + 60_000);
  const asked = readHistogram(journeys, ask(HistogramInput, { period: day, metric: {}, knownAt }));

  await expect(asked).rejects.toMatchObject({ code: "BAD_INPUT", message: expect.stringContaining("knownAt") });
});
