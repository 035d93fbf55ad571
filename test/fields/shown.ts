import type { Db } from "../../src/db/client.ts";
import { type Sql, sql } from "../../src/db/sql.ts";
import { CAR, CAR_EXTRA } from "../../src/fields/car.ts";
import type { Purpose } from "../../src/fields/choices.ts";
import { consentFieldOf } from "../../src/fields/consent.ts";
import { shownIn, titlesOf } from "../../src/fields/derive/bi/columns.ts";
import type { Field, Fields } from "../../src/fields/field.ts";
import { INTERACTION } from "../../src/fields/interaction.ts";
import { KEY } from "../../src/fields/record.ts";
import { MOMENT, OF_VISIT } from "../../src/fields/touchpoint.ts";
import { recordId } from "../../src/kit/id.ts";
import type { TestApp } from "../app/use-app.ts";
import { read } from "../kit/read.ts";
import type { Body, Kind } from "./generated.ts";

export type Shown = Record<string, unknown>;

/** What GraphQL shows of a record, under the names of its fields. */
export async function readOverGraphql(
  house: TestApp,
  kind: Kind,
  { source, sourceId, identities }: Body,
): Promise<Shown> {
  const [identity] = identities as unknown[];
  const { data, errors } = await house.ask(QUERIES[kind], {
    source,
    sourceId,
    identity,
    id: recordId("touchpoint", source, sourceId),
  });
  if (errors) throw new Error(errors[0]!.message);
  if (kind === "touchpoint") {
    const { interaction, ...rest } = data.node;
    return { ...rest, ...interaction, ...consentsIn(data.customer) };
  }
  if (kind !== "customer") return data.interaction;
  const { record, signals, displayName } = data.customer;
  return { ...record, displayName, signals, ...consentsIn(data.customer) };
}

const QUERIES: Readonly<Record<Kind, string>> = {
  interaction: interactionQuery(),
  call: interactionQuery(),
  touchpoint: `query ($id: ID!, $identity: IdentityInput!) {
    node(id: $id) { ... on Touchpoint { source ${selectionOf(MOMENT)} interaction { ${selectionOf(OF_VISIT)} } } }
    customer(identity: $identity) { consents { purpose isGiven } }
  }`,
  customer: `query ($identity: IdentityInput!) { customer(identity: $identity) {
    displayName consents { purpose isGiven } signals { code score reason } record { ${selectionOf({ ...CAR, ...CAR_EXTRA })} }
  } }`,
};

/** What is said of consent is the customer's. */
function consentsIn({ consents }: { consents: { purpose: Purpose; isGiven: boolean }[] }): Shown {
  return Object.fromEntries(consents.map(({ purpose, isGiven }) => [consentFieldOf(purpose), isGiven]));
}

function interactionQuery(): string {
  return `query ($source: String!, $sourceId: String!) {
    interaction(source: $source, sourceId: $sourceId) { ${selectionOf(INTERACTION)} }
  }`;
}

function selectionOf(fields: Fields): string {
  return Object.values(fields)
    .map(({ name, type }) => (type === "money" ? `${name} { amount currency }` : name))
    .join(" ");
}

/** What the views of `bi` show of a record, under the names of its fields; and which fields they show. */
export async function readOverBi(db: Db, kind: Kind, { source }: Body): Promise<Shown> {
  const { view, fields } = VIEWS[kind];
  const rows = await read<Shown>(db, view(source));
  if (rows.length !== 1) throw new Error(`${rows.length} rows of ${kind}s in bi.`);
  return Object.fromEntries(fields.map((field) => [field.name, valueIn(rows[0]!, field)]));
}

const OWN_RECORD = (source: string) => sql`
  select * from bi.car where "CustomerKey" = (select customer_id from customer_records where source = ${source})
`;
const OWN_LEG = (source: string) => sql`select * from bi.jar where "Source" = ${source}`;
const OWN_MOMENT = (source: string) => sql`select * from bi.touchpoints where "Source" = ${source}`;

const VIEWS: Readonly<Record<Kind, { view: (source: string) => Sql; fields: readonly Field[] }>> = {
  interaction: { view: OWN_LEG, fields: shownIn(INTERACTION) },
  call: { view: OWN_LEG, fields: shownIn(INTERACTION) },
  touchpoint: { view: OWN_MOMENT, fields: [...shownIn(MOMENT), KEY.source] },
  customer: { view: OWN_RECORD, fields: shownIn(CAR) },
};

/** As GraphQL would show it. */
function valueIn(row: Shown, field: Field): unknown {
  const values = titlesOf(field).map((title) => {
    if (!(title in row)) throw new Error(`The view has no column ${title}.`);
    return row[title];
  });
  const [value] = values;
  if (value instanceof Date) return value.toISOString();
  if (field.type === "money") return value === null ? null : { amount: value, currency: values[1] };
  if (field.type === "list") return field.choices ? String(value).split(", ") : values.filter((item) => item !== null);
  return value;
}
