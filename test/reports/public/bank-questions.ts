import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { expect } from "vitest";
import type { TestApp } from "../../app/use-app.ts";
import { blocksOf } from "../../docs/blocks.ts";

// What docs/bank-questions.md asks of the sample, and what the contacts' own file says of some of it.

const PERIOD = { from: "2010-01-01T00:00:00Z", to: "2021-01-01T00:00:00Z" };

type Line = Record<string, string>;
const linesOf = (csv: string): Line[] => parse(csv, { columns: true, bom: true });

/** A report as CSV, as the page says to ask for it. */
async function tableOf(house: Pick<TestApp, "post">, report: string, input: object): Promise<Line[]> {
  const path = report.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);
  const reply = await house.post(`/v1/reports/${path}`, { period: PERIOD, ...input }, { accept: "text/csv" });
  return linesOf(await reply.text());
}

/** Every question of the page is answered as it says there, in the columns that it shows. */
export async function expectThePage(house: Pick<TestApp, "post">): Promise<void> {
  const blocks = blocksOf("docs/bank-questions.md");
  const asked = blocks.filter(({ language }) => language === "json");
  expect(asked).toHaveLength(38);
  for (const block of asked) {
    const [[report, input]] = Object.entries(JSON.parse(block.text)) as [[string, object]];
    const answer = blocks[blocks.indexOf(block) + 1]!;
    const shown = linesOf(answer.text);

    const lines = await tableOf(house, report, input);

    const columns = Object.keys(shown[0]!);
    const found = lines.map((line) => Object.fromEntries(columns.map((column) => [column, line[column]])));
    expect(found, `docs/bank-questions.md:${block.line}`).toEqual(shown);
  }
}

/** Attributes, and the columns of crm_events.csv that they come from. */
const COLUMNS = {
  intentCategory: "product",
  intent: "issue",
  "metadata.sub_product": "sub_product",
  "metadata.timely_response": "timely_response",
  "metadata.company_response_to_consumer": "company_response_to_consumer",
};

/** Contacts have the values of their row, forms on the web among them. */
export async function expectAsInFile(house: Pick<TestApp, "post">, file: string): Promise<void> {
  const rows = linesOf(readFileSync(file, "utf8"));
  for (const [attribute, column] of Object.entries(COLUMNS)) {
    const counts: Record<string, number> = {};
    for (const row of rows) counts[row[column]!] = (counts[row[column]!] ?? 0) + 1;
    const input = { of: "INTERACTIONS", matcher: { sources: ["retail-crm"] }, groupBy: [{ attribute: { attribute } }] };

    const lines = await tableOf(house, "aggregate", input);

    const found = lines.filter(({ part }) => part === "ROW").map((line) => [line[attribute], Number(line.units)]);
    expect(Object.fromEntries(found), attribute).toEqual(counts);
  }
}
