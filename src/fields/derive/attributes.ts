import { CAR, CAR_EXTRA } from "../car.ts";
import type { Field, FieldScope, Fields } from "../field.ts";
import { INTERACTION } from "../interaction.ts";
import { MATCH } from "../match.ts";

/** Something that is said of a customer or of a leg, by which reports filter, group and measure. */
export interface Attribute {
  /** As clients name it: a field, or one with what it holds behind a dot: `extra.tariff`, `cost.EUR`. */
  name: string;
  of: "CUSTOMER" | "LEG";
  /** Whether it is a number, a text, or a list of texts. */
  is: "NUMBER" | "TEXT" | "LIST";
  field: string;
  /** Of an object, the key; of money, the currency. */
  part: string | null;
  /** The scope that reading it needs. */
  scope: FieldScope | null;
}

/** The domain of a customer's e-mail address; of several, the first in the alphabet. */
const EMAIL_DOMAIN = "emailDomain";

type Known = Omit<Attribute, "part"> & { type: Field["type"] };

/** Every field that can be one. Free text names people, an identity is one of them, and an instant is no kind of thing. */
const KNOWN: ReadonlyMap<string, Known> = new Map(
  [
    ...known("CUSTOMER", { ...CAR, ...CAR_EXTRA }, ({ name }) => (name in INTERACTION ? `customer.${name}` : name)),
    ...known("LEG", INTERACTION, ({ name }) => name),
    ...known("LEG", MATCH, ({ name }) => `match.${name}`),
    {
      name: EMAIL_DOMAIN,
      of: "CUSTOMER" as const,
      is: "TEXT" as const,
      field: EMAIL_DOMAIN,
      scope: "identities:read" as const,
      type: "text" as const,
    },
  ].map((one) => [one.name, one]),
);

function known(of: Attribute["of"], fields: Fields, nameOf: (field: Field) => string): Known[] {
  return Object.values(fields).flatMap((field) => {
    const is = kindOf(field);
    const isIdentity = field.name === "custId" || field.name === "globalCustomerId";
    if (is === null || isIdentity) return [];
    return [{ name: nameOf(field), of, is, field: field.name, scope: field.scope ?? null, type: field.type }];
  });
}

function kindOf(field: Field): Attribute["is"] | null {
  switch (field.type) {
    case "seconds":
    case "int":
    case "number":
    case "money":
      return "NUMBER";
    case "choice":
    case "bool":
    case "json":
      return "TEXT";
    case "text":
      return field.free ? null : "TEXT";
    case "list":
      return "LIST";
    case "instant":
    case "signals":
      return null;
  }
}

const CURRENCY = /^[A-Z]{3}$/;

/** The attribute of that name; null where there is none. */
export function attributeOf(name: string): Attribute | null {
  const whole = KNOWN.get(name);
  if (whole) return whole.type === "money" || whole.type === "json" ? null : asked(whole, null);
  const dot = name.indexOf(".");
  const [field, part] = [KNOWN.get(name.slice(0, dot)), name.slice(dot + 1)];
  if (!field || part === "") return null;
  if (field.type === "json" || (field.type === "money" && CURRENCY.test(part))) return asked(field, part);
  return null;
}

function asked({ name, of, is, field, scope }: Known, part: string | null): Attribute {
  return { name: part === null ? name : `${name}.${part}`, of, is, field, part, scope };
}

/** How every attribute is named: a key or a currency stands for itself. */
export const ATTRIBUTE_NAMES: readonly string[] = [...KNOWN.values()].map(({ name, type }) => {
  if (type === "json") return `${name}.<key>`;
  return type === "money" ? `${name}.<currency>` : name;
});
