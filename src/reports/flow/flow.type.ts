import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { AttributeGroupInput } from "../../facts/attribute.type.ts";
import { SESSION_TIMEOUT_MINUTES } from "../../facts/sessions.ts";
import { PeriodInput } from "../../facts/values.type.ts";
import type { Container } from "../../journeys/container.ts";
import { enumOf } from "../../kit/enum.ts";
import { CarriedInput } from "../along.type.ts";
import { ContainerEnum } from "../container.type.ts";
import { AudienceInput, type Dimension, DimensionEnum, MatcherInput } from "../filter.type.ts";
import { KnownInput, KnownReport } from "../known.type.ts";

const FLOW_POSITIONS = ["STARTS_WITH", "CONTAINS", "ENDS_WITH"] as const;
export type FlowPosition = (typeof FLOW_POSITIONS)[number];
const FlowPositionEnum = enumOf(FLOW_POSITIONS);
registerEnumType(FlowPositionEnum, {
  name: "FlowPosition",
  description: "Where the anchor stands in the flow.",
  valuesConfig: {
    STARTS_WITH: { description: "At its start: only what came after is shown, whatever `stepsBefore` says." },
    CONTAINS: { description: "In its middle: what came before and after." },
    ENDS_WITH: { description: "At its end: only what came before is shown, whatever `stepsAfter` says." },
  },
});

const COUNT_BYS = ["OCCURRENCE", "SESSION", "CUSTOMER"] as const;
export type CountBy = (typeof COUNT_BYS)[number];
const CountByEnum = enumOf(COUNT_BYS);
registerEnumType(CountByEnum, {
  name: "CountBy",
  description:
    "What a path is counted for. Whatever it is, each has one path, so that every node is conserved. The calls of a contact are one occurrence, at the first that the anchor means.",
  valuesConfig: {
    OCCURRENCE: { description: "Every occurrence of the anchor." },
    SESSION: {
      description: "Every session with the anchor, by its first occurrence, or its last if LAST is asked for.",
    },
    CUSTOMER: { description: "Every identified customer with the anchor, by their first occurrence, or their last." },
  },
});

const OCCURRENCES = ["ALL", "FIRST", "LAST"] as const;
export type Occurrence = (typeof OCCURRENCES)[number];
const OccurrenceEnum = enumOf(OCCURRENCES);
registerEnumType(OccurrenceEnum, {
  name: "Occurrence",
  description: "Which occurrences of the anchor within the period and one container are followed.",
});

const FLOW_NODE_KINDS = ["ITEM", "ENTRY", "EXIT", "OTHER", "NONE"] as const;
export type FlowNodeKind = (typeof FLOW_NODE_KINDS)[number];
const FlowNodeKindEnum = enumOf(FLOW_NODE_KINDS);
registerEnumType(FlowNodeKindEnum, {
  name: "FlowNodeKind",
  description: "What a node of a flow stands for.",
  valuesConfig: {
    ITEM: { description: "One value of the step's dimension." },
    ENTRY: { description: "Nothing came before within the container." },
    EXIT: { description: "Nothing came after within the container." },
    OTHER: { description: "All values of the step that are not among the most frequent." },
    NONE: { description: "Anchors without a value of their dimension." },
  },
});

@InputType({ description: "The event that a flow is drawn around." })
export class FlowAnchorInput {
  @Field(() => MatcherInput, { description: "Which events it is." })
  matcher!: MatcherInput;

  @Field(() => DimensionEnum, { defaultValue: "CALL_REASON", description: "What its nodes are told apart by." })
  dimension: Dimension = "CALL_REASON";

  @Field(() => CarriedInput, {
    nullable: true,
    description: "A value that anchors carry, in place of `dimension`; not ALL.",
  })
  carried?: CarriedInput | null;

  @Field(() => AttributeGroupInput, {
    nullable: true,
    description: "What is said of legs or their customers, in place of `dimension`; no list of texts.",
  })
  attribute?: AttributeGroupInput | null;

  @Field(() => FlowPositionEnum, { defaultValue: "CONTAINS", description: "Where it stands in the flow." })
  position: FlowPosition = "CONTAINS";
}

@InputType({ description: "What customers did just before and after something." })
export class FlowInput extends KnownInput {
  @Field(() => PeriodInput, { description: "When the anchor happened; the steps around it may lie outside." })
  period!: PeriodInput;

  @Field(() => FlowAnchorInput, { description: "What the flow is drawn around." })
  anchor!: FlowAnchorInput;

  @Field(() => Int, { defaultValue: 2, description: "Steps back from the anchor, 0 to 5." })
  stepsBefore: number = 2;

