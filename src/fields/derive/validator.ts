import { z } from "zod";
import { AMOUNT_REMEDY, amountIn } from "../../kit/amount.ts";
import { INSTANT_REMEDY, instantIn } from "../../kit/instant.ts";
import { isLongNumber, LONG_NUMBER_REMEDY, LongNumber } from "../../kit/json.ts";
import { isCurrency } from "../../kit/money.ts";
import { isWholeJson, isWholeText, wholeText } from "../../kit/text.ts";
import type { Field, Fields } from "../field.ts";
import type { GivenName, Plain, SentOf } from "../value.ts";
import { givenAs } from "./describe.ts";

/** Characters of an ordinary text field: longer is a mistake or an attack, not a name. */
const MAX_TEXT = 1_024;
/** Characters of free metadata, as JSON. */
const MAX_JSON = 65_536;
const MAX_SIGNALS = 50;
/** Seconds of the longest length a record may state: a year. Within PostgreSQL's int4. */
const MAX_SECONDS = 31_622_400;
const EARLIEST = Date.UTC(1971, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);

type Shape<All extends Fields> = {
  [Name in GivenName<All>]: All[Name] extends { required: true }
    ? Schema<All[Name]>
    : z.ZodPipe<z.ZodOptional<z.ZodNullable<Schema<All[Name]>>>, z.ZodType<Plain<All[Name]> | null>>;
};
type StatedShape<All extends Fields> = {
  [Name in GivenName<All>]: z.ZodOptional<z.ZodNullable<Schema<All[Name]>>>;
};
type Schema<Line> = z.ZodType<Plain<Line>, SentOf<Line>>;

/** What a record may hold, for `z.strictObject`. Absent and null mean the same: what was not said is null. */
export function shapeOf<All extends Fields>(fields: All): Shape<All> {
  return shape(fields, (schema) => schema.nullish().transform((value) => value ?? null)) as Shape<All>;
}

/** What a statement may hold: a field left out says nothing, null clears what was said before. */
export function statedShapeOf<All extends Fields>(fields: All): StatedShape<All> {
  return shape(fields, (schema) => schema.nullish()) as StatedShape<All>;
}

function shape(fields: Fields, maybe: (schema: z.ZodType) => z.ZodType): Record<string, z.ZodType> {
  const given = Object.values(fields).filter((field) => field.given !== false);
  return Object.fromEntries(
    given.map((field) => {
      const schema = field.required ? schemaOf(field) : maybe(schemaOf(field));
      return [field.name, schema.meta({ description: givenAs(field) })];
    }),
  );
}

function schemaOf(field: Field): z.ZodType {
  switch (field.type) {
    case "text":
      return text(field.max, field.remedy);
    case "instant":
      return instant;
    case "seconds":
      return seconds;
    case "number":
      return between(z.number(), field);
    case "int":
      return between(z.int(), { least: 0, ...field });
    case "bool":
      return z.boolean();
    case "money":
      return moneyInput;
    case "json":
      return json;
    case "signals":
      return z.array(signal).max(MAX_SIGNALS);
    case "choice":
      return z.enum(field.choices.values);
    case "list":
      return z.array(field.choices ? z.enum(field.choices.values) : text()).max(field.most);
  }
}

function between(schema: z.ZodNumber, { least, above, most }: { least?: number; above?: number; most: number }) {
  const from = above === undefined ? schema.min(least ?? 0) : schema.gt(above);
  return from.max(most);
}

function text(max = MAX_TEXT, remedy = "Leave the field out instead of sending an empty text.") {
  return z
    .string()
    .trim()
    .min(1, remedy)
    .max(max, `At most ${max} characters.`)
    .refine(isWholeText, "Send it as plain Unicode text, without NUL characters and halves of characters.");
}

/** Times without a zone are given the zone of their source before they are judged here. */
const instant = z.union([z.date(), z.string(), z.number()], saying(INSTANT_REMEDY)).transform((value, context) => {
  const date = instantIn(value);
  const fault = date ? faultOf(date) : INSTANT_REMEDY;
  if (date && !fault) return date;
  context.addIssue({ code: "custom", message: fault ?? INSTANT_REMEDY });
  return z.NEVER;
});

/** Refuses times outside of the computer age: they are numbers in another unit. */
function faultOf(date: Date): string | null {
  if (date.getTime() >= EARLIEST && date.getTime() <= LATEST) return null;
  return `The time falls in ${date.getUTCFullYear()}: send Unix seconds or milliseconds of a time between 1971 and 2199.`;
}

const seconds = z
  .number()
  .min(0, "A length cannot be negative.")
  .max(MAX_SECONDS, "A length is at most a year, in seconds.")
  .transform(Math.floor);

const decimal = z.union([z.string(), z.number()], saying(AMOUNT_REMEDY)).transform((value, context) => {
  const amount = amountIn(value);
  if (amount !== null) return amount;
  context.addIssue({ code: "custom", message: AMOUNT_REMEDY });
  return z.NEVER;
});

const moneyInput = z.strictObject({
  amount: decimal,
  currency: z
    .string()
    .refine(isCurrency, "Send the currency as its ISO 4217 code, such as EUR.")
    .meta({ pattern: "^[A-Z]{3}$" }),
});

const json = z
  .record(z.string(), z.unknown())
  .superRefine((value, context) => {
    const long = placeOf(value, isLongNumber);
    const path = long ?? placeOf(value, isBroken);
    if (path) context.addIssue({ code: "custom", path, message: long ? LONG_NUMBER_REMEDY : NO_TEXT });
    else if (!isWholeJson(value)) context.addIssue({ code: "custom", message: NO_TEXT });
  })
  .refine((value) => JSON.stringify(value).length <= MAX_JSON, `At most ${MAX_JSON} characters of JSON.`);

const NO_TEXT = "Send plain Unicode text, without NUL characters and halves of characters.";

function isBroken(value: unknown): boolean {
  return typeof value === "string" && !isWholeText(value);
}

/** The names above the first value with a fault, each as far as a message has room for it. */
function placeOf(value: unknown, isFault: (value: unknown) => boolean): string[] | null {
  if (isFault(value)) return [];
  if (typeof value !== "object" || value === null) return null;
  for (const [name, member] of Object.entries(value)) {
    const below = placeOf(member, isFault);
    if (below) return [wholeText(name).slice(0, 64), ...below];
  }
  return null;
}

const signal = z.strictObject({ code: text(128), score: z.number().nullish(), reason: text() });

/** The fault of a value of another type. The entry point itself reports what is missing. */
export function saying(message: string) {
  return {
    error({ input }: { input?: unknown }) {
      if (input === undefined || input === null) return undefined;
      return input instanceof LongNumber ? LONG_NUMBER_REMEDY : message;
    },
  };
}
