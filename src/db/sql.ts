import { Prisma } from "./generated/client.ts";

/** A statement with bound values; composes by nesting. The only way SQL is written here. */
export const sql = Prisma.sql;
/** Joins fragments: `join([a, b], " and ")`. */
export const join = Prisma.join;
export const empty = Prisma.empty;
/** The name of a column that each part of a statement has, such as `start_2`. The name is ours, never a caller's. */
export const numbered = (name: string, number: number): Sql => Prisma.raw(`${name}_${Math.trunc(number)}`);
export type Sql = ReturnType<typeof Prisma.sql>;
