import { z } from "zod";

/** Sets of fields that have a parser of their own: a sender states the same ones again and again. */
const MOST_SETS = 64;

/**
 * Parses what records state by a schema made of those fields alone: a page view states six of thirty, and zod takes as long
 * for a field that is missing. Null where the whole schema has to judge: it says what is wrong.
 */
export function openStated<Shape extends z.ZodRawShape>({ shape }: z.ZodObject<Shape>) {
  type Parsed = z.output<z.ZodObject<Shape>>;
  const unsaid = unsaidOf(shape);
  const always = Object.keys(shape).filter((name) => !Object.hasOwn(unsaid, name));
  // With a place for every field: what is added to a copy later makes V8 copy it again, field by field.
  const blank = Object.fromEntries(Object.keys(shape).map((name) => [name, null]));
  const parsers = new Map<string, z.ZodType>();
  const parserOf = (names: readonly string[]) => {
    const set = names.join("\0");
    const known = parsers.get(set);
    if (known || parsers.size >= MOST_SETS || !names.every((name) => Object.hasOwn(shape, name))) return known;
    const made = z.strictObject(Object.fromEntries([...always, ...names].map((name) => [name, shape[name]!])));
    parsers.set(set, made);
    return made;
  };
  return (body: unknown): Parsed | null => {
    if (typeof body !== "object" || body === null) return null;
    const stated = statedIn(body as Readonly<Record<string, unknown>>, unsaid);
    const parsed = parserOf(Object.keys(stated))?.safeParse(stated);
    return parsed?.success ? ({ ...blank, ...(parsed.data as object) } as Parsed) : null;
  };
}

/** The fields that are null whether null was sent or nothing. */
function unsaidOf(shape: z.ZodRawShape): Readonly<Record<string, null>> {
  const isNull = (name: string, sent: null | undefined) => z.safeParse(shape[name]!, sent).data === null;
  const names = Object.keys(shape).filter((name) => isNull(name, null) && isNull(name, undefined));
  return Object.fromEntries(names.map((name) => [name, null]));
}

function statedIn(body: Readonly<Record<string, unknown>>, unsaid: Readonly<Record<string, null>>) {
  const stated: Record<string, unknown> = {};
  for (const name of Object.keys(body)) {
    if (body[name] != null || !Object.hasOwn(unsaid, name)) stated[name] = body[name];
  }
  return stated;
}
