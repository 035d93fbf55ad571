import type { FieldScope, Fields } from "../field.ts";

/** Who may read the fields of a type: those with a scope by it, all others openly, as `more` of the type's own. */
export function policyOf(
  fields: Fields,
  more: readonly string[],
): { open: readonly string[]; scoped: Readonly<Record<string, FieldScope>> } {
  const lines = Object.values(fields);
  const scoped = lines.flatMap(({ name, scope }) => (scope ? [[name, scope] as const] : []));
  const open = lines.filter(({ scope }) => !scope).map(({ name }) => name);
  return { open: [...more, ...open], scoped: Object.fromEntries(scoped) };
}
