import { Field, Float, Int, ObjectType, registerEnumType } from "type-graphql";
import { enumOf } from "../../kit/enum.ts";
import { maybe, sure } from "../../kit/field.ts";
import { CoverageType } from "./coverage.type.ts";

// Figures that have no single standard: every method side by side, each with what it divides by what.

export const SERVICE_LEVEL_METHODS = [
  "ALL_IN",
  "ANSWERED_ONLY",
  "ABANDON_NEGATIVE",
  "IGNORE_EARLY_ABANDON",
  "SHORT_CREDITED",
  "SHORT_EXCLUDED",
] as const;
export type ServiceLevelMethod = (typeof SERVICE_LEVEL_METHODS)[number];
const ServiceLevelMethodEnum = enumOf(SERVICE_LEVEL_METHODS);
registerEnumType(ServiceLevelMethodEnum, {
  name: "ServiceLevelMethod",
  description: "What abandoned contacts do to a service level.",
  valuesConfig: {
    ALL_IN: { description: "Abandoned in time counts as answered in time." },
    ANSWERED_ONLY: { description: "Abandoned contacts do not count." },
    ABANDON_NEGATIVE: { description: "Abandoned contacts count as missed." },
    IGNORE_EARLY_ABANDON: { description: "Abandoned in time does not count; later is missed." },
    SHORT_CREDITED: { description: "Short abandons count as answered in time; longer ones are missed." },
    SHORT_EXCLUDED: { description: "Short abandons do not count; longer ones are missed." },
  },
});

export const RESOLUTION_METHODS = ["FLAG", "NO_REPEAT", "NO_REPEAT_SAME_INTENT", "SURVEY"] as const;
export type ResolutionMethod = (typeof RESOLUTION_METHODS)[number];
const ResolutionMethodEnum = enumOf(RESOLUTION_METHODS);
registerEnumType(ResolutionMethodEnum, {
  name: "ResolutionMethod",
  description: "How to tell that a contact settled what it was about.",
  valuesConfig: {
    FLAG: { description: "IsResolved says so." },
    NO_REPEAT: { description: "The customer did not come again within the repeat window." },
    NO_REPEAT_SAME_INTENT: { description: "The customer did not come again for the same intent or call reason." },
    SURVEY: { description: "IsResolved says so, of contacts whose customer answered a survey." },
  },
});

@ObjectType("ServiceLevel", {
  simpleResolvers: true,
  description: "The share of queued contacts that were answered in time, of those whose wait is known.",
})
export class ServiceLevelType {
  @Field(() => ServiceLevelMethodEnum, sure("What abandoned contacts do to it."))
  method!: ServiceLevelMethod;

  @Field(() => Float, maybe("The share, 0 to 1; null when the denominator is 0."))
  value!: number | null;

  @Field(() => Int, sure("Contacts above the line."))
  numerator!: number;

  @Field(() => Int, sure("Contacts below the line."))
  denominator!: number;

  @Field(() => String, sure("What was divided by what."))
  definition!: string;

  @Field(() => CoverageType, sure("How many contacts say what it needs. The others are in neither part of it."))
  coverage!: CoverageType;
}

@ObjectType("FirstContactResolution", {
  simpleResolvers: true,
  description: "The share of contacts that settled what they were about.",
})
export class FirstContactResolutionType {
  @Field(() => ResolutionMethodEnum, sure("How that was told."))
  method!: ResolutionMethod;

  @Field(() => Float, maybe("The share, 0 to 1; null when the denominator is 0."))
  value!: number | null;

  @Field(() => Int, sure("Contacts above the line."))
  numerator!: number;

  @Field(() => Int, sure("Contacts below the line."))
  denominator!: number;

  @Field(() => String, sure("What was divided by what."))
  definition!: string;

  @Field(() => CoverageType, sure("How many contacts say what it needs. The others are in neither part of it."))
  coverage!: CoverageType;
}
