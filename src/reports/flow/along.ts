import { type AttributeGroup, attributeValuesPlanOf } from "../../journeys/attribute-values.ts";
import { dimensionPlanOf } from "../../journeys/dimension.ts";
import type { MatcherScope } from "../../journeys/matcher.ts";
import { singlePlanOf, type ValuesPlan } from "../../journeys/values.ts";
import { AppError } from "../../kit/errors.ts";
import type { CarriedInput } from "../along.type.ts";
import type { Dimension } from "../filter.type.ts";

/** What the nodes of a place are told apart by, as clients say it, and where. */
export interface FlowAlong {
  dimension: Dimension;
  carried?: CarriedInput | null;
  attribute?: AttributeGroup | null;
  /** The fields that say it. */
  names: { carried: string; attribute: string };
}

/** The one of them that counts. */
export const flowAlongOf = ({ dimension, carried, attribute }: FlowAlong) => attribute ?? carried ?? dimension;

/** The same in numbers: a node has room for one value of an event. */
export function flowValuesOf(scope: MatcherScope, along: FlowAlong): ValuesPlan {
  const { dimension, carried, attribute, names } = along;
  if (!attribute) {
    return carried ? singlePlanOf(scope, carried, names.carried) : dimensionPlanOf(scope.dictionary, dimension);
  }
  if (carried)
    throw refusal(names.carried, `Name \`${names.carried}\` or \`${names.attribute}\`: leave the other out.`);
  const plan = attributeValuesPlanOf(scope.dictionary, attribute);
  if (!plan.lists) return plan;
  throw refusal(
    names.attribute,
    `\`${attribute.attribute}\` is a list of texts, and a node has one value: name another.`,
  );
}

const refusal = (field: string, message: string) => new AppError("BAD_INPUT", message, [field]);
