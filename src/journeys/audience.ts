import type { AttributeFilter } from "../facts/attributes.ts";
import { AppError } from "../kit/errors.ts";
import {
  type AttributeFilterPlan,
  attributeFilterOf,
  compileAttributeFilter,
  listsWithAny,
} from "./attribute-filter.ts";
import { IS_ANONYMOUS, IS_NAMED, IS_NOBODY, IS_VVIP, type Partition } from "./columns.ts";
import type { Dictionaries } from "./dictionary.ts";
import type { Journey } from "./fold.ts";
import { type Matcher, type MatcherPlan, matcherPlanOf } from "./matcher.ts";
import { compileSeek, firstSince } from "./seek.ts";
import { isMeantBy, type Meant, meant, meantWhere } from "./tables.ts";

/** Which customers count at all, as clients say it; fields are ANDed. */
export interface Audience {
  segments?: readonly string[] | null;
  regions?: readonly string[] | null;
  products?: readonly string[] | null;
  isAnonymous?: boolean | null;
  vvip?: boolean | null;
  attributes?: readonly AttributeFilter[] | null;
  did?: Matcher | null;
  didNot?: Matcher | null;
}

/** Half-open: from `from` on, and before `to`. */
interface Period {
  from: Date;
  to: Date;
}

/** The same in milliseconds. */
interface Window {
  from: number;
  to: number;
}

/** An audience in numbers. Without one everybody counts, records that nothing identifies included. */
export type AudiencePlan = {
  /** By a customer's flags. */
  flags: Meant;
  segments: Meant | null;
  regions: Meant | null;
  products: Meant | null;
  attributes: readonly AttributeFilterPlan[];
  did: MatcherPlan | null;
  didNot: MatcherPlan | null;
  from: number;
  to: number;
} | null;

const FLAGS = 32;

export function audiencePlanOf(
  dictionary: Dictionaries,
  audience: Audience | null | undefined,
  { from, to }: Period,
): AudiencePlan {
  if (!audience || Object.values(audience).every((value) => value == null)) return null;
  const { texts } = dictionary;
  const { segments, regions, products, did, didNot } = audience;
  const scope = { dictionary, until: to.getTime() };
  const ofTexts = (list: readonly string[]) =>
    meant(
      texts.size,
      list.map((text) => texts.find(text)),
    );
  return {
    flags: meantWhere(FLAGS, (flags) => areMeant(flags, audience)),
    segments: listed("segments", segments, ofTexts),
    regions: listed("regions", regions, ofTexts),
    products: listed("products", products, (list) => listsWithAny(dictionary, new Set(list))),
    attributes: (audience.attributes ?? []).map((filter) => ofCustomers(attributeFilterOf(dictionary, filter))),
    did: did ? matcherPlanOf(scope, did) : null,
    didNot: didNot ? matcherPlanOf(scope, didNot) : null,
    from: from.getTime(),
    to: to.getTime(),
  };
}

function ofCustomers(plan: AttributeFilterPlan): AttributeFilterPlan {
  const { of, name } = plan.attribute;
  if (of === "CUSTOMER") return plan;
  throw new AppError("BAD_INPUT", `\`${name}\` is said of legs: of an audience, name it in \`did\` or \`didNot\`.`, [
    "audience",
    "attributes",
  ]);
}

/** What nothing identifies belongs to no audience. */
function areMeant(flags: number, { isAnonymous, vvip }: Audience): boolean {
  if (flags & IS_NOBODY) return false;
  if (isAnonymous != null && !(flags & (isAnonymous ? IS_ANONYMOUS : IS_NAMED))) return false;
  return vvip == null || Boolean(flags & IS_VVIP) === vvip;
}

function listed(
  field: string,
  list: readonly string[] | null | undefined,
  of: (list: readonly string[]) => Meant,
): Meant | null {
  if (list == null) return null;
  if (list.length > 0) return of(list);
  throw new AppError("BAD_INPUT", `An empty \`${field}\` matches nobody: leave it out, or name at least one.`);
}

/** Whether a journey is of a customer of the audience. What somebody did is looked for in the report's period. */
export type IsOf = (journey: Journey) => boolean;

export function compileAudience(partition: Partition, plan: AudiencePlan): IsOf {
  if (!plan) return () => true;
  const { customers } = partition;
  const { flags, segments, regions, products } = plan;
  const filters = plan.attributes.map((filter) => compileAttributeFilter(partition, filter));
  const did = plan.did && happened(partition, plan.did, plan);
  const didNot = plan.didNot && happened(partition, plan.didNot, plan);
  return (journey) => {
    const { customer } = journey;
    if (!flags[customers.flags[customer]!]) return false;
    if (segments && !isMeantBy(segments, customers.segment[customer]!)) return false;
    if (regions && !isMeantBy(regions, customers.region[customer]!)) return false;
    if (products && !isMeantBy(products, customers.products[customer]!)) return false;
    for (const { isMeantAt } of filters) if (!isMeantAt(customer)) return false;
    return (!did || did(journey)) && !didNot?.(journey);
  };
}

/** Whether a journey has such an event in the period. */
export function happened(partition: Partition, matcher: MatcherPlan, { from, to }: Window): IsOf {
  const { at } = partition.events;
  const seek = compileSeek(partition, matcher);
  return (journey) => {
    const end = firstSince(at, to, journey);
    return seek(firstSince(at, from, journey), end, journey) < end;
  };
}
