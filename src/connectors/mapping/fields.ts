import { callInput, customerInput, interactionInput, touchpointInput } from "../../facts/record.ts";
import type { AdaptedRecord } from "../adapter.ts";
import type { ValueType } from "./language.ts";

const SHAPES = {
  interaction: interactionInput.shape,
  call: callInput.shape,
  touchpoint: touchpointInput.shape,
  customer: customerInput.shape,
};

/** What a mapping says elsewhere: its own keys, not fields. */
const ELSEWHERE = ["source", "sourceId", "identities"];

/** The fields that a record of this kind may be given. */
export function fieldsOf(kind: AdaptedRecord["kind"]): string[] {
  return Object.keys(SHAPES[kind]).filter((field) => !ELSEWHERE.includes(field));
}

/** Where columns that are only kept go; a touchpoint is narrow and keeps none. */
export function keptIn(kind: AdaptedRecord["kind"]): "metadata" | "extra" | null {
  if (kind === "touchpoint") return null;
  return kind === "customer" ? "extra" : "metadata";
}

const TYPES: Readonly<Record<Exclude<ValueType, "text">, readonly string[]>> = {
  date: [
    "revision",
    "observedAt",
    "occurredAt",
    "startedAt",
    "answeredAt",
    "endedAt",
    "wrapUpEndedAt",
    "sessionStartTime",
    "interactionStartTime",
    "interactionEndTime",
    "sessionEndTime",
  ],
  seconds: [
    "holdSeconds",
    "queueSeconds",
    "durationSeconds",
    "sessionSeconds",
    "customerSeconds",
    "agentSeconds",
    "interactionSeconds",
  ],
  number: ["csatScore", "csatScaleMax", "sequence", "age", "tenureMonths", "branchVisits", "numberOfTotalProducts"],
  boolean: [
    "isResolved",
    "isTransferred",
    "isCallBack",
    "isDigitalOffered",
    "isDigitalAccepted",
    "isTransferredToSurvey",
    "highRiskCustomer",
    "financialRiskCustomer",
    "vvip",
    "premierCustomer",
    "isDigitalEligible",
  ],
  money: ["cost", "revenue", "value", "grossAnnualIncome", "overallRevenue"],
  list: ["products", "commonChannels"],
  json: ["metadata", "extra", "signals"],
};

const BY_FIELD = new Map(
  Object.entries(TYPES).flatMap(([type, fields]) => fields.map((field) => [field, type as ValueType] as const)),
);

/** What a field holds, so that a mapping need not say it. */
export function typeOf(field: string): ValueType {
  return BY_FIELD.get(field) ?? "text";
}
