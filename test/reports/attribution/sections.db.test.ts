import { expect, test } from "vitest";
import { sql } from "../../../src/db/sql.ts";
import { readAttribution } from "../../../src/reports/attribution/attribution.report.ts";
import { AttributionInput } from "../../../src/reports/attribution/attribution.type.ts";
import { useDatabase } from "../../kit/database.ts";
import { ask } from "../kit/ask.ts";
import { useJourneys } from "../kit/journeys.ts";
import { at, day, given } from "../kit/world.ts";

const house = useDatabase();
const journeys = useJourneys(house);

async function sectionOfHelp() {
  const input = ask(AttributionInput, { period: day, models: [{ kind: "LINEAR" }], dimension: "PAGE" });
  const { models } = await readAttribution(journeys, input);
  return models[0]!.rows.find(({ item }) => item === "/help")?.section;
}

test("a page that was seen in two sections has none, until what was seen in one of them is gone", async () => {
  const help = (section: string, time: string) => ({
    at: at(time),
    channel: "WEB",
    kind: "PAGE_VIEW",
    name: "/help",
    section,
  });
  const call = { at: at("09:30"), channel: "VOICE", kind: "CALL" };
  const told = await given(house.db, {
    ann: { events: [help("support", "09:00"), call] },
    bob: { events: [help("shop", "09:00")] },
  });
  const before = await sectionOfHelp();

  const bob = told.at(-1)!;
  await house.db.run(sql`delete from touchpoints where id = ${bob.id}::uuid`);
  await house.db.run(
    sql`insert into customer_changes (customers, texts) values (array[${bob.customerId}::uuid], '{}')`,
  );

  expect(before).toBeNull();
  expect(await sectionOfHelp()).toBe("support");
});
