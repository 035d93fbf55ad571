import type { KpiInput } from "./contact-centre-kpis.type.ts";
import { covered } from "./coverage.ts";
import type { FirstContactResolutionType, ServiceLevelType } from "./method.type.ts";
import type { KpiTotals } from "./totals.ts";

/** Every service level, of the contacts whose wait is known. */
export function serviceLevelsOf(
  t: KpiTotals,
  { serviceLevelSeconds, shortAbandonSeconds }: Pick<KpiInput, "serviceLevelSeconds" | "shortAbandonSeconds">,
): ServiceLevelType[] {
  const all = t.answerKnown + t.abandonKnown;
  const eligible = t.answered + t.openEndedInbound;
  const both = covered(all, eligible + t.abandoned);
  const within = `within ${serviceLevelSeconds} s`;
  const short = `abandoned within ${shortAbandonSeconds} s`;
  return [
    {
      method: "ALL_IN",
      ...divided(t.answeredInTime + t.abandonedInTime, all),
      coverage: both,
      definition: `(answered ${within} + abandoned ${within}) / (answered + abandoned)`,
    },
    {
      method: "ANSWERED_ONLY",
      ...divided(t.answeredInTime, t.answerKnown),
      coverage: covered(t.answerKnown, eligible),
      definition: `answered ${within} / answered`,
    },
    {
      method: "ABANDON_NEGATIVE",
      ...divided(t.answeredInTime, all),
      coverage: both,
      definition: `answered ${within} / (answered + abandoned)`,
    },
    {
      method: "IGNORE_EARLY_ABANDON",
      ...divided(t.answeredInTime, all - t.abandonedInTime),
      coverage: both,
      definition: `answered ${within} / (answered + abandoned later than ${serviceLevelSeconds} s)`,
    },
    {
      method: "SHORT_CREDITED",
      ...divided(t.answeredInTime + t.shortAbandoned, all),
      coverage: both,
      definition: `(answered ${within} + ${short}) / (answered + abandoned)`,
    },
    {
      method: "SHORT_EXCLUDED",
      ...divided(t.answeredInTime, all - t.shortAbandoned),
      coverage: both,
      definition: `answered ${within} / (answered + abandoned - ${short})`,
    },
  ];
}

/** Every way to tell that a contact settled what it was about. */
export function resolutionsOf(
  t: KpiTotals,
  { repeatWindowDays }: Pick<KpiInput, "repeatWindowDays">,
): FirstContactResolutionType[] {
  const within = `within ${repeatWindowDays} days`;
  const others = "(surveys, outbound contacts, calls back and legs of the same contact are no further contacts)";
  return [
    {
      method: "FLAG",
      ...divided(t.flaggedResolved, t.flagged),
      coverage: covered(t.flagged, t.contacts),
      definition: "contacts whose last leg states isResolved true / contacts whose last leg states isResolved",
    },
    {
      method: "NO_REPEAT",
      ...divided(t.unrepeated, t.identified),
      coverage: covered(t.identified, t.contacts),
      definition: `contacts of identified customers without a further contact of theirs ${within} ${others} / contacts of identified customers`,
    },
    {
      method: "NO_REPEAT_SAME_INTENT",
      ...divided(t.unrepeatedTopics, t.topicsKnown),
      coverage: covered(t.topicsKnown, t.contacts),
      definition: `contacts of identified customers whose first leg has an intent or call reason, without a further contact of theirs for the same ${within} ${others} / contacts of identified customers whose first leg has an intent or call reason, without those after which a contact did not say what it was about`,
    },
    {
      method: "SURVEY",
      ...divided(t.surveyedResolved, t.surveyed),
      coverage: covered(t.surveyed, t.told),
      definition:
        "legs with an answered survey and isResolved true / legs with an answered survey that state isResolved",
    },
  ];
}

function divided(numerator: number, denominator: number) {
  return { numerator, denominator, value: ratio(numerator, denominator) };
}

export function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
