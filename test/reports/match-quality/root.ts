import type { RootCase } from "../../graphql/roots.ts";
import { DAY } from "../kit/root.ts";

export const root: RootCase = {
  works: `{ matchQuality(input: { ${DAY} }) { calls matched matchRate byMethod { method count } bySource { source calls } identifiedBefore sharedIdentities } }`,
  answers: { calls: 1, matched: 0, matchRate: 0 },
  wrong: `{ matchQuality(input: { ${DAY}, sources: [] }) { calls } }`,
  code: "BAD_INPUT",
};
