import type { RootCase } from "../../graphql/roots.ts";
import { CALLS, DAY } from "../kit/root.ts";

export const root: RootCase = {
  works: `{ histogram(input: { ${DAY}, metric: ${CALLS} }) { buckets { label customers } total unidentified } }`,
  answers: { total: 1, unidentified: 0 },
  wrong: `{ histogram(input: { ${DAY}, metric: ${CALLS}, bounds: [3, 1] }) { total } }`,
  code: "BAD_INPUT",
};
