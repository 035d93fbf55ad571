import { Prisma } from "./generated/client.ts";

/** A statement with bound values; composes by nesting. The only way SQL is written here. */
export const sql = Prisma.sql;
/** Joins fragments: `join([a, b], " and ")`. */
export const join = Prisma.join;
export type Sql = ReturnType<typeof Prisma.sql>;
/** A part of a statement that is made of what we declare: names of columns, never a value that came from outside. */
export const declaredSql = (text: string): Sql => Prisma.raw(text);
