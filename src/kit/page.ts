import { AppError } from "./errors.ts";

// Paging by keyset: a cursor holds the place of a row in the list's order, so that every page costs the same.

/** Rows of a page without `first` or `last`. */
export const DEFAULT_PAGE = 20;
/** The most rows of a page. */
export const MAX_PAGE = 100;
/** A larger total is not counted: it is null. */
export const MAX_TOTAL = 10_000;

export interface PageRequest {
  first?: number | null;
  after?: string | null;
  last?: number | null;
  before?: string | null;
}

/** The place of a row in its list: the values that order the list. Instants are milliseconds. */
export type Place = readonly (string | number)[];
/** A check for each value of a place, since a cursor comes from outside. */
export type PlaceShape = readonly ((value: unknown) => boolean)[];

/** A page as a statement reads it. */
export interface Page {
  limit: number;
  /** The page is read from the end of the list; `connectionOf` turns its rows round again. */
  isBackward: boolean;
  after: Place | null;
  before: Place | null;
}

/** The page that was asked for, of at most so many rows, or BAD_INPUT with the remedy. */
export function pageOf({ first, after, last, before }: PageRequest, shape: PlaceShape, most = MAX_PAGE): Page {
  if (first != null && last != null) throw new AppError("BAD_INPUT", "Send `first` or `last`, not both.", ["last"]);
  return {
    limit: sizeOf("first", first, most) ?? sizeOf("last", last, most) ?? DEFAULT_PAGE,
    isBackward: last != null,
    after: placeIn("after", after, shape),
    before: placeIn("before", before, shape),
  };
}

function sizeOf(name: string, size: number | null | undefined, most: number): number | null {
  if (size == null) return null;
  if (Number.isInteger(size) && size >= 1 && size <= most) return size;
  throw new AppError("BAD_INPUT", `Send \`${name}\` between 1 and ${most}.`, [name]);
}

function placeIn(name: string, cursor: string | null | undefined, shape: PlaceShape): Place | null {
  if (cursor == null) return null;
  const place = decode(cursor);
  if (Array.isArray(place) && place.length === shape.length && shape.every((fits, i) => fits(place[i]))) return place;
  throw new AppError(
    "BAD_INPUT",
    `\`${name}\` is no cursor of this list: pass one as the list gave it, or ask from its beginning.`,
    [name],
  );
}

function decode(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    return null;
  }
}

/** A place as an opaque text. */
export function cursorOf(place: Place): string {
  return Buffer.from(JSON.stringify(place), "utf8").toString("base64url");
}

const FIRST_INSTANT = Date.parse("0001-01-01T00:00:00Z");
const LAST_INSTANT = Date.UTC(9999, 11, 31);
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MAX_INT = 2_147_483_647;

/** Milliseconds of an instant that the database can hold. */
export function isInstant(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= FIRST_INSTANT && Number(value) <= LAST_INSTANT;
}

export function isId(value: unknown): value is string {
  return typeof value === "string" && UUID.test(value);
}

export function isInt(value: unknown): boolean {
  return Number.isInteger(value) && Math.abs(Number(value)) <= MAX_INT;
}

export function isOneOf(values: readonly string[]): (value: unknown) => boolean {
  return (value) => typeof value === "string" && values.includes(value);
}

/** A page of a list. A function is only called when its field is selected. */
export interface Connection<Row> {
  nodes: Row[];
  edges(): { cursor: string; node: Row }[];
  pageInfo(): PageInfo;
  totalCount(): Promise<number | null>;
}

interface PageInfo {
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  startCursor: string | null;
  endCursor: string | null;
}

export interface FoundRows<Row> {
  /** In the order in which they were read, one more than the page's limit where there are more. */
  rows: readonly Row[];
  placeOf(row: Row): Place;
  /** Counts up to one more than MAX_TOTAL. */
  count(): Promise<number>;
}

/** The connection of a page, from its rows. */
export function connectionOf<Row>(page: Page, { rows, placeOf, count }: FoundRows<Row>): Connection<Row> {
  const hasMore = rows.length > page.limit;
  const nodes = rows.slice(0, page.limit);
  if (page.isBackward) nodes.reverse();
  const cursorAt = (row: Row | undefined) => (row === undefined ? null : cursorOf(placeOf(row)));
  return {
    nodes,
    edges: () => nodes.map((node) => ({ cursor: cursorOf(placeOf(node)), node })),
    pageInfo: () => ({
      // The row of the cursor lies just outside the page, so there is a page on that side.
      hasNextPage: page.isBackward ? page.before !== null : hasMore,
      hasPreviousPage: page.isBackward ? hasMore : page.after !== null,
      startCursor: cursorAt(nodes[0]),
      endCursor: cursorAt(nodes.at(-1)),
    }),
    async totalCount() {
      const total = await count();
      return total > MAX_TOTAL ? null : total;
    },
  };
}
