import { describe, expect, test } from "vitest";
import { STATED } from "../../src/fields/car.ts";
import {
  CHANNEL,
  type Choices,
  CONSENT_USE,
  CUSTOMER_KIND,
  DIRECTION,
  MATCH_METHOD,
  MATCH_STATUS,
  OUTCOME,
  PURPOSE,
  TOUCHPOINT_KIND,
} from "../../src/fields/choices.ts";
import { CONSENTS } from "../../src/fields/consent.ts";
import { columnsOf } from "../../src/fields/derive/columns.ts";
import type { Field, Fields } from "../../src/fields/field.ts";
import { INTERACTION } from "../../src/fields/interaction.ts";
import { MATCH } from "../../src/fields/match.ts";
import { KEY, OBSERVED } from "../../src/fields/record.ts";
import { MOMENT, OF_VISIT } from "../../src/fields/touchpoint.ts";
import { rootFile } from "../house/sources.ts";

// schema.prisma is written by hand: these say which line to write, or to take out.

const SCHEMA = rootFile("prisma/schema.prisma");
/** Of every row: whose and which it is, and how it came in. */
const OF_ROWS = ["subjectId", "id", "ingestedAt", "batchId", "customerId"];

interface Kept {
  fields: readonly Field[];
  /** Columns that are no fields: what ingest finds out of a record. */
  own: readonly string[];
}

function listed(...sets: readonly Fields[]): Field[] {
  return sets.flatMap((fields) => Object.values(fields));
}

const MODELS: Readonly<Record<string, Kept>> = {
  Interaction: {
    // Whether there is a match at all is not known at first.
    fields: listed(INTERACTION, { ...MATCH, status: { ...MATCH.status, required: undefined } }),
    own: [...OF_ROWS, "isVisit", "dataQuality", "itemId", "contactKeys", "contactId", "sharesCall", "isCrowded"],
  },
  Touchpoint: {
    // Its session is that of its visit, which its id is made of.
    fields: listed({ source: KEY.source }, MOMENT, CONSENTS).concat(OF_VISIT.universalSessionId, OF_VISIT.device),
    own: [
      ...OF_ROWS,
      "interactionId",
      "itemId",
      "urlId",
      "campaignId",
      "campaignSourceId",
      "referrerId",
      "landingPageId",
      "contactKeys",
      "dataQuality",
      "isCut",
    ],
  },
  CustomerRecord: {
    fields: listed(KEY, OBSERVED, STATED),
    own: [...OF_ROWS, "stated", "statedBy", "identities"],
  },
};

test.each(Object.entries(MODELS))(
  "the model %s has a line for each column that is declared, and no other",
  (model, kept) => {
    const { fields, own } = kept;
    const declared = fields.flatMap(linesOf);
    const written = linesIn("model", model).filter((line) => !own.includes(nameOf(line)));

    expect({
      toWrite: declared.filter((line) => !written.includes(line)),
      toTakeOut: written.filter((line) => !declared.includes(line)),
    }).toEqual({ toWrite: [], toTakeOut: [] });
  },
);

describe("the enums of fields' choices", () => {
  const all: Choices[] = [
    CHANNEL,
    TOUCHPOINT_KIND,
    DIRECTION,
    OUTCOME,
    CUSTOMER_KIND,
    MATCH_STATUS,
    MATCH_METHOD,
    PURPOSE,
    CONSENT_USE,
  ];

  test.each(all.map((choices) => [choices.name, choices.values] as const))("%s, in order", (name, values) => {
    expect(linesIn("enum", name)).toEqual(values);
  });
});

function linesOf(field: Field): string[] {
  return columnsOf(field).map((column, position) => {
    const name = column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    const [type, native] = field.type === "money" ? MONEY[position]! : typeIn(field);
    const nullable = field.required || type.endsWith("[]") ? "" : "?";
    const map = name === column ? "" : `@map("${column}")`;
    return [name, type + nullable, map, native].filter(Boolean).join(" ");
  });
}

const MONEY: readonly (readonly [string, string])[] = [
  ["Decimal", "@db.Decimal"],
  ["String", "@db.Char(3)"],
];

function typeIn(field: Exclude<Fields[string], { type: "money" }>): readonly [string, string?] {
  switch (field.type) {
    case "text":
      return ["String"];
    case "instant":
      return ["DateTime", "@db.Timestamptz(3)"];
    case "seconds":
    case "int":
      return ["Int"];
    case "number":
      return ["Float"];
    case "bool":
      return ["Boolean"];
    case "json":
    case "signals":
      return ["Json"];
    case "choice":
      return [field.choices.name];
    case "list":
      return [`${field.choices?.name ?? "String"}[]`];
  }
}

/** The lines of a model or an enum, comments and attributes of the block left out. */
function linesIn(kind: "model" | "enum", name: string): string[] {
  const block = new RegExp(`^${kind} ${name} \\{\\n([\\s\\S]*?)^\\}`, "m").exec(SCHEMA)?.[1] ?? "";
  return block
    .split("\n")
    .map((line) => line.trim().replace(/\s+/g, " "))
    .filter((line) => line !== "" && !line.startsWith("//") && !line.startsWith("@@"));
}

function nameOf(line: string): string {
  return line.split(" ")[0]!;
}
