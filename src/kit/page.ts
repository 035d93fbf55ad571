import { AppError } from "./errors.ts";

// Paging by keyset: a cursor holds the place of a row in the list's order, so that every page costs the same.

/** Rows of a page when neither `first` nor `last` says. */
export const DEFAULT_PAGE = 20;
/** Rows of a page at most; one that nobody scrolls to the end of. */
export const MAX_PAGE = 100;
/** A total above this is not counted to the end: it is null. */
export const MAX_TOTAL = 10_000;

export interface PageRequest {
  first?: number | null;
  after?: string | null;
  last?: number | null;
  before?: string | null;
}

/** The place of a row in its list: the values that the list is ordered by. Instants are milliseconds. */
export type Place = readonly (string | number)[];
/** What each value of a place must look like, since a cursor comes from outside. */
export type PlaceShape = readonly ((value: unknown) => boolean)[];

/** A page as a statement reads it. */
export interface Page {
  limit: number;
  /** Read from the end of the list towards its start; the rows are turned round again by `connectionOf`. */
  isBackward: boolean;
  after: Place | null;
  before: Place | null;
}

/** What was asked for, or BAD_INPUT that says what to send instead. */
export function pageOf({ first, after, last, before }: PageRequest, shape: PlaceShape): Page {
  if (first != null && last != null) throw new AppError("BAD_INPUT", "Send `first` or `last`, not both.", ["last"]);
  return {
    limit: sizeOf("first", first) ?? sizeOf("last", last) ?? DEFAULT_PAGE,
    isBackward: last != null,
    after: placeIn("after", after, shape),
    before: placeIn("before", before, shape),
  };
}

function sizeOf(name: string, size: number | null | undefined): number | null {
  if (size == null) return null;
  if (Number.isInteger(size) && size >= 1 && size <= MAX_PAGE) return size;
  throw new AppError("BAD_INPUT", `Send \`${name}\` between 1 and ${MAX_PAGE}.`, [name]);
}

function placeIn(name: string, cursor: string | null | undefined, shape: PlaceShape): Place | null {
  if (cursor == null) return null;
  const place = decode(cursor);
  if (Array.isArray(place) && place.length === shape.length && shape.every((fits, i) => fits(place[i]))) return place;
  throw new AppError("BAD_INPUT", `\`${name}\` is no cursor of this list: pass one as the list gave it.`, [name]);
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

/** A page of a list. What is a function is only worked out when it is selected. */
export interface Connection<Row> {
  nodes: Row[];
  edges(): { cursor: string; node: Row }[];
  pageInfo(): PageInfo;
  totalCount(): Promise<number | null>;
}

export interface PageInfo {
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  startCursor: string | null;
  endCursor: string | null;
}

export interface Found<Row> {
  /** In the order they were read, one more than the page's limit where there is more. */
  rows: readonly Row[];
  placeOf(row: Row): Place;
  /** Counts up to one more than MAX_TOTAL. */
  count(): Promise<number>;
}

/** The page that the rows found make. */
export function connectionOf<Row>(page: Page, { rows, placeOf, count }: Found<Row>): Connection<Row> {
  const hasMore = rows.length > page.limit;
  const nodes = rows.slice(0, page.limit);
  if (page.isBackward) nodes.reverse();
  const cursorAt = (row: Row | undefined) => (row === undefined ? null : cursorOf(placeOf(row)));
  return {
    nodes,
    edges: () => nodes.map((node) => ({ cursor: cursorOf(placeOf(node)), node })),
    pageInfo: () => ({
      // The row that a cursor was taken from lies outside the page, on its other side.
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