  @Field(() => Int, { defaultValue: 1, description: "Steps on from the anchor, 0 to 5." })
  stepsAfter: number = 1;

  @Field(() => DimensionEnum, {
    defaultValue: "PAGE",
    description: "What the steps before show. Events without a value of it are no steps.",
  })
  dimensionBefore: Dimension = "PAGE";

  @Field(() => CarriedInput, {
    nullable: true,
    description: "A value that events carry, in place of `dimensionBefore`; not ALL.",
  })
  carriedBefore?: CarriedInput | null;

  @Field(() => AttributeGroupInput, {
    nullable: true,
    description:
      "What is said of legs or their customers, in place of `dimensionBefore`; no list of texts. Events of which it is not said are no steps.",
  })
  attributeBefore?: AttributeGroupInput | null;

  @Field(() => DimensionEnum, {
    defaultValue: "CALL_REASON",
    description: "What the steps after show. Events without a value of it are no steps.",
  })
  dimensionAfter: Dimension = "CALL_REASON";

  @Field(() => CarriedInput, {
    nullable: true,
    description: "A value that events carry, in place of `dimensionAfter`; not ALL. None is carried after the period.",
  })
  carriedAfter?: CarriedInput | null;

  @Field(() => AttributeGroupInput, {
    nullable: true,
    description:
      "What is said of legs or their customers, in place of `dimensionAfter`; no list of texts. Events of which it is not said are no steps.",
  })
  attributeAfter?: AttributeGroupInput | null;

  @Field(() => Int, { defaultValue: 5, description: "Most frequent values of a step to show, 1 to 10." })
  itemsPerStep: number = 5;

  @Field(() => MatcherInput, { nullable: true, description: "Events that are no steps; the rest close up." })
  exclude?: MatcherInput | null;

  @Field(() => ContainerEnum, { defaultValue: "SESSION", description: "How far steps may reach." })
  container: Container = "SESSION";

  @Field(() => Int, { defaultValue: SESSION_TIMEOUT_MINUTES, description: "The longest pause within a session." })
  sessionTimeoutMinutes: number = SESSION_TIMEOUT_MINUTES;

  @Field(() => CountByEnum, { defaultValue: "OCCURRENCE", description: "What a path is counted for." })
  countBy: CountBy = "OCCURRENCE";

  @Field(() => Boolean, {
    defaultValue: false,
    description:
      "Shows a value that follows itself as two steps. Otherwise steps in a row with one value of one dimension count once, the anchor's included.",
  })
  includeRepeats: boolean = false;

  @Field(() => OccurrenceEnum, {
    defaultValue: "ALL",
    description: "Which of several anchors in one container are followed.",
  })
  occurrence: Occurrence = "ALL";

  @Field(() => AudienceInput, { nullable: true, description: "Who counts at all." })
  audience?: AudienceInput | null;
}

@ObjectType("FlowNode", {
  simpleResolvers: true,
  description: "One value at one step, and how many paths go through it.",
})
export class FlowNodeType {
  @Field(() => ID, { description: "Its name in the links of this report." })
  id!: string;

  @Field(() => Int, { description: "0 is the anchor, -1 the step before it, 1 the one after." })
  step!: number;

  @Field(() => FlowNodeKindEnum, { description: "What it stands for." })
  kind!: FlowNodeKind;

  @Field(() => String, { nullable: true, description: "The value; null unless the kind is ITEM." })
  item!: string | null;

  @Field(() => Int, { description: "Paths through it." })
  count!: number;

  @Field(() => Int, { description: "Identified customers among them, each once." })
  customers!: number;

  @Field(() => Float, { nullable: true, description: "Its paths as a share of all." })
  shareOfAnchor!: number | null;
}

@ObjectType("FlowLink", { simpleResolvers: true, description: "Paths from a node to one of the next step." })
export class FlowLinkType {
  @Field(() => ID, { description: "The earlier node." })
  sourceNodeId!: string;

  @Field(() => ID, { description: "The later node." })
  targetNodeId!: string;

  @Field(() => Int, {
    description: "Paths. All into a node, and all out of it, add up to its count, save at the ends of the flow.",
  })
  count!: number;
}

@ObjectType("FlowReport", {
  simpleResolvers: true,
  description: "A Sankey diagram in exact numbers; empty without anchors.",
})
export class FlowReportType extends KnownReport {
  @Field(() => [FlowNodeType], { description: "By step, the most frequent first; what is no single value comes last." })
  nodes!: FlowNodeType[];

  @Field(() => [FlowLinkType], { description: "From each step to the next, the strongest first." })
  links!: FlowLinkType[];
}
