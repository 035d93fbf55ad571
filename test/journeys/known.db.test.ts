import { expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import { findNow } from "../../src/identity/verdicts.repository.ts";
import { withdrawBatch } from "../../src/ingest/correcting/withdraw.ts";
import { readHistogram } from "../../src/reports/histogram/histogram.report.ts";
import { HistogramInput } from "../../src/reports/histogram/histogram.type.ts";
import { readMatchQuality } from "../../src/reports/match-quality/match-quality.report.ts";
import { MatchQualityInput } from "../../src/reports/match-quality/match-quality.type.ts";
import { useDatabase } from "../kit/database.ts";
import { useIngest } from "../kit/ingest.ts";
import { ask } from "../reports/kit/ask.ts";
import { useJourneys, versionOf } from "../reports/kit/journeys.ts";
import { listed } from "../reports/kit/listing.ts";
import { at, day, given } from "../reports/kit/world.ts";
import { spelled } from "./spelled.ts";

const house = useDatabase();
const ingest = useIngest(house);
const journeys = useJourneys(house);
const pages = async (knownAt: Date) => (await listed(journeys.asOf(knownAt), {})).length;

test("what was being written at the instant is in no answer before it is written, and in every one after", async () => {
  await given(house.db, { ann: "page /home 09:00" });
  let then = new Date();
  let during = 0;
  await house.db.transaction(async (tx) => {
    await tx.run(sql`delete from touchpoints`);
    await tx.run(sql`insert into customer_changes (customers, texts) values ('{}', '{}')`);
    then = await findNow(house.db);
    during = await pages(then);
  });

  expect(during).toBe(1);
  expect(await pages(then)).toBe(0);
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

test("who was known by withdrawn records alone is known then as they were, and whose identities were shared", async () => {
  const phone = { namespace: "phone", value: "+46701740601" };
  for (const [n, custid] of ["1", "2"].entries()) {
    const identities = [{ namespace: "custid", value: custid }, phone];
    const body = { source: "web", sourceId: custid, occurredAt: at(`09:0${n}`), channel: "WEB", kind: "PAGE_VIEW" };
    const carried = {
      ...body,
      sourceId: `c${n}`,
      identities: [{ namespace: "cookie", value: custid }],
      universalSessionId: "u",
    };
    const records = [{ ...body, identities }, carried].map((body) => ({ kind: "touchpoint" as const, body }));
    await ingest.accept(records, { entryPoint: "test" });
  }
  const said = async (knownAt?: Date) => {
    const input = ask(MatchQualityInput, { period: day, ...(knownAt && { knownAt }) });
    const {
      knownAt: _,
      forgottenSince: __,
      excludedByConsent: ___,
      ...quality
    } = await readMatchQuality(journeys, input);
    return { store: spelled(await versionOf(journeys.asOf(knownAt))), quality };
  };
  await pause();
  const then = await findNow(house.db);
  const before = await said();
  await pause();
  const batches = await house.db.orm.batch.findMany();
  for (const { id } of batches) await withdrawBatch(house.db, id, { by: "test", rules: ingest.rules() });

  expect(before.quality.sharedIdentities).toBe(1);
  expect((await said()).store).toEqual([]);
  expect(await said(then)).toEqual(before);
});

/** Instants are stored to the millisecond. */
const pause = () => new Promise((resolve) => setTimeout(resolve, 2));

test("what is not known yet is refused", async () => {
  const knownAt = new Date(Date.now() + 60_000);
  const asked = readHistogram(journeys, ask(HistogramInput, { period: day, metric: {}, knownAt }));

  await expect(asked).rejects.toMatchObject({ code: "BAD_INPUT", message: expect.stringContaining("knownAt") });
});
