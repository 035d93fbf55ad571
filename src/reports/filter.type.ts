import { Field, InputType, Int, registerEnumType } from "type-graphql";
import { AttributeFilterInput } from "../facts/attribute.type.ts";
import { SESSION_TIMEOUT_MINUTES } from "../facts/sessions.ts";
import { type Stage, StageEnum } from "../facts/vocabulary.type.ts";
import { LEG } from "../fields/call.ts";
import type { Channel, Outcome, TouchpointKind } from "../fields/choices.ts";
import { ChannelEnum, OutcomeEnum, TouchpointKindEnum } from "../fields/choices.type.ts";
import { groupsOf } from "../fields/derive/groups.ts";
import type { Container } from "../journeys/container.ts";
import { enumOf } from "../kit/enum.ts";
import { ContainerEnum } from "./container.type.ts";
import { type SequenceKeep, SequenceKeepEnum } from "./sequence-keep.type.ts";

// What every report takes: a period, which events, which customers, and along what to count them.

/** Those that are a field of the leg, as its line says. */
export const GROUPS = groupsOf(LEG);

export const DIMENSIONS = [
  "PAGE",
  "SECTION",
  "SEARCH_TERM",
  "PROMPT",
  "INTENT",
  "CHANNEL",
  "SOURCE",
  "CAMPAIGN",
  "MEDIUM",
  "REFERRER",
  "LANDING_PAGE",
  "CALL_REASON",
  "SEGMENT",
  "DEVICE",
  "TRACKING_NUMBER",
  "STAGE",
  ...(Object.keys(GROUPS) as (keyof typeof GROUPS)[]),
] as const;
export type Dimension = (typeof DIMENSIONS)[number];
export const DimensionEnum = enumOf(DIMENSIONS);
registerEnumType(DimensionEnum, {
  name: "Dimension",
  description: "A property of an event to count along. An event without it has no value there.",
  valuesConfig: {
    PAGE: { description: "Name of a page view, else the path of its url." },
    SECTION: { description: "Section that was sent, else the first segment of the path." },
    SEARCH_TERM: { description: "What was searched for." },
    PROMPT: { description: "Name of an IVR prompt." },
    INTENT: { description: "Intent that a bot, the IVR or an agent recorded." },
    CAMPAIGN: { description: "Campaign that brought it; of a call that names none, that of the visit it came out of." },
    MEDIUM: { description: "Medium of the campaign." },
    REFERRER: { description: "Page of another site that it came from; of a call, that of its visit." },
    LANDING_PAGE: { description: "Page on which a visit arrived; of a call, that of its visit." },
    SEGMENT: { description: "The customer's segment today." },
    DEVICE: { description: "Device of the visit or leg." },
    TRACKING_NUMBER: { description: "Number of ours that was dialled, as it was sent with the call." },
    STAGE: { description: "EARLY, LEAD or POST_LEAD." },
  },
});

const MEASURES = ["COUNT", "COST", "REVENUE"] as const;
export type Measure = (typeof MEASURES)[number];
export const MeasureEnum = enumOf(MEASURES);
registerEnumType(MeasureEnum, {
  name: "Measure",
  description: "What a conversion is worth: 1, what it cost, or what it brought in.",
});

const DEDUP_SCOPES = ["EVENT", "SESSION", "UNIVERSAL_SESSION", "CUSTOMER"] as const;
export type DedupScope = (typeof DEDUP_SCOPES)[number];
const DedupScopeEnum = enumOf(DEDUP_SCOPES);
registerEnumType(DedupScopeEnum, {
  name: "DedupScope",
  description:
    "Within what an event counts once. Every record counts once whatever the scope; without any, so do the calls of one contact.",
  valuesConfig: {
    EVENT: { description: "Each record once, each leg of a call too." },
    UNIVERSAL_SESSION: {
      description:
        "Once a contact: what universalSessionId or another key ties together. An event without a key counts by itself.",
    },
  },
});

const KEEPS = ["FIRST", "LAST"] as const;
export type Keep = (typeof KEEPS)[number];
const KeepEnum = enumOf(KEEPS);
registerEnumType(KeepEnum, { name: "Keep", description: "Which of several events stays." });

@InputType({ description: "Counts several events as one: those of the period that fall within the same scope." })
export class DedupInput {
  @Field(() => DedupScopeEnum, { description: "Within what an event counts once." })
  scope!: DedupScope;

  @Field(() => KeepEnum, { defaultValue: "FIRST", description: "Which of them stays." })
  keep: Keep = "FIRST";
}

@InputType({
  description:
    "A step of a sequence. Times are measured between the events that take two steps; no event takes two. The first step takes nothing but `match`.",
})
export class SequenceStepInput {
  @Field(() => MatcherInput, { description: "An event that takes the step." })
  match!: MatcherInput;

