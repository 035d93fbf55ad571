import { useQuery } from "urql";
import { graphql } from "../api/graphql.ts";
import { useReportFilter } from "../reports/filter.ts";
import type { DimensionAsked } from "./inputs.ts";

const valuesQuery = graphql(`
  query Suggestions($input: ChannelPerformanceInput!) {
    channelPerformance(input: $input) { rows { value } }
  }
`);

/** The values that events of the report's period have, the most called about first; none until `isAsked`. */
export function useSuggestions(by: DimensionAsked | null, isAsked: boolean): string[] | null {
  const { period } = useReportFilter();
  const variables = { input: { by: by ?? "CHANNEL", period } };
  const [{ data }] = useQuery({ query: valuesQuery, variables, pause: !isAsked || by === null });
  if (!data || by === null) return null;
  return data.channelPerformance.rows.flatMap(({ value }) => value ?? []);
}

const attributeQuery = graphql(`
  query AttributeSuggestions($input: AggregateInput!) {
    aggregate(input: $input) { rows { group { value } } }
  }
`);

/** The values that most customers of the report's period have of an attribute; none of a number, which has ranges. */
export function useAttributeValues(attribute: string | null): string[] {
  const { period } = useReportFilter();
  const groupBy = [{ attribute: { attribute: attribute ?? "" } }];
  const variables = { input: { of: "CUSTOMERS" as const, period, groupBy, first: 20 } };
  const [{ data }] = useQuery({ query: attributeQuery, variables, pause: attribute === null });
  if (!data || attribute === null) return [];
  return data.aggregate.rows.flatMap(({ group: [group] }) => group?.value ?? []);
}

/** A value that is not among those that exist, and the one that was probably meant; null where all is well. */
export function doubtOf(value: string, known: readonly string[]): { nearest: string | null } | null {
  if (known.includes(value)) return null;
  const spelled = value.toLowerCase();
  const found = (holds: (candidate: string) => boolean) => known.find((one) => holds(one.toLowerCase()));
  const nearest =
    found((one) => one === spelled) ??
    found((one) => one.startsWith(spelled)) ??
    found((one) => one.includes(spelled) || spelled.includes(one));
  return { nearest: nearest ?? null };
}
