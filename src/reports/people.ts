import type { Behind, BehindPage, BehindPlan } from "../journeys/behind.ts";
import type { Fold } from "../journeys/fold.ts";
import type { Version } from "../journeys/journeys.ts";
import { AppError } from "../kit/errors.ts";
import { cursorOf, isId, MAX_PAGE, pageOf } from "../kit/page.ts";
import type { KnownReport } from "./known.type.ts";
import type { PeoplePageArgs, PeopleReportType } from "./people.type.ts";

/** The most customers of a page without their profiles: ids and shares alone are short. */
export const MAX_PEOPLE = 10_000;

/** One cell of a report: who counts in it is found by the fold that counts it. */
export interface CellOf<Plan, Cell> {
  // biome-ignore lint/suspicious/noExplicitAny: what it adds up is its own.
  behind: Fold<BehindPlan<Plan, Cell>, any, Behind>;
  plan: Plan;
  cell: Cell;
}

/** What is asked of the customers: a page, with the profile of each or their ids alone. */
export interface PeoplePage extends PeoplePageArgs {
  withProfiles?: boolean;
}

/** The page that was asked for. */
export function behindPageOf({ first, after, withProfiles = false }: PeoplePage): BehindPage {
  const page = pageOf({ first, after }, [isId], withProfiles ? MAX_PAGE : MAX_PEOPLE);
  return { first: page.limit, after: page.after === null ? null : String(page.after[0]) };
}

/** The customers behind a cell. */
export async function findBehind<Plan, Cell>(
  version: Version,
  { behind, plan, cell }: CellOf<Plan, Cell>,
  page: BehindPage,
): Promise<Omit<PeopleReportType, keyof KnownReport>> {
  const { customers, identified, figure, page: found } = await version.fold(behind, { plan, cell, ...page });
  const nodes = found.slice(0, page.first);
  const cursorAt = (place: number) => {
    const node = nodes.at(place);
    return node ? cursorOf([node.customerId]) : null;
  };
  return {
    customers,
    identified,
    figure,
    nodes,
    pageInfo: {
      hasNextPage: found.length > page.first,
      hasPreviousPage: page.after !== null,
      startCursor: cursorAt(0),
      endCursor: cursorAt(-1),
    },
  };
}

/** Refuses a cell that the report does not have, and names those that it has. */
export function noSuchCell(what: string, asked: string | null, known: readonly (string | null)[]): AppError {
  const some = known.slice(0, MOST_NAMED).map((name) => (name === null ? "null" : `"${name}"`));
  const rest = known.length > some.length ? ` and ${known.length - some.length} more` : "";
  const list = some.length === 0 ? "it has none" : `it has ${some.join(", ")}${rest}`;
  return new AppError("BAD_INPUT", `The report has no ${what} ${asked === null ? "null" : `"${asked}"`}: ${list}.`, [
    "cell",
  ]);
}

/** Names of a sentence that is still read. */
const MOST_NAMED = 20;

/** Refuses a cell that is none of the report's, or several. */
export function wrongCell(remedy: string): AppError {
  return new AppError("BAD_INPUT", remedy, ["cell"]);
}
