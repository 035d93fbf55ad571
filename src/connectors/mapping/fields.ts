import { CALL, LEG } from "../../fields/call.ts";
import { STATED } from "../../fields/car.ts";
import { readAs, type ValueType } from "../../fields/derive/mapping.ts";
import type { Fields } from "../../fields/field.ts";
import { OBSERVED, REVISION } from "../../fields/record.ts";
import { TOUCHPOINT } from "../../fields/touchpoint.ts";
import type { AdaptedRecord } from "../adapter.ts";

/** The fields of each kind of record. A mapping states its key and its identities under keys of their own. */
const FIELDS = {
  interaction: { ...REVISION, ...LEG },
  call: { ...REVISION, ...CALL },
  touchpoint: { ...REVISION, ...TOUCHPOINT },
  customer: { ...OBSERVED, ...STATED },
};

/** The fields that a record of this kind may be given. */
export function fieldsOf(kind: AdaptedRecord["kind"]): string[] {
  return [...readAs(FIELDS[kind]).keys()];
}

/** The fields without which a record of this kind is refused. */
export function requiredOf(kind: AdaptedRecord["kind"]): string[] {
  const fields: Fields = FIELDS[kind];
  return Object.values(fields)
    .filter(({ required }) => required)
    .map(({ name }) => name);
}

/** The type of a field, so that a mapping need not state it. */
export function typeOf(kind: AdaptedRecord["kind"], field: string): ValueType {
  return readAs(FIELDS[kind]).get(field) ?? "text";
}

/** The field that takes the columns which a mapping only keeps. */
export function keptIn(kind: AdaptedRecord["kind"]): "metadata" | "extra" {
  return kind === "customer" ? "extra" : "metadata";
}
