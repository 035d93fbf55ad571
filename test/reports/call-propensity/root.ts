import type { RootCase } from "../../graphql/roots.ts";
import { DAY } from "../kit/root.ts";

export const root: RootCase = {
  works: `{ callPropensity(input: { ${DAY} }) { rows { item } overallRate } }`,
  answers: { rows: [], overallRate: null },
  wrong: `{ callPropensity(input: { ${DAY}, withinMinutes: -1 }) { overallRate } }`,
  code: "BAD_INPUT",
};
