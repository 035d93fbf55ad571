import type { RootCase } from "../../graphql/roots.ts";
import { DAY, NEVER } from "../kit/root.ts";

export const root: RootCase = {
  works: `{ channelPerformance(input: { ${DAY}, by: CALL_REASON }) { rows { value interactions calls matchedCalls transactions revenue { amount } cost { amount } } } }`,
  answers: { rows: [{ value: "billing", interactions: 1, calls: 1, matchedCalls: 0 }] },
  wrong: `{ channelPerformance(input: { ${NEVER} }) { rows { value } } }`,
  code: "BAD_INPUT",
};
