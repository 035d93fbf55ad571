import { FieldResolver, Int, Resolver, Root } from "type-graphql";
import type { Channel } from "../fields/choices.ts";
import { ChannelEnum } from "../fields/choices.type.ts";
import { CustomerRecordType, FieldProvenanceType } from "./record.type.ts";
import type { Variable, Variables } from "./survive.ts";
import { DERIVED_SOURCE, DERIVED_VARIABLES, type DerivedVariable, derive } from "./usage.ts";

@Resolver(() => CustomerRecordType)
export class CustomerRecordResolver {
  @FieldResolver(() => Int, {
    nullable: true,
    description: "Months as a customer; derived: whole months since the first interaction. CAR: Tenure.",
  })
  tenureMonths(@Root() record: CustomerRecordType): Promise<number | null> {
    return settle(record, "tenureMonths");
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description:
      "Visits to a branch; derived: interactions of channel BRANCH, null where there is none. CAR: BranchVisits.",
  })
  branchVisits(@Root() record: CustomerRecordType): Promise<number | null> {
    return settle(record, "branchVisits");
  }

  @FieldResolver(() => [ChannelEnum], {
    description: "Channels the customer uses; derived: the three most used, the most used first. CAR: CommonChannels.",
  })
  async commonChannels(@Root() record: CustomerRecordType): Promise<Channel[]> {
    return (await settle(record, "commonChannels")) ?? [];
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "Device the customer prefers; derived: the one most used in visits. CAR: Device.",
  })
  device(@Root() record: CustomerRecordType): Promise<string | null> {
    return settle(record, "device");
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: "How many products the customer has; derived: the length of products. CAR: NumberofTotalProducts.",
  })
  numberOfTotalProducts(@Root() record: CustomerRecordType): Promise<number | null> {
    return settle(record, "numberOfTotalProducts");
  }

  @FieldResolver(() => [FieldProvenanceType], {
    description: "Which source each value came from, and when it said so; a field without a value is not listed.",
  })
  async provenance(@Root() { survivor, usage }: CustomerRecordType): Promise<FieldProvenanceType[]> {
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

/** The name is the customer's own field. */
const NOT_IN_RECORD: Variable = "displayName";

/** What a source states, else what can be derived. */
async function settle<Name extends DerivedVariable>(
  { survivor, usage }: CustomerRecordType,
  name: Name,
): Promise<Variables[Name] | null> {
  const stated = survivor.values[name];
  return stated !== undefined ? (stated as Variables[Name]) : (derive(name, survivor, await usage())?.value ?? null);
}