  @Field(() => Int, { nullable: true, description: "The longest time since the step before in minutes, inclusive." })
  within?: number | null;

  @Field(() => Int, { nullable: true, description: "The shortest time since the step before in minutes, inclusive." })
  after?: number | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: "Only the very next event after the step before takes it; else any later one does.",
  })
  next: boolean = false;

  @Field(() => MatcherInput, { nullable: true, description: "No such event lies between it and the step before." })
  without?: MatcherInput | null;
}

@InputType({
  description:
    "Events one after the other, as any of them may follow: a container has the sequence if there is any way through its events. It is sought in all that happened before the end of the report's period, so that a closed period does not change. Equal times are in the total order of events.",
})
export class SequenceInput {
  @Field(() => [SequenceStepInput], { description: "What happens one after the other; 1 to 20 steps." })
  steps!: SequenceStepInput[];

  @Field(() => Int, {
    nullable: true,
    description: "The longest time from the first step to the last in minutes, inclusive.",
  })
  within?: number | null;

  @Field(() => SequenceKeepEnum, { defaultValue: "EVERYONE", description: "Which events are meant where it is found." })
  keep: SequenceKeep = "EVERYONE";

  @Field(() => ContainerEnum, {
    defaultValue: "CUSTOMER",
    description: "Within what it has to be found.",
  })
  container: Container = "CUSTOMER";

  @Field(() => Int, {
    defaultValue: SESSION_TIMEOUT_MINUTES,
    description: "The longest pause within a session in minutes.",
  })
  sessionTimeoutMinutes: number = SESSION_TIMEOUT_MINUTES;
}

@InputType({
  description: "One way to say “these events”. Fields are ANDed, the values of a list are ORed, `not` excludes.",
})
export class MatcherInput {
  @Field(() => [ChannelEnum], { nullable: true, description: "On one of these channels." })
  channels?: Channel[] | null;

  @Field(() => [TouchpointKindEnum], { nullable: true, description: "Of one of these kinds." })
  kinds?: TouchpointKind[] | null;

  @Field(() => [String], { nullable: true, description: "Sent by one of these systems." })
  sources?: string[] | null;

  @Field(() => [String], { nullable: true, description: "With one of these names: a page, a prompt, a call's reason." })
  names?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: "With a name of this form: `*` stands for any text, capitals do not matter: `/billing/*`.",
  })
  namePattern?: string | null;

  @Field(() => [String], { nullable: true, description: "In one of these sections." })
  sections?: string[] | null;

  @Field(() => [StageEnum], { nullable: true, description: "Before, at or after the customer's first form or call." })
  stages?: Stage[] | null;

  @Field(() => [String], { nullable: true, description: "Calls with one of these reasons." })
  callReasons?: string[] | null;

  @Field(() => [String], { nullable: true, description: "With one of these intents." })
  intents?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Handled by one of these agents." })
  agentIds?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Handled by one of these teams." })
  teams?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Of one of these campaigns." })
  campaigns?: string[] | null;

  @Field(() => [OutcomeEnum], { nullable: true, description: "That ended in one of these ways." })
  outcomes?: Outcome[] | null;

  @Field(() => [AttributeFilterInput], {
    nullable: true,
    description:
      "Of which, or of whose customer, this is said. What is said of legs is said of no touchpoint, save of those of a leg on the web or in an app, which is no event itself.",
  })
  attributes?: AttributeFilterInput[] | null;

  @Field(() => SequenceInput, {
    nullable: true,
    description: "Of customers, or sessions, that did one thing after the other: all events, or those before or after.",
  })
  sequence?: SequenceInput | null;

  @Field(() => MatcherInput, { nullable: true, description: "And that are not these." })
  not?: MatcherInput | null;
}

@InputType({
  description:
    "Which customers count at all; fields are ANDed. A record that nothing identifies belongs to no audience, so any field leaves it out.",
})
export class AudienceInput {
  @Field(() => [String], { nullable: true, description: "In one of these segments." })
  segments?: string[] | null;

  @Field(() => [String], { nullable: true, description: "In one of these regions." })
  regions?: string[] | null;

  @Field(() => [String], { nullable: true, description: "With one of these products." })
  products?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: "Known only by what they carry: a cookie, a phone." })
  isAnonymous?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: "True: stated to be a VVIP. False: everybody else." })
  vvip?: boolean | null;

  @Field(() => [AttributeFilterInput], { nullable: true, description: "Of whom this is said." })
  attributes?: AttributeFilterInput[] | null;

  @Field(() => MatcherInput, { nullable: true, description: "With such an event in the report's period." })
  did?: MatcherInput | null;

  @Field(() => MatcherInput, { nullable: true, description: "Without such an event in the report's period." })
  didNot?: MatcherInput | null;
}
