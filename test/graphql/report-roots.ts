import { fieldOf } from "../../src/reports/declaration.ts";
import { REPORTS } from "../../src/reports/reports.ts";
import type { RootCase } from "./roots.ts";

/** The case of each report, from its folder in test/reports. */
export const REPORT_ROOTS: Readonly<Record<string, RootCase>> = Object.fromEntries(
  await Promise.all(
    REPORTS.map(async ({ name }): Promise<[string, RootCase]> => {
      const { root } = await import(`../reports/${name}/root.ts`);
      return [`Query.${fieldOf(name)}`, root];
    }),
  ),
);
