import { CHANNELS, OUTCOMES } from "../../fields/choices.ts";
import type { INTERACTION } from "../../fields/interaction.ts";
import type { FilterOf } from "../../fields/value.ts";
import type { InteractionFilter } from "../../interactions/interaction.type.ts";
import type { Dictionaries } from "../../journeys/dictionary.ts";
import { isMeantBy, type Meant, meant, meantWhere } from "../../journeys/tables.ts";
import type { Dimension } from "../filter.type.ts";
import type { Legs } from "./leg.ts";

/** What only touchpoints have. */
export const NOT_OF_LEGS: readonly Dimension[] = ["PAGE", "SECTION", "SEARCH_TERM"];

/** Which legs count, in numbers. */
export interface LegFilterPlan {
  from: number;
  to: number;
  isResolved: number | null;
  lists: readonly { column: Column; meant: Meant }[];
}

type Column = "source" | "channel" | "outcome" | "agentId" | "department" | "team" | "callReason" | "callCentreId";

/** The column of each list. */
const COLUMNS = {
  sources: "source",
  channels: "channel",
  outcomes: "outcome",
  agentIds: "agentId",
  departments: "department",
  teams: "team",
  callReasons: "callReason",
  callCentreIds: "callCentreId",
} as const satisfies Record<keyof FilterOf<typeof INTERACTION>, Column>;

export function legFilterOf(dictionary: Dictionaries, filter: InteractionFilter | null | undefined): LegFilterPlan {
  const { period, isResolved } = filter ?? {};
  const lists = Object.entries(COLUMNS).flatMap(([name, column]) => {
    const list = filter?.[name as keyof typeof COLUMNS];
    return list == null ? [] : [{ column, meant: meantIn(dictionary, column, list) }];
  });
  return {
    from: period?.from.getTime() ?? Number.NEGATIVE_INFINITY,
    to: period?.to.getTime() ?? Number.POSITIVE_INFINITY,
    isResolved: isResolved == null ? null : Number(isResolved),
    lists,
  };
}

function meantIn({ texts, sources }: Dictionaries, column: Column, list: readonly string[]): Meant {
  switch (column) {
    case "channel":
      return meantWhere(CHANNELS.length, (code) => list.includes(CHANNELS[code]!));
    case "outcome":
      return meantWhere(OUTCOMES.length, (code) => list.includes(OUTCOMES[code]!));
    case "source":
      return meant(
        sources.size,
        list.map((name) => sources.find(name)),
      );
    default:
      return meant(
        texts.size,
        list.map((text) => texts.find(text)),
      );
  }
}

/** Whether the filter means a leg. */
export function compileLegFilter(legs: Legs, { from, to, isResolved, lists }: LegFilterPlan): (row: number) => boolean {
  const tests = lists.map(({ column, meant: table }) => ({ column: legs[column], table }));
  return (row) => {
    if (legs.at[row]! < from || legs.at[row]! >= to) return false;
    if (isResolved !== null && legs.isResolved[row] !== isResolved) return false;
    for (const { column, table } of tests) if (!isMeantBy(table, column[row]!)) return false;
    return true;
  };
}
