import type { RootCase } from "../../graphql/roots.ts";
import { DAY } from "../kit/root.ts";

export const root: RootCase = {
  works: `{ attribution(input: { ${DAY}, models: [{ kind: LINEAR }] }) { conversions total models { attributed unattributed { total byReason { reason value } } } } }`,
  answers: { conversions: 1, total: 1, models: [{ attributed: 0, unattributed: { total: 1 } }] },
  wrong: `{ attribution(input: { ${DAY}, models: [] }) { total } }`,
  code: "BAD_INPUT",
};
