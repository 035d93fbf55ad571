import { z } from "zod";
import { CALL, LEG } from "../fields/call.ts";
import { STATED } from "../fields/car.ts";
import { saying, shapeOf, statedShapeOf } from "../fields/derive/validator.ts";
import { KEY, OBSERVED, REVISION } from "../fields/record.ts";
import { TOUCHPOINT } from "../fields/touchpoint.ts";
import { isLongNumber, LONG_NUMBER_REMEDY } from "../kit/json.ts";

// The records that every entry point takes in, whatever it calls them: what a field may hold stands in src/fields, whom
// a record is about stands here. `openapi.json` is printed from them.

/** Identities a record may carry. */
export const MAX_IDENTITIES = 10;
/** Characters of an identity's value. */
export const MAX_IDENTITY_LENGTH = 1_024;

/** What a customer record's `identities` say. */
export const STATES_IDENTITIES =
  "Which customer: every identity that is known, at most 10. The first record of a source and sourceId names at least one. Later ones add to them: an identity that is left out stays; an empty list takes all of them back, and a null value those of its namespace.";
/** What its `withdrawIdentities` say. */
export const WITHDRAWS_IDENTITIES =
  "Identities that are not this customer's any more: an e-mail address given up, a number passed on. Each stays withdrawn until a newer record names it again.";

const identityInput = z.strictObject({
  namespace: z.string().trim().min(1).max(64),
  value: z
    .union([z.string(), z.number(), z.null()], saying("Send the value as text, in quotes."))
    .refine((value) => typeof value !== "number" || isWhole(value), LONG_NUMBER_REMEDY)
    .transform((value) => (value === null ? null : String(value)))
    .meta({ description: "Null is nobody; of a customer record, it takes back all of the namespace." }),
});
export type CheckedIdentity = z.output<typeof identityInput>;

const identities = z.array(identityInput).max(MAX_IDENTITIES, `A record carries at most ${MAX_IDENTITIES} identities.`);
const anyIdentities = identities.nullish().transform((value): CheckedIdentity[] => value ?? []);
const event = { ...shapeOf(KEY), ...shapeOf(REVISION), identities: anyIdentities };

/** Decimals in an id are a sign of a number that was computed. Of so many characters a float keeps every digit. */
const EXACT = 16;

function isWhole(value: number): boolean {
  return Number.isInteger(value) ? !isLongNumber(value) : String(value).length <= EXACT;
}

/** One leg of contact on any channel: a JAR row under the names of the contract. */
export const interactionInput = z.strictObject({ ...event, ...shapeOf(LEG) });
export type CheckedInteraction = z.output<typeof interactionInput>;

/** A call as telephone systems log it; becomes an interaction of channel VOICE. */
export const callInput = z.strictObject({ ...event, ...shapeOf(CALL) });
export type CheckedCall = z.output<typeof callInput>;

/** One moment on any channel. */
export const touchpointInput = z.strictObject({ ...event, ...shapeOf(TOUCHPOINT) });
export type CheckedTouchpoint = z.output<typeof touchpointInput>;

/**
 * The CAR as one source states it. What is left out says nothing, identities included; an explicit null, or an empty list,
 * clears what this source said.
 */
export const customerInput = z.strictObject({
  ...shapeOf(KEY),
  ...shapeOf(OBSERVED),
  identities: identities.nullish().meta({ description: STATES_IDENTITIES }),
  withdrawIdentities: identities.nullish().meta({ description: WITHDRAWS_IDENTITIES }),
  ...statedShapeOf(STATED),
});
export type CheckedCustomer = z.output<typeof customerInput>;

/** The kinds a record's key may be of; they never collide. */
export type RecordKind = "interaction" | "touchpoint" | "customer";
