import { z } from "zod";

/**
 * What a row holds, declared once: `const Lease = row({ number: text, validTo: instant })` is its check, and
 * `RowOf<typeof Lease>` its type. A column that the statement lacks, or that nobody declared, is an error where the rows
 * are read. The kinds below are named by what PostgreSQL sends; each says what arrives in JavaScript.
 */
export const row = z.strictObject;
/** A row, or a document in one, of which only a part matters. */
export const loose = z.looseObject;

/** A declared row, or any other check of what a statement answers. */
export type Row<Value = unknown> = z.ZodType<Value>;
export type RowOf<Declared extends Row> = z.output<Declared>;

/** `text`, and whatever is cast to it. */
export const text = z.string();
/** `uuid`: PostgreSQL judged its form. */
export const uuid = z.string();
/** `integer`, and `bigint` while it fits a double: counts and ids of the dictionary. */
export const int = z.int();
/** `double precision`. */
export const float = z.number();
/** `numeric`, as its digits: a double would round money. */
export const decimal = z.string();
/** `boolean`. */
export const flag = z.boolean();
/** `timestamptz`. */
export const instant = z.date();
/** `timestamptz` where it may lie at either end of time. */
export const instantOrEnd = z.custom<Date | number>(
  (value) => value instanceof Date || isEndOfTime(value),
  "no instant",
);
/** `bytea`. */
export const bytes = z.custom<Buffer>((value) => Buffer.isBuffer(value), "no bytes");
/** An enum of PostgreSQL's: one of its words. */
export const word = z.enum;
/** An outer join that found nobody. */
export const nothing = z.null();
export const either = z.union;
/** `type[]`. */
export const list = z.array;

/** `jsonb` that we wrote ourselves, in a form that its writer's type describes: what is in it is not looked at. */
export const json = <Value>(): z.ZodType<Value> => z.custom<Value>((value) => value !== undefined, "no JSON");

const isEndOfTime = (value: unknown): boolean =>
  value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY;

/** An amount of a document of `jsonb`. */
export const money = row({ amount: decimal, currency: text });

/** The commonest rows of all. */
export const Id = row({ id: uuid });
export const Count = row({ count: int });

/** How many rows of an answer are checked: the first shows which columns there are, all show which may be null. */
export type RowCheck = "none" | "first" | "all";

/** The rows as declared, or an error that names the column: statement and declaration disagree. */
export function asDeclared<Value>(rows: readonly unknown[], declared: Row<Value>, check: RowCheck): Value[] {
  const looked = check === "all" ? rows : rows.slice(0, check === "first" ? 1 : 0);
  for (const row of looked) {
    const { error } = declared.safeParse(row);
    if (error) throw new Error(`A statement answers rows unlike those declared for it: ${faultsOf(error)}`);
  }
  return rows as Value[];
}

const faultsOf = ({ issues }: z.ZodError): string =>
  issues.map(({ path, message }) => [...path, message].join(": ")).join("; ");
