import type { KpiInput } from "./contact-centre-kpis.type.ts";
import { coverageOf } from "./coverage.ts";
import type { KpiGroupValueType, KpiRowType } from "./kpi-row.type.ts";
import { resolutionsOf, serviceLevelsOf } from "./methods.ts";
import { ratiosOf } from "./ratios.ts";
import type { KpiTotals } from "./totals.ts";

/** What rows are grouped by, in order. */
function groupedBy({ groupBy, groupByCarried }: KpiInput): Omit<KpiGroupValueType, "value">[] {
  return [
    ...groupBy.map((dimension) => ({ dimension, allocation: null })),
    ...(groupByCarried ?? []).map(({ dimension, allocation }) => ({ dimension, allocation })),
  ];
}

/** The values of a row: those of dimensions, then those of attributes. */
function valuesOfRow({ groups }: KpiTotals, input: KpiInput): Pick<KpiRowType, "group" | "attributes"> {
  const dimensions = groupedBy(input);
  const attributes = input.groupByAttributes ?? [];
  return {
    group: dimensions.map((group, i) => ({ ...group, value: groups[i] ?? null })),
    attributes: attributes.map(({ attribute }, i) => ({ attribute, value: groups[dimensions.length + i] ?? null })),
  };
}

/** The figures of one row: every one is a division of two totals. */
export function figuresOf(t: KpiTotals, input: KpiInput): KpiRowType {
  return {
    ...valuesOfRow(t, input),
    facet: t.facet,
    bucketStart: t.bucketStart,
    contacts: t.contacts,
    legs: t.legs,
    calls: t.calls,
    queued: t.queued,
    handled: t.handled,
    abandoned: t.abandoned,
    shortAbandoned: t.shortAbandoned,
    ...ratiosOf(t),
    maxQueueSeconds: t.waitKnown === 0 ? null : t.maxQueueSeconds,
    serviceLevels: serviceLevelsOf(t, input),
    firstContactResolution: resolutionsOf(t, input),
    csat: t.csat,
    costPerContact: t.costPerContact,
    coverage: coverageOf(t),
  };
}
