import type { RootCase } from "../../graphql/roots.ts";
import { CALLS, DAY, NEVER } from "../kit/root.ts";

const SETS = `sets: [{ name: "web", matcher: { channels: [WEB] } }, { name: "call", matcher: ${CALLS} }]`;

export const root: RootCase = {
  works: `{ overlap(input: { ${DAY}, ${SETS} }) { sets { name count } union regions { sets count } unidentified } }`,
  answers: {
    sets: [
      { name: "web", count: 0 },
      { name: "call", count: 1 },
    ],
    union: 1,
    unidentified: 0,
  },
  wrong: `{ overlap(input: { ${NEVER}, ${SETS} }) { union } }`,
  code: "BAD_INPUT",
};
