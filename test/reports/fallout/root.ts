import type { RootCase } from "../../graphql/roots.ts";
import { CALLS, DAY } from "../kit/root.ts";

export const root: RootCase = {
  works: `{ fallout(input: { ${DAY}, steps: [{ name: "called", anyOf: [${CALLS}] }, { name: "again", anyOf: [${CALLS}] }] }) { steps { name count dropped } } }`,
  answers: {
    steps: [
      { name: "called", count: 1 },
      { name: "again", count: 0 },
    ],
  },
  wrong: `{ fallout(input: { ${DAY}, steps: [] }) { steps { name } } }`,
  code: "BAD_INPUT",
};
