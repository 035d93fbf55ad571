import type { RootCase } from "../../graphql/roots.ts";
import { DAY } from "../kit/root.ts";

export const root: RootCase = {
  works: `{ aggregate(input: { ${DAY}, of: CONTACTS, groupBy: [{ dimension: CHANNEL }] }) { rows { group { value } units } combinations } }`,
  answers: { rows: [{ group: [{ value: "VOICE" }], units: 1 }], combinations: 1 },
  wrong: `{ aggregate(input: { ${DAY}, of: CONTACTS, groupBy: [{}] }) { combinations } }`,
  code: "BAD_INPUT",
};
