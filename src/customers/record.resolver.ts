import { FieldResolver, Resolver, Root } from "type-graphql";
import type { Channel } from "../fields/choices.ts";
import { type CustomerRecord, CustomerRecordType, FieldProvenanceType } from "./record.type.ts";
import type { CustomerVariable, Variables } from "./survive.ts";
import { DERIVED_SOURCE, DERIVED_VARIABLES, type DerivedVariable, derive } from "./usage.ts";

@Resolver(() => CustomerRecordType)
export class CustomerRecordResolver {
  @FieldResolver()
  tenureMonths(@Root() record: CustomerRecord): Promise<number | null> {
    return settle(record, "tenureMonths");
  }

  @FieldResolver()
  branchVisits(@Root() record: CustomerRecord): Promise<number | null> {
    return settle(record, "branchVisits");
  }

  @FieldResolver()
  async commonChannels(@Root() record: CustomerRecord): Promise<Channel[]> {
    return (await settle(record, "commonChannels")) ?? [];
  }

  @FieldResolver()
  device(@Root() record: CustomerRecord): Promise<string | null> {
    return settle(record, "device");
  }

  @FieldResolver()
  numberOfTotalProducts(@Root() record: CustomerRecord): Promise<number | null> {
    return settle(record, "numberOfTotalProducts");
  }

  @FieldResolver(() => [FieldProvenanceType], {
    description: "Which source each value came from, and when it said so; a field without a value is not listed.",
  })
  async provenance(@Root() { survivor, usage }: CustomerRecord): Promise<FieldProvenanceType[]> {
    const stated = [...survivor.provenance]
      .filter(([field]) => field !== NOT_IN_RECORD)
      .map(([field, from]) => ({ field, ...from, isDerived: false }));
    const missing = DERIVED_VARIABLES.filter((field) => !survivor.provenance.has(field));
    if (missing.length === 0) return stated;
    const counts = await usage();
    const derived = missing.flatMap((field) => {
      const value = derive(field, survivor, counts);
      return value ? [{ field, source: DERIVED_SOURCE, observedAt: value.observedAt, isDerived: true }] : [];
    });
    return [...stated, ...derived];
  }
}

/** The name is a field of the customer. */
const NOT_IN_RECORD: CustomerVariable = "displayName";

/** The stated value, else the derived one. */
async function settle<Name extends DerivedVariable>(
  { survivor, usage }: CustomerRecord,
  name: Name,
): Promise<Variables[Name] | null> {
  const stated = survivor.values[name];
  return stated !== undefined ? (stated as Variables[Name]) : (derive(name, survivor, await usage())?.value ?? null);
}
