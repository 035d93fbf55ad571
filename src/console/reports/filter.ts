import { useMemo } from "react";
import type { graphql } from "../api/graphql.ts";
import { attributesAskedIn, eventsIn, listOf } from "../builder/asked.ts";
import { isDateText, lastDays, midnightOf } from "../parts/days.ts";
import { usePlace } from "../shell/router.ts";

type Input<Name extends string> = Name extends keyof Inputs ? Inputs[Name] : never;
interface Inputs {
  Period: ReturnType<typeof graphql.scalar<"PeriodInput">>;
  Audience: ReturnType<typeof graphql.scalar<"AudienceInput">>;
}

export interface ReportFilter {
  period: Input<"Period">;
  audience: Input<"Audience"> | null;
  /** Call reasons, where the report is about some calls only. */
  reasons: string[] | null;
}

export const PERIODS = ["1", "7", "14", "30", "60", "90", "365"] as const;
export const DEFAULT_PERIOD = "60";
const MAX_DAYS = 7_300;

/** The filter of every report, as the address holds it; without a period, the last `days`. */
export function useReportFilter(days = DEFAULT_PERIOD): ReportFilter {
  const { search } = usePlace();
  const text = search.toString();
  // A page that is open over midnight uses the new day.
  const today = new Date().toDateString();
  return useMemo(() => filterOf(search, { days, now: new Date() }), [text, days, today]);
}

/** The same address on the same day gives the same period, so that the query is sent once. */
function filterOf(search: URLSearchParams, { days = DEFAULT_PERIOD, now }: { days?: string; now: Date }): ReportFilter {
  return { period: periodOf(search, days, now), audience: audienceOf(search), reasons: listOf(search, "reasons") };
}

/** The parameters of the address that apply to every report. */
const SHARED = ["last", "from", "to", "segments", "regions", "products", "who", "vvip", "did", "didNot", "whose"];

/** The address of a report with further parameters, and with the period and the audience of this one. */
export function reportAddress(search: URLSearchParams, name: string, more = ""): string {
  const kept = new URLSearchParams([...search].filter(([parameter]) => SHARED.includes(parameter)));
  for (const [parameter, value] of new URLSearchParams(more)) kept.set(parameter, value);
  const query = kept.toString();
  return `/reports/${name}${query && `?${query}`}`;
}

function periodOf(search: URLSearchParams, fallback: string, now: Date): ReportFilter["period"] {
  const [from, to] = [search.get("from"), search.get("to")];
  if (isDateText(from) && isDateText(to)) return { from: midnightOf(from, 0), to: midnightOf(to, 1) };
  const asked = Number(search.get("last"));
  const days = asked >= 1 && asked <= MAX_DAYS ? Math.floor(asked) : Number(fallback);
  return lastDays(days, now);
}

function audienceOf(search: URLSearchParams): ReportFilter["audience"] {
  const who = search.get("who");
  const audience = {
    segments: listOf(search, "segments"),
    regions: listOf(search, "regions"),
    products: listOf(search, "products"),
    isAnonymous: who === null ? null : who === "anonymous",
    vvip: search.get("vvip") ? true : null,
    did: eventsIn(search, "did"),
    didNot: eventsIn(search, "didNot"),
    attributes: attributesAskedIn(search, "whose"),
  };
  return Object.values(audience).some((value) => value !== null) ? audience : null;
}
