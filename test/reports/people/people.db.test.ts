import { expect, test } from "vitest";
import { FalloutInput } from "../../../src/reports/fallout/fallout.type.ts";
import { OverlapInput } from "../../../src/reports/overlap/overlap.type.ts";
import type { PeopleInput } from "../../../src/reports/people-input.type.ts";
import { useDatabase } from "../../kit/database.ts";
import { ask } from "../kit/ask.ts";
import { useJourneys } from "../kit/journeys.ts";
import { customerOf } from "../kit/rows.ts";
import { day, given } from "../kit/world.ts";
import { behind, NEIGHBOURS } from "./open.ts";

const house = useDatabase();
const journeys = useJourneys(house);
const [ann, bob, cat, dan] = NEIGHBOURS as [string, string, string, string];
const web = { kinds: ["PAGE_VIEW" as const] };
const call = { kinds: ["CALL" as const] };

/** Four customers whom one tally counts one after the other. */
const tellAll = () =>
  given(house.db, {
    [ann]: "page /home 09:00 > call 09:10",
    [bob]: "page /home 09:00 > call 09:10 > page /home 12:00 > call 12:10",
    [cat]: "page /home 09:00",
    [dan]: "call 09:00 > page /home 12:00 > call 12:10",
  });

/** Their names and shares, by name. */
async function behindBy(cell: PeopleInput): Promise<[string, number][]> {
  const found = await behind(journeys, cell);
  const named = found.map(({ customerId, share }): [string, number] => [
    NEIGHBOURS.find((who) => customerOf(who) === customerId)!,
    share,
  ]);
  return named.sort(([a], [b]) => NEIGHBOURS.indexOf(a) - NEIGHBOURS.indexOf(b));
}

test("each customer is behind the regions that they are in, by as many sessions as they have there", async () => {
  await tellAll();
  const report = ask(OverlapInput, {
    period: day,
    container: "SESSION",
    sets: [
      { name: "web", matcher: web },
      { name: "call", matcher: call },
    ],
  });
  const behindSets = (sets: string[]) => behindBy({ overlap: { report, cell: { figure: "REGION", sets } } });

  expect(await behindSets(["web", "call"])).toEqual([
    [ann, 1],
    [bob, 2],
    [dan, 1],
  ]);
  expect(await behindSets(["web"])).toEqual([[cat, 1]]);
  expect(await behindSets(["call"])).toEqual([[dan, 1]]);
});

test("each customer is behind the steps that they took, and the one that they left at", async () => {
  await tellAll();
  const steps = [call, web, call].map((matcher, i) => ({ name: `${i}`, anyOf: [matcher], immediately: false }));
  const report = ask(FalloutInput, { period: day, steps });
  const behindStep = (step: number, figure: "COUNT" | "DROPPED") =>
    behindBy({ fallout: { report, cell: { step, figure, facet: null } } });

  expect((await behindStep(1, "COUNT")).map(([who]) => who)).toEqual([ann, bob, dan]);
  expect(await behindStep(2, "DROPPED")).toEqual([[ann, 1]]);
  expect((await behindStep(3, "COUNT")).map(([who]) => who)).toEqual([bob, dan]);
});
