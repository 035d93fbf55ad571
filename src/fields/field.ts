import type { Choices } from "./choices.ts";

// What a field is. Each is declared once, in jar.ts, call.ts, touchpoint.ts, car.ts and record.ts; every form that it
// takes (GraphQL, validators, columns, policy, mappings, views) follows from its line, by the files of derive/.

/** The seed's spelling of a variable; null where it has none. A variable that the seed numbers has several. */
export type Seed = string | readonly string[] | null;

/** Scopes without which a field of a record is not shown (graphql/engine/policy.ts says which role has which). */
export type FieldScope =
  | "customers:name"
  | "customers:personal"
  | "customers:sensitive"
  | "identities:read"
  | "interactions:notes";

/** Options of any field. */
interface Options {
  /** A record without it is refused. */
  required?: true;
  /**
   * How it is described where it is given, beside the seed's spelling; as it is shown when left out. False where no
   * sender states it.
   */
  given?: string | false;
  /** The scope that reading it needs. */
  scope?: FieldScope;
  /** The dimension that reports group by it under. */
  groups?: string;
  /** The list of values by which interactions are filtered: its name, and which interactions it means. */
  filter?: { name: string; says: string };
  /** A resolver computes it where no sender states it. */
  computed?: true;
  /** A field of a leg that no logged call states. */
  call?: false;
  /** In a call: the leg's field that this one becomes. */
  of?: string;
  /** Its column; its name in snake case when left out, two of money. Null where rows of its kind keep it elsewhere. */
  column?: string | readonly [amount: string, currency: string] | null;
}

/** Options of the fields of one type. */
interface OptionsOf {
  text: Options & {
    /** Characters at most. */
    max?: number;
    /** The remedy that the error names where the text is empty. */
    remedy?: string;
    /** A PhoneNumber in GraphQL. */
    phone?: true;
    /**
     * How numbers of cards, accounts and people are taken out of it before it is stored; as out of a note when left out. An
     * id says which session, order, agent or number is meant and stays as it is; an address is a page's, and the name of a
     * place may be what somebody typed.
     */
    redact?: "id" | "address" | "place";
  } & (
      | {
          /** Written by a person, who may name anybody: it needs a scope, and no BI view shows it. */
          free: true;
          scope: FieldScope;
        }
      | { free?: undefined }
    );
  instant: Options;
  seconds: Options;
  number: Options & { least?: number; above?: number; most: number };
  int: Options & { most: number };
  choice: Options;
  bool: Options;
  money: Options;
  list: Options & { most: number };
  json: Options;
  signals: Options;
}

export type FieldType = keyof OptionsOf;

interface Wording {
  seed: Seed;
  /** What it says, as it is described where it is shown. */
  says: string;
}

/** A constructor's answer: `type` and what was said of it, as literal types. */
type Made<Type extends FieldType, Given> = { type: Type } & Wording & Given;

function constructorOf<Type extends FieldType>(type: Type) {
  return <const Given extends OptionsOf[Type] = OptionsOf[Type]>(
    seed: Seed,
    says: string,
    options?: Given,
  ): Made<Type, Given> => Object.assign({ type, seed, says }, options as Given);
}

export const text = constructorOf("text");
/** RFC 3339 with a zone, or Unix time. */
export const instant = constructorOf("instant");
/** A length in whole seconds. */
export const seconds = constructorOf("seconds");
export const number = constructorOf("number");
/** A whole number from 0. */
export const int = constructorOf("int");
export const bool = constructorOf("bool");
/** An exact amount in one currency: two columns. */
export const money = constructorOf("money");
/** Texts; of a closed list with `choices`. */
export const list = constructorOf("list");
/** A JSON object with any fields. */
export const json = constructorOf("json");

/** What models say of a customer. */
export const signals = constructorOf("signals");

/** One of a closed list. */
export function choice<Value extends string, const Given extends OptionsOf["choice"] = OptionsOf["choice"]>(
  choices: Choices<Value>,
  seed: Seed,
  says: string,
  options?: Given,
): Made<"choice", Given> & { choices: Choices<Value> } {
  return Object.assign({ type: "choice" as const, seed, says, choices }, options as Given);
}

/** Several of a closed list. */
export function choicesOf<Value extends string, const Given extends OptionsOf["list"] = OptionsOf["list"]>(
  choices: Choices<Value>,
  seed: Seed,
  says: string,
  options: Given,
): Made<"list", Given> & { choices: Choices<Value> } {
  return Object.assign({ type: "list" as const, seed, says, choices }, options);
}

type Declared = { [Type in FieldType]: Made<Type, OptionsOf[Type]> & ChoicesOf[Type] }[FieldType];
type ChoicesOf = { [Type in FieldType]: unknown } & { choice: { choices: Choices }; list: { choices?: Choices } };

/** A declared field, with the name that it has everywhere and the set of the seed's that it belongs to. */
export type Field = Declared & { name: string; set: string | null };

/** Fields by their names. */
export type Fields = Readonly<Record<string, Field>>;

/** Names each field by its key. `set` is what the seed calls the record that they are variables of: JAR or CAR. */
export function fields<const Lines extends Record<string, Declared>>(
  set: string | null,
  lines: Lines,
): { readonly [Name in keyof Lines]: Lines[Name] & { name: string; set: string | null } } {
  const named = Object.entries(lines).map(([name, line]) => [name, { ...line, name, set }]);
  return Object.fromEntries(named);
}

/** Of a leg's fields those that a call states under the same name; `own` are the call's own words for others. */
export function callsOf<All extends Fields, Own extends Fields>(leg: All, own: Own): Omit<All, NotOfCalls<All, Own>> {
  const renamed = Object.values(own).map((field) => field.of);
  const kept = Object.entries(leg).filter(([name, field]) => field.call !== false && !renamed.includes(name));
  return Object.fromEntries(kept) as Omit<All, NotOfCalls<All, Own>>;
}

type NotOfCalls<All extends Fields, Own extends Fields> =
  | { [Name in keyof All]: All[Name] extends { call: false } ? Name : never }[keyof All]
  | { [Name in keyof Own]: Own[Name] extends { of: infer Of extends string } ? Of : never }[keyof Own];
