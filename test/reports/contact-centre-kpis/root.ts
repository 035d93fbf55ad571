import type { RootCase } from "../../graphql/roots.ts";
import { DAY } from "../kit/root.ts";

export const root: RootCase = {
  works: `{ contactCentreKpis(input: { ${DAY} }) { rows { group { value } bucketStart contacts contactRate serviceLevels { method } firstContactResolution { method definition } } } }`,
  answers: { rows: [{ group: [], bucketStart: null, contacts: 1, contactRate: 1 }] },
  wrong: `{ contactCentreKpis(input: { ${DAY}, timeZone: "Mars" }) { rows { contacts } } }`,
  code: "BAD_INPUT",
};
