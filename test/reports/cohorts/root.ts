import type { RootCase } from "../../graphql/roots.ts";
import { CALLS, DAY, NEVER } from "../kit/root.ts";

const ASKED = `inclusion: [{ anyOf: [${CALLS}] }], returns: [{ anyOf: [${CALLS}] }], interval: DAY`;

export const root: RootCase = {
  works: `{ cohorts(input: { ${DAY}, ${ASKED} }) { rows { start customers cells { offset } } intervals { isComplete } } }`,
  answers: { rows: [{ start: "2026-11-20T00:00:00.000Z", customers: 1, cells: [] }] },
  wrong: `{ cohorts(input: { ${NEVER}, ${ASKED} }) { rows { customers } } }`,
  code: "BAD_INPUT",
};
