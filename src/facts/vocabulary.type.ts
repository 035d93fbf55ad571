import { registerEnumType } from "type-graphql";
import { enumOf } from "../kit/enum.ts";
import { ERROR_CODES } from "../kit/errors.ts";
import { RECEIPT_STATUSES } from "./vocabulary.ts";

// The closed lists that several rooms show, registered once: a name may stand in a schema only once.

const STAGES = ["EARLY", "LEAD", "POST_LEAD"] as const;
export type Stage = (typeof STAGES)[number];
export const StageEnum = enumOf(STAGES);
registerEnumType(StageEnum, {
  name: "Stage",
  description: "Before the customer's first form or call, that form or call itself (LEAD), or after it.",
  valuesConfig: {
    EARLY: { description: "Before the customer's first form or call; everything, while there is none." },
    LEAD: { description: "The customer's first form or call, over all time." },
    POST_LEAD: { description: "After the customer's first form or call." },
  },
});

export const ReceiptStatusEnum = enumOf(RECEIPT_STATUSES);
registerEnumType(ReceiptStatusEnum, {
  name: "ReceiptStatus",
  description: "What happened to a record that was sent.",
  valuesConfig: {
    ACCEPTED: { description: "New, and stored." },
    REPEATED: { description: "The same key, revision and body as before: nothing changed." },
    SUPERSEDED: { description: "A newer revision: it replaced what was shown, and the earlier body is kept." },
    STALE: { description: "An older revision than the one shown: kept, not shown." },
    CONFLICT: { description: "The same key and revision with another body: refused, nothing changed." },
    FILTERED: { description: "Of a kind that the source's settings leave out: not kept." },
    REJECTED: { description: "It cannot be used; it is kept with its reason and can be replayed." },
  },
});

export const ErrorCodeEnum = enumOf(ERROR_CODES);
registerEnumType(ErrorCodeEnum, { name: "ErrorCode", description: "What a client can branch on." });
