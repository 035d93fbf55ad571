import type { DataQualityNote } from "../../facts/fact.ts";
import type { CheckedInteraction } from "../../facts/record.ts";

/** What a leg says in one field and denies in another. It is taken in as it was sent: nobody here knows which is right. */
export function oddWords(leg: CheckedInteraction): DataQualityNote[] {
  return [...oddOutcome(leg), ...oddHandings(leg), ...oddDigital(leg), ...oddScore(leg), ...oddMoney(leg)];
}

function oddOutcome({ outcome, agentId, interactionStartTime, interactionSeconds }: CheckedInteraction) {
  const wasAnswered = agentId !== null && (interactionStartTime !== null || (interactionSeconds ?? 0) > 0);
  if (outcome !== "ABANDONED" || !wasAnswered) return [];
  return [{ field: "outcome", message: "Is ABANDONED, but agentId answered: HANDLED is what an agent took up." }];
}

const HANDED_TO = ["agentIdTransferred", "agentSkillIdTransferred", "channelTypeTransferred"] as const;

function oddHandings(leg: CheckedInteraction): DataQualityNote[] {
  if (leg.isTransferred !== false) return [];
  const named = HANDED_TO.filter((field) => leg[field] !== null);
  return named.map((field) => ({ field, message: "Is stated, but isTransferred is false." }));
}

function oddDigital({ isDigitalOffered, isDigitalAccepted }: CheckedInteraction): DataQualityNote[] {
  if (isDigitalOffered !== false || isDigitalAccepted !== true) return [];
  return [{ field: "isDigitalAccepted", message: "Is true, but isDigitalOffered is false." }];
}

function oddScore({ csatScore, csatScaleMax }: CheckedInteraction): DataQualityNote[] {
  if (csatScore === null || csatScaleMax === null || csatScore <= csatScaleMax) return [];
  return [{ field: "csatScore", message: "Is above csatScaleMax, and therefore in no average of shares." }];
}

/** The currencies of ISO 4217 without a smaller unit. Of the others, prices of a tenth of a cent are common. */
const WHOLE = new Set("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(" "));

function oddMoney(leg: CheckedInteraction): DataQualityNote[] {
  return (["cost", "revenue"] as const).flatMap((field) => {
    const { amount, currency } = leg[field] ?? {};
    if (!currency || !WHOLE.has(currency) || !/\.0*[1-9]/.test(amount ?? "")) return [];
    return [{ field, message: `Has digits after the point, and ${currency} has no smaller unit.` }];
  });
}
