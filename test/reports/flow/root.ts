import type { RootCase } from "../../graphql/roots.ts";
import { CALLS, DAY, NEVER } from "../kit/root.ts";

export const root: RootCase = {
  works: `{ flow(input: { ${DAY}, anchor: { matcher: ${CALLS} } }) { nodes { step kind item count } links { count } } }`,
  answers: { nodes: [{ step: -1 }, { step: 0, kind: "ITEM", item: "billing", count: 1 }, { step: 1 }] },
  wrong: `{ flow(input: { ${NEVER}, anchor: { matcher: ${CALLS} } }) { nodes { id } } }`,
  code: "BAD_INPUT",
};
