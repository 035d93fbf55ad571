import type { Rules } from "../facts/rules.ts";
import { isValue, type Stated, signalsOf, survivorOf } from "../facts/survivorship.ts";
import { SURVIVING } from "../fields/car.ts";
import type { CallerProfile } from "./situation.ts";
import type { PersonRow, RecordRow } from "./who.sql.ts";

const { displayName, custId, customerSegmentId, region, vvip, premierCustomer, highRiskCustomer, isDigitalEligible } =
  SURVIVING;

/** What routing rules may use of what sources state. */
export const PROFILE = {
  displayName,
  custId,
  customerSegmentId,
  region,
  vvip,
  premierCustomer,
  highRiskCustomer,
  isDigitalEligible,
};

type Values = RecordRow["values"];

/** A customer who may be calling, and what survives of all that sources state of them. */
export interface Person extends CallerProfile {
  id: string;
  isAnonymous: boolean;
  createdAt: Date;
  shortOf: PersonRow["shortOf"];
}

export function personOf({ id, isAnonymous, createdAt, shortOf, records }: PersonRow, rules: Rules): Person {
  const statements = (records ?? []).map(statementOf);
  const surviving = <Name extends keyof Values>(name: Name): Values[Name] | null => {
    const saying = statements.filter(({ values }) => isValue(values[name]));
    return survivorOf(saying, name, rules)?.values[name] ?? null;
  };
  return {
    id,
    isAnonymous,
    createdAt: new Date(createdAt),
    shortOf,
    displayName: surviving("displayName"),
    custId: surviving("custId"),
    segment: surviving("customerSegmentId"),
    region: surviving("region"),
    vvip: surviving("vvip"),
    premier: surviving("premierCustomer"),
    highRisk: surviving("highRiskCustomer"),
    isDigitalEligible: surviving("isDigitalEligible"),
    signals: signalsOf(statements, rules).map(({ signal }) => signal),
  };
}

interface Statement extends Stated {
  values: Values;
  signals: NonNullable<RecordRow["signals"]>;
}

function statementOf({ observedAt, stated, signals, ...record }: RecordRow): Statement {
  return { ...record, observedAt: new Date(observedAt), stated: stated ?? {}, signals: signals ?? [] };
}
