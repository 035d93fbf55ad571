import type { Money } from "../kit/money.ts";
import type { Choices } from "./choices.ts";
import type { Fields } from "./field.ts";

// The TypeScript types of what fields hold: mapped from the declarations, so that they cannot say anything else.

/** What a model elsewhere says about a customer. */
export interface Signal {
  code: string;
  score?: number | null;
  reason: string;
}

/** What a field holds when it is there. */
export type Plain<Line> = Line extends { choices: Choices<infer Value> }
  ? Line extends { type: "list" }
    ? Value[]
    : Value
  : Line extends { type: infer Type extends keyof Plains }
    ? Plains[Type]
    : never;

interface Plains {
  text: string;
  instant: Date;
  seconds: number;
  number: number;
  int: number;
  choice: string;
  bool: boolean;
  money: Money;
  list: string[];
  json: Record<string, unknown>;
  signals: Signal[];
}

/** What a sender may write for it. */
export type SentOf<Line> = Line extends { type: "instant" }
  ? Date | string | number
  : Line extends { type: "money" }
    ? { amount: string | number; currency: string }
    : Plain<Line>;

/** What a field holds in a whole record: null says nothing. */
export type ValueOf<Line> = Line extends { required: true } ? Plain<Line> : Plain<Line> | null;

/** The names of the fields that senders state. */
export type GivenName<All extends Fields> = {
  [Name in keyof All]: All[Name] extends { given: false } ? never : Name;
}[keyof All];

/** A body as it was taken in. */
export type BodyOf<All extends Fields> = { [Name in GivenName<All>]: ValueOf<All[Name]> };

/** What a filter may say: lists of values, under the names that the fields' lines give them. */
export type FilterOf<All extends Fields> = {
  [Name in keyof All as All[Name] extends { filter: { name: infer List extends string } } ? List : never]?:
    | Plain<All[Name]>[]
    | null;
};
