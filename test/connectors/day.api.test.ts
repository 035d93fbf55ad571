import { readFileSync } from "node:fs";
import { beforeEach, describe, expect, test } from "vitest";
import { settingsOf } from "../../src/facts/rules.ts";
import { saveSource } from "../../src/identity/rules.repository.ts";
import { FIXTURE_LIST, HAS_PAYLOADS, payloads } from "./senders.ts";
import { useSenders } from "./stories/use-senders.ts";

// Each vendor's messages as one day, and what a person counts who reads them: contacts, those in which the customer called,
// and how many of the calls that can be matched came out of a visit.

const house = await useSenders();

// Asterisk never says its zone, and some vCons do not: the settings of their sources do.
beforeEach(async () => {
  for (const name of ["asterisk", "vcon"]) {
    await saveSource(house.db, { ...settingsOf(house.app.core.ingest.rules(), name), timeZone: "UTC" });
  }
  await house.app.core.refreshRules();
});

const PERIOD = { from: "2008-01-01T00:00:00Z", to: "2027-01-01T00:00:00Z" };

async function counted(): Promise<readonly [contacts: number, calls: number, matched: string]> {
  const { data } = await house.ask(
    `query ($period: PeriodInput!) {
      contactCentreKpis(input: { period: $period }) { rows { contacts calls } }
      matchQuality(input: { period: $period }) { calls matched unusable }
    }`,
    { period: PERIOD },
  );
  const { contacts = 0, calls = 0 } = data.contactCentreKpis.rows[0] ?? {};
  const { matched, calls: all, unusable } = data.matchQuality;
  return [contacts, calls, `${matched} of ${all - unusable}`];
}

type Page = readonly [namespace: string, value: string, at: string];

/** Pages that visitors of our own saw before they called, where the vendor's messages name them. */
const PAGES: Readonly<Record<string, readonly Page[]>> = {
  "call-tracking-metrics": [["cookie", "v-ann-1", "2026-03-20T09:40:00Z"]],
  infinity: [["cookie", "v-ann", "2026-03-20T08:50:00Z"]],
  qubit: [["qubit_context", "1q8w-ctx-ann", "2026-03-20T09:40:00Z"]],
  responsetap: [["cookie", "v-ann", "2026-03-20T08:50:00Z"]],
};

/** The rows of a table of docs/connectors.md: the name, and what was counted by hand. */
function byHand(heading: string): [name: string, contacts: number, calls: number, matched: string][] {
  const text = readFileSync(new URL("../../docs/connectors.md", import.meta.url), "utf8").split(heading)[1]!;
  const rows = [...text.split("\n\n")[0]!.matchAll(/^\| ([\w-]+) \| (\d+) \| (\d+) \| (\d+ of \d+) \|/gm)];
  return rows.map(([, name, contacts, calls, matched]) => [name!, Number(contacts), Number(calls), matched!]);
}

describe("our own messages", () => {
  const rows = byHand("| invented messages of |");

  test("every connector has its row", () => {
    expect(rows.map(([name]) => name)).toEqual([...new Set(FIXTURE_LIST.map(({ connector }) => connector))]);
  });

  test.each(rows)("%s: %d contacts, %d of them calls, %s matched", async (name, ...expected) => {
    for (const [namespace, value, occurredAt] of PAGES[name] ?? []) {
      const page = { source: "web", sourceId: value, occurredAt, kind: "PAGE_VIEW", channel: "WEB", name: "/offers" };
      await house.post("/v1/touchpoints", { ...page, identities: [{ namespace, value }] });
    }
    for (const { connector, given } of FIXTURE_LIST) if (connector === name) await house.send(connector, given);

    expect(await counted()).toEqual(expected);
  });
});

describe.skipIf(!HAS_PAYLOADS)("what real senders sent", () => {
  const rows = byHand("| real messages in |");

  test("every folder has its row", () => {
    expect(rows.map(([name]) => name)).toEqual([...new Set(payloads().map(({ folder }) => folder))]);
  });

  test.each(rows)("%s: %d contacts, %d of them calls, %s matched", async (name, ...expected) => {
    for (const { folder, connector, bytes } of payloads()) {
      if (folder === name) await house.send(connector, jsonOr(bytes.toString("utf8")));
    }

    expect(await counted()).toEqual(expected);
  });
});

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
