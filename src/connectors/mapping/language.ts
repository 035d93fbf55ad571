import { z } from "zod";
import { isPhoneRegion } from "../../facts/phone.ts";
import { MOST_AHEAD_MINUTES, MOST_ANCHOR_DIGITS, MOST_VISIT_TIMEOUT_MINUTES } from "../../facts/rules.ts";
import { TOUCHPOINT_KINDS } from "../../fields/choices.ts";
import { VALUE_TYPES, type ValueType } from "../../fields/derive/mapping.ts";
import { isCurrency } from "../../kit/money.ts";
import { isTimeZone } from "../../kit/time-zone.ts";
import { formatFault } from "./date-format.ts";
import { ENCODINGS, FORMATS } from "./layout.ts";

// The words of a mapping file. src/connectors/mappings/calls.yaml shows most of them at work, with comments.

type Scalar = string | number | boolean;

/** Where a value comes from (exactly one of the first lines), and how it is changed, in this order. */
export interface Value {
  column?: string;
  constant?: Scalar | Scalar[];
  template?: string;
  hash?: "row" | string[];
  file?: "modifiedAt";
  firstOf?: Value[];
  earliest?: Value[];
  latest?: Value[];
  list?: Value[];
  /** Applies only to rows that meet these conditions. */
  when?: Condition[];
  /** Words that mean nothing, compared without case. */
  skip?: string[];
  /** A parameter of the URL in the column. */
  query?: string;
  /** A regular expression: its first group, else the whole match; nothing where it does not match. */
  match?: string;
  lookup?: Record<string, Scalar>;
  /** The value of words that the lookup does not list; when left out, they stay as they are. */
  otherwise?: Scalar | null;
  case?: "lower" | "upper";
  as?: ValueType;
  /** The format of a date: luxon's tokens, "iso" or "unix"; several are tried in order. */
  format?: string[];
  zone?: string;
  /** A named value: a time with its date, or without any, gets the day on which it is nearest to that value. */
  rollsOver?: string;
  /** A named value: an earlier time is a mistake of the sender's clock and is left out. */
  notBefore?: string;
  currency?: string;
  currencyColumn?: string;
  /** The separator of the fraction; the other one of the two groups thousands. */
  decimal?: "." | ",";
  separator?: string;
}

export type IdentityValue = Value & { namespace: string };

/** A condition on a row: exactly one comparison, as texts. */
export interface Condition {
  column: string;
  equals?: string;
  not?: string;
  in?: string[];
  notIn?: string[];
  present?: boolean;
  matches?: string;
  unlike?: string;
}

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const word = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const words = z.array(word).min(1);
const name = z.string().min(1);

const pattern = name.superRefine((source, context) => {
  try {
    new RegExp(source, "u");
  } catch (error) {
    context.addIssue({ code: "custom", message: `${(error as Error).message}.` });
  }
});

const zone = name.refine(isTimeZone, "is no IANA time zone such as Europe/Stockholm.");
const currency = z.string().refine(isCurrency, "is no ISO 4217 currency such as EUR.");

/** Exactly one of `keys` must be present. */
function exactlyOne(keys: readonly string[]) {
  return (given: object, context: z.RefinementCtx) => {
    const found = keys.filter((key) => key in given);
    if (found.length === 1) return;
    const message = `needs exactly one of ${keys.join(", ")}; it has ${found.join(" and ") || "none"}.`;
    context.addIssue({ code: "custom", message });
  };
}

const COMPARISONS = ["equals", "not", "in", "notIn", "present", "matches", "unlike"];
const condition: z.ZodType<Condition> = z
  .strictObject({
    column: name,
    equals: word.optional(),
    not: word.optional(),
    in: words.optional(),
    notIn: words.optional(),
    present: z.boolean().optional(),
    matches: pattern.optional(),
    unlike: pattern.optional(),
  })
  .superRefine(exactlyOne(COMPARISONS));
const conditions = z.array(condition);

const values = z.lazy(() => z.array(value).min(1));
const SOURCES = ["column", "constant", "template", "hash", "file", "firstOf", "earliest", "latest", "list"];
const shape = {
  column: name.optional(),
  constant: z.union([scalar, z.array(scalar)]).optional(),
  template: z
    .string()
    .regex(/\{[^{}]+\}/, "names no {column}.")
    .optional(),
  hash: z.union([z.literal("row"), z.array(name).min(1)]).optional(),
  file: z.literal("modifiedAt").optional(),
  firstOf: values.optional(),
  earliest: values.optional(),
  latest: values.optional(),
  list: values.optional(),
  when: conditions.optional(),
  skip: words.optional(),
  query: name.optional(),
  match: pattern.optional(),
  lookup: z.record(z.string(), scalar).optional(),
  otherwise: scalar.nullable().optional(),
  case: z.enum(["lower", "upper"]).optional(),
  as: z.enum(VALUE_TYPES).optional(),
  format: z.preprocess((given) => (typeof given === "string" ? [given] : given), z.array(name).min(1)).optional(),
  zone: zone.optional(),
  rollsOver: name.optional(),
  notBefore: name.optional(),
  currency: currency.optional(),
  currencyColumn: name.optional(),
  decimal: z.enum([".", ","]).optional(),
  separator: name.optional(),
};

