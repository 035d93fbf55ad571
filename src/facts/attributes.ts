import { ATTRIBUTE_NAMES, type Attribute, attributeOf } from "../fields/derive/attributes.ts";
import { AppError } from "../kit/errors.ts";

// What clients may ask about that no column or dimension says.

/** Attributes that one question may name, and that reports keep in memory. */
export const MOST_NAMED = 16;

/** Which values of an attribute are meant, as clients say it; what is said is ANDed. */
export interface AttributeFilter {
  attribute: string;
  in?: readonly string[] | null;
  /** Numbers from this on. */
  from?: number | null;
  /** Numbers below this. */
  to?: number | null;
  isKnown?: boolean | null;
}

/** What no statement may hold, and halves of characters: such a key would be read as another one, or as none. */
const UNUSABLE = /[\p{Cc}\p{Cs}]/u;

/** The attribute that a client names. */
export function knownAttribute(name: string): Attribute {
  if (UNUSABLE.test(name)) {
    const message =
      "The name of an attribute has a control character, as NUL is one, or half of a character in it: leave that out.";
    throw new AppError("BAD_INPUT", message, ["attribute"]);
  }
  const attribute = attributeOf(name);
  if (attribute) return attribute;
  throw new AppError(
    "BAD_INPUT",
    `There is no attribute \`${shown(name)}\`: name one of ${ATTRIBUTE_NAMES.join(", ")}.`,
    ["attribute"],
  );
}

/** What may be a typing error, no longer than one. */
const shown = (name: string): string => (/^[\w.-]{1,64}$/.test(name) ? name : "…");

/** Refuses what the viewer may not read: whoever groups by it would learn it. */
export function checkReadable(attributes: readonly Attribute[], scopes: ReadonlySet<string>): void {
  if (attributes.length > MOST_NAMED) {
    throw new AppError("BAD_INPUT", `Name at most ${MOST_NAMED} attributes in one question.`);
  }
  const hidden = attributes.find(({ scope }) => scope !== null && !scopes.has(scope));
  if (!hidden) return;
  const message = `\`${hidden.name}\` needs the scope ${hidden.scope}: leave it out, or ask for a key whose role has it.`;
  throw new AppError("FORBIDDEN", message);
}

/** Refuses a filter that says nothing. */
export function checkFilter({ attribute, in: list, from, to, isKnown }: AttributeFilter): void {
  const says = [list, from, to, isKnown].filter((one) => one != null).length;
  const isAlone = isKnown !== false || says === 1;
  if (says > 0 && isAlone && list?.length !== 0) return;
  const remedy =
    list?.length === 0
      ? "an empty `in` matches nothing: leave it out, or name at least one"
      : "say `in`, `from`, `to` or `isKnown`; `isKnown: false` alone";
  throw new AppError("BAD_INPUT", `Which values of \`${attribute}\` are meant? Of \`attributes\`, ${remedy}.`, [
    "attributes",
  ]);
}

/** Every attribute that a question names anywhere, each once. */
export function attributesIn(question: unknown): Attribute[] {
  const names = new Set<string>();
  collect(question, names);
  return [...names].map(knownAttribute);
}

function collect(part: unknown, names: Set<string>): void {
  if (typeof part !== "object" || part === null || part instanceof Date) return;
  const { attribute } = part as { attribute?: unknown };
  if (typeof attribute === "string") names.add(attribute);
  for (const value of Object.values(part)) collect(value, names);
}
