/** A GraphQL enum of a closed list: `{ WEB: "WEB", … }`. */
export function enumOf<const Value extends string>(values: readonly Value[]): { [V in Value]: V } {
  return Object.fromEntries(values.map((value) => [value, value])) as { [V in Value]: V };
}
