import { expect, test } from "vitest";
import { readAttribution } from "../../../src/reports/attribution/attribution.report.ts";
import { AttributionInput } from "../../../src/reports/attribution/attribution.type.ts";
import { useDatabase } from "../../kit/database.ts";
import { ask } from "../kit/ask.ts";
import { useJourneys } from "../kit/journeys.ts";
import { clearWorld } from "../kit/rows.ts";
import { at, day, given, type Happening } from "../kit/world.ts";

const house = useDatabase();
const journeys = useJourneys(house);

const web = (visit: string, kind: string, name: string, minute: number): Happening => ({
  ...{ at: new Date(at("09:00").getTime() + minute * 60_000), channel: "WEB" },
  ...{ visit, kind, name },
});

/** Three visits, the second and third `apart` minutes after the one before; the first ends in a form last. */
const visits = (apart: number): Happening[] => [
  ...[web("v1", "PAGE_VIEW", "/a", 0), web("v1", "PAGE_VIEW", "/home", 1), web("v1", "FORM", "f1", 20)],
  ...[web("v2", "PAGE_VIEW", "/b", 2 + apart), web("v2", "FORM", "f2", 5 + apart)],
  ...[web("v3", "PAGE_VIEW", "/home", 3 + 2 * apart), web("v3", "PAGE_VIEW", "/c", 25 + 2 * apart)],
];

async function credited(apart: number) {
  await clearWorld(house.db);
  await given(house.db, { ann: { events: visits(apart) } });
  const models = [{ kind: "LINEAR" as const }, { kind: "ALGORITHMIC" as const }, { kind: "MARKOV" as const }];
  const container = "SENDER_SESSION" as const;
  const asked = ask(AttributionInput, { period: day, conversions: { kinds: ["FORM"] }, container, models });
  const report = await readAttribution(journeys, asked);
  const credits = report.models.map(({ kind, rows }) => [kind, rows.map(({ item, credit }) => [item, credit]).sort()]);
  return { conversions: report.conversions, credits };
}

test("visits that lie among one another give the credit that they give one after the other", async () => {
  const among = await credited(0);

  expect(among.conversions).toBe(2);
  expect(among.credits[0]).toEqual([
    "LINEAR",
    [
      ["/a", 0.5],
      ["/b", 1],
      ["/home", 0.5],
    ],
  ]);
  expect(among).toEqual(await credited(100));
});
