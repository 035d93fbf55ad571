import fc from "fast-check";
import { expect } from "vitest";
import type { Journeys } from "../../../src/journeys/journeys.ts";
import { readPeople } from "../../../src/reports/people.report.ts";
import type { CustomerShareType } from "../../../src/reports/people.type.ts";
import type { PeopleInput } from "../../../src/reports/people-input.type.ts";
import { NO_AUDIT_LOG } from "../../kit/ingest.ts";
import { worlds } from "../kit/random.ts";
import { customerOf } from "../kit/rows.ts";

/** A cell of a report, and what the report shows in it. */
export interface Shown {
  cell: PeopleInput;
  figure: number;
  /** What it shows as customers of these units, where it does. */
  identified?: number;
}

/** Names of customers whose ids begin with the same byte, so that they lie in one partition. */
export const NEIGHBOURS = Array.from({ length: 20_000 }, (_, i) => `n${i}`).filter((who) =>
  customerOf(who).startsWith("7f"),
);

/** Worlds in which one tally counts everybody, as it does in large ones. */
export const crowds = fc
  .noBias(worlds)
  .map((people) => Object.fromEntries(Object.values(people).map((person, i) => [NEIGHBOURS[i]!, person])));

const asker = { viewer: { name: "tester" } as never, auditLog: NO_AUDIT_LOG };

/** All customers behind a cell, page by page. */
export async function behind(journeys: Journeys, cell: PeopleInput): Promise<CustomerShareType[]> {
  const all: CustomerShareType[] = [];
  for (let after: string | null = null; ; ) {
    const page = await readPeople({ journeys, ...asker }, cell, { first: 7, after });
    all.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) {
      expect(all).toHaveLength(page.customers);
      expect(sharesOf(all)).toBeCloseTo(page.figure, 9);
      return all;
    }
    after = page.pageInfo.endCursor;
  }
}

export const sharesOf = (all: readonly CustomerShareType[]): number => all.reduce((sum, { share }) => sum + share, 0);

/** Opens each cell, and finds in it what the report shows, by the shares of customers in order of id, each once. */
export async function expectToAddUp(journeys: Journeys, cells: readonly Shown[]): Promise<void> {
  for (const { cell, figure, identified } of cells) {
    const all = await behind(journeys, cell);
    if (identified !== undefined) {
      const report = await readPeople({ journeys, ...asker }, cell, { first: 1 });
      expect(report.identified, JSON.stringify(cell)).toBe(identified);
    }
    const ids = all.map(({ customerId }) => customerId);

    expect(sharesOf(all), JSON.stringify(cell)).toBeCloseTo(figure, 9);
    expect(ids).toEqual([...new Set(ids)].sort());
    expect(all.every(({ share }) => share !== 0)).toBe(true);
  }
}