/** A format without a part of the day would have to invent it. */
function wholeFormats({ format = [], rollsOver }: Pick<Value, "format" | "rollsOver">, context: z.RefinementCtx): void {
  for (const one of format.filter((name) => name !== "iso" && name !== "unix")) {
    const message = formatFault(one, { hasDay: rollsOver !== undefined });
    if (message !== null) context.addIssue({ code: "custom", path: ["format"], message });
  }
}

function isLocale(tag: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0;
  } catch {
    return false;
  }
}

/** A text alone is a column, or a template where it holds {braces}. */
function spelledOut(given: unknown): unknown {
  if (typeof given !== "string") return given;
  return /\{[^{}]+\}/.test(given) ? { template: given } : { column: given };
}

const value: z.ZodType<Value> = z.preprocess(
  spelledOut,
  z.strictObject(shape).superRefine(exactlyOne(SOURCES)).superRefine(wholeFormats),
) as unknown as z.ZodType<Value>;

const identity = z
  .strictObject({ namespace: name, ...shape })
  .superRefine(exactlyOne(SOURCES)) as unknown as z.ZodType<IdentityValue>;

const settings = z
  .strictObject({
    timeZone: zone.optional(),
    defaultRegion: z
      .string()
      .refine(isPhoneRegion, "is no ISO 3166 region with telephone numbers, such as SE.")
      .optional(),
    anchorIssuer: name.optional(),
    anchorDigits: z.int().min(1).max(MOST_ANCHOR_DIGITS).optional(),
    transactionIssuer: name.optional(),
    keepKinds: z.array(z.enum(TOUCHPOINT_KINDS)).optional(),
    foreignPrefixes: words.optional(),
    ownNumbers: words.optional(),
    rank: z.int().min(1).max(1_000).optional(),
    volatileFields: words.optional(),
    aheadMinutes: z.int().min(0).max(MOST_AHEAD_MINUTES).optional(),
    visitTimeoutMinutes: z.int().min(1).max(MOST_VISIT_TIMEOUT_MINUTES).optional(),
  })
  .refine(({ anchorIssuer, anchorDigits }) => anchorDigits === undefined || anchorIssuer !== undefined, {
    path: ["anchorDigits"],
    message: "are those of the numbers of one issuer: say anchorIssuer too.",
  });

const identities = z.array(identity).max(10, "a record carries at most 10 identities.").default([]);

const record = z
  .strictObject({
    kind: z.enum(["interaction", "call", "touchpoint", "customer"]),
    where: conditions.optional(),
    sourceId: value,
    fields: z.record(z.string(), value),
    /** An empty cell changes nothing: what earlier rows stated stays. */
    identities,
    /** Identities that a customer no longer has, such as a column with the former number. */
    withdrawIdentities: identities,
    /** Columns stored as they are in metadata (for a customer: in extra); "*" is every column that nothing else uses. */
    keep: z.array(name).default([]),
  })
  .refine(({ kind, withdrawIdentities }) => kind === "customer" || withdrawIdentities.length === 0, {
    path: ["withdrawIdentities"],
    message: "belongs to records of customers: leave it out of others.",
  });
export type RecordRule = z.output<typeof record>;

export const mappingFile = z.strictObject({
  description: z.string().optional(),
  source: name.max(64),
  settings: settings.default({}),
  format: z.enum(FORMATS),
  encoding: z.enum(ENCODINGS).optional(),
  delimiter: z.string().length(1, "is one character.").optional(),
  quote: z.string().length(1, "is one character.").nullable().optional(),
  columns: z.array(name).min(1).optional(),
  /** Whether columns of the mapping may be missing in the file. */
  missingColumns: z.enum(["refuse", "allow"]).default("refuse"),
  /** The separator of the fraction for values that do not name one. */
  decimal: z.enum([".", ","]).optional(),
  /** The language of months and weekdays, beside English. */
  locale: z.string().refine(isLocale, "is no language such as sv or pt-BR.").optional(),
  /** Words that mean nothing in any column, beside the empty text. */
  nothing: words.default([]),
  where: conditions.default([]),
  values: z.record(z.string(), value).default({}),
  records: z.array(record).min(1).max(10),
});

/** A mapping: how one sender's rows become records. */
export type Mapping = z.output<typeof mappingFile>;
