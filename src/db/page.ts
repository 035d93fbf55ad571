import type { Page, Place } from "../kit/page.ts";

type Than = "lt" | "lte" | "gt" | "gte" | "equals";
/** A column that a list is ordered by: how Prisma Client compares it with its value of a place. */
export type Compare = (value: string | number, than: Than) => object;

export const compareInstant: Compare = (value, than) => ({ [than]: new Date(value) });
export const compareText: Compare = (value, than) => ({ [than]: value });
/** Prisma compares no enums: greater words are those behind, in the order of the type. */
export const compareWord =
  (words: readonly string[]): Compare =>
  (value, than) => {
    const place = words.indexOf(String(value));
    if (than === "equals") return { equals: value };
    return { in: than.startsWith("lt") ? words.slice(0, place) : words.slice(place + 1) };
  };

/** A page, and one row more, of a list that is ordered by these columns, greatest first: what Prisma Client asks. */
export function pageIn(columns: Readonly<Record<string, Compare>>, { after, before, isBackward, limit }: Page) {
  const direction = isBackward ? ("asc" as const) : ("desc" as const);
  const bounds = [...(after ? [beyond(columns, after, "lt")] : []), ...(before ? [beyond(columns, before, "gt")] : [])];
  return {
    where: { AND: bounds },
    orderBy: Object.keys(columns).map((name) => ({ [name]: direction })),
    take: limit + 1,
  };
}

/** Less, or greater, by one column, and equal by those before it. The first bounds what an index reads. */
function beyond(columns: Readonly<Record<string, Compare>>, place: Place, than: "lt" | "gt"): object {
  const compared = Object.entries(columns).map(([name, compare], i) => ({
    name,
    to: (how: Than) => compare(place[i]!, how),
  }));
  const [first] = compared;
  return {
    [first!.name]: first!.to(`${than}e`),
    OR: compared.map((column, i) => ({
      ...Object.fromEntries(compared.slice(0, i).map((earlier) => [earlier.name, earlier.to("equals")])),
      [column.name]: column.to(than),
    })),
  };
}
