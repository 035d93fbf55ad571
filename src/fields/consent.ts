import { PURPOSES, type Purpose } from "./choices.ts";
import { bool, fields } from "./field.ts";

const GIVEN = "True: given. False: refused, or withdrawn. Left out: nothing is said of it.";

/**
 * What a person agrees to, as a customer record or a moment such as a banner's says it: evidence, not a variable of either.
 * Of each purpose the newest statement of all sources stands (src/facts/consents.ts).
 */
export const CONSENTS = fields(null, {
  serviceConsent: bool(null, "Consent to be served by what is known of them.", { given: GIVEN }),
  analyticsConsent: bool(null, "Consent to be counted in reports.", { given: GIVEN }),
  marketingConsent: bool(null, "Consent to be addressed with offers.", { given: GIVEN }),
  recordingConsent: bool(null, "Consent to calls being recorded.", { given: GIVEN }),
});
export type ConsentField = keyof typeof CONSENTS;

/** The field that speaks of a purpose. */
export const consentFieldOf = (purpose: Purpose): ConsentField =>
  `${purpose.toLowerCase() as Lowercase<Purpose>}Consent`;

/** Every purpose with its field. */
export const CONSENT_FIELDS: readonly (readonly [Purpose, ConsentField])[] = PURPOSES.map((purpose) => [
  purpose,
  consentFieldOf(purpose),
]);
