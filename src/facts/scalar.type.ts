// Stand-ins for the schema's own scalars, as `Date` stands for DateTime: rooms name the meaning, and
// `graphql/schema.ts` maps each of them to its scalar.

/** An exact decimal number as text. */
export class DecimalText {}

/** A JSON object with any fields. */
export class JsonObject {}
