import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { draws, holds } from "../../kit/draws.ts";
import { CONNECT } from "./amazon-connect.ts";
import { CONNECT_LATER } from "./amazon-connect-later.ts";
import { ASTERISK } from "./asterisk.ts";
import { ASTERISK_QUEUES } from "./asterisk-queues.ts";
import { GENESYS } from "./genesys-cloud.ts";
import { GENESYS_OUT } from "./genesys-outbound.ts";
import { OTHERS } from "./others.ts";
import { OWN_WORDS } from "./own-words.ts";
import { OWN_WORDS_ASKED } from "./own-words-asked.ts";
import type { Counts, Story } from "./story.ts";
import { useSenders } from "./use-senders.ts";
import { VCON_TALKS } from "./vcon-talks.ts";

const house = await useSenders();

const QUESTION = `query ($period: PeriodInput!, $phone: String!) {
  contactCentreKpis(input: { period: $period }) { rows {
    contacts calls handled abandoned queued transferRate repeatCallerRate callbackRate callbackCompletionRate
    averageHandleSeconds averageSpeedOfAnswerSeconds
    firstContactResolution { method numerator denominator }
  } }
  customer(identity: { namespace: "phone", value: $phone }) { id }
  customers(first: 5) { edges { node { identities { namespace value } } } }
}`;
const PERIOD = { from: "2026-03-02T00:00:00Z", to: "2026-03-03T00:00:00Z" };

async function countsOf(story: Story): Promise<Counts> {
  for (const message of story.given) await house.send(story.connector, message);
  const { data } = await house.ask(QUESTION, { period: PERIOD, phone: story.counts.customer ?? "+442079469999" });
  const [row] = data.contactCentreKpis.rows;
  const resolution = row.firstContactResolution.find(({ method }: { method: string }) => method === "NO_REPEAT");
  const asked = Math.round(row.callbackRate * row.queued);
  return {
    contacts: row.contacts,
    calls: row.calls,
    handled: row.handled,
    abandoned: row.abandoned,
    queued: row.queued,
    transfers: Math.round(row.transferRate * row.handled),
    repeatCallers: row.repeatCallerRate,
    resolved: [resolution.numerator, resolution.denominator],
    handleTime: row.averageHandleSeconds,
    speedOfAnswer: row.averageSpeedOfAnswerSeconds,
    ...(asked > 0 ? { callbacks: { asked, completed: row.callbackCompletionRate } } : {}),
    customer: data.customer === null ? null : story.counts.customer,
  };
}

const STORIES: readonly Story[] = [
  ...[...ASTERISK, ...ASTERISK_QUEUES, ...CONNECT, ...CONNECT_LATER],
  ...[...GENESYS, ...GENESYS_OUT, ...OTHERS, ...VCON_TALKS, ...OWN_WORDS, ...OWN_WORDS_ASKED],
];

describe.each(STORIES)("$connector", (story) => {
  test(story.tells, async () => {
    expect(await countsOf(story)).toEqual(story.counts);
  });
});

/** A story, and each of its messages twice, in any order. */
const toldAnyhow = fc.constantFrom(...STORIES).chain((story) => {
  const given = [...story.given, ...story.given];
  return fc
    .shuffledSubarray(given, { minLength: given.length, maxLength: given.length })
    .map((messages): Story => ({ ...story, given: messages }));
});

test("a story counts the same in whatever order its messages come, and sent twice", async () => {
  await holds(
    fc.asyncProperty(toldAnyhow, async (story) => {
      await house.empty();
      await house.app.core.refreshRules();

      expect(await countsOf(story)).toEqual(story.counts);
    }),
    draws(4, 20_000),
  );
});

/** The table of docs/connectors.md: what each cell says, and what its notes say. */
function matrix(): { cells: Map<string, string>; notes: string[] } {
  const text = readFileSync(new URL("../../../docs/connectors.md", import.meta.url), "utf8")
    .split("## Stories")[1]!
    .split("\n## ")[0]!;
  const rows = text.split("\n").filter((line) => line.startsWith("| "));
  const [[, ...dialects], ...cells] = rows.map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  ) as [string[], ...string[][]];
  const notes = [...text.matchAll(/^(\d+)\. /gm)].map(([, number]) => number!);
  return {
    cells: new Map(
      cells.flatMap(([story, ...said]) => said.map((word, i): [string, string] => [`${dialects[i]}: ${story}`, word])),
    ),
    notes,
  };
}

test("docs/connectors.md says yes where there is a story, and of each other cell why there can be none", () => {
  const { cells, notes } = matrix();
  const told = STORIES.flatMap(({ connector, cell }) =>
    [cell ?? []].flat().map((row) => `${connector === "cloudevents" ? "own words" : connector}: ${row}`),
  );

  const said = [...cells].filter(([, word]) => word === "yes").map(([name]) => name);
  const others = [...cells.values()].filter((word) => word !== "yes");

  expect(cells.size).toBe(12 * 6);
  expect([...new Set(told)].filter((name) => cells.has(name)).sort()).toEqual(said.sort());
  expect(new Set(others)).toEqual(new Set(notes.map((number) => `no (${number})`)));
});
