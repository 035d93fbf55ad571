import { declaredSql, type Sql, sql } from "../db/sql.ts";
import { ENDS } from "../facts/durations.ts";
import { type SurvivingField, survivingListOf, survivingOf } from "../facts/survivorship.sql.ts";
import { SURVIVING } from "../fields/car.ts";
import type { Purpose } from "../fields/choices.ts";
import { CONSENT_FIELDS, CONSENTS } from "../fields/consent.ts";
import { isLetOut } from "../fields/derive/bi/columns.ts";
import { EACH_MOMENT, momentColumnsOf } from "../fields/derive/bi/touchpoints.ts";
import { columnOf } from "../fields/derive/columns.ts";
import type { Field } from "../fields/field.ts";
import { INTERACTION } from "../fields/interaction.ts";
import { MATCH } from "../fields/match.ts";
import { KEY } from "../fields/record.ts";
import { MOMENT } from "../fields/touchpoint.ts";
import { columnsOfFields, type LakeTerms, storedIn, writtenIn } from "./fields.sql.ts";
import { columnOfLake as column, type LakeTable } from "./table.ts";

// What is filed by month names subjects, never customers: whose a subject is at which time stands in `owners` alone, so that
// a merge changes that file and no month.

/** Of customers whom consent keeps in the house there is no row. */
const letOut = (customer: string): Sql => declaredSql(isLetOut(customer));

/** Whose each subject is. */
const SUBJECTS = sql`
  select s.id as subject_id, coalesce(a.customer_id, s.customer_id) as customer_id
  from identities s
  left join assignments a on a.subject_id = s.id and a.known_to = 'infinity'
`;

/** All tables of the lake. */
export const tablesOfLake = (terms: LakeTerms): LakeTable[] => [
  interactions(terms),
  touchpoints(terms),
  identities(terms),
  customers(terms),
  OWNERS,
];

/** Legs as they were reported, and a row of a visit for each subject that took part in it. */
function interactions(terms: LakeTerms): LakeTable {
  return {
    name: "interactions",
    columns: [
      column("subject_id", "TEXT", sql`i.subject_id`),
      column("id", "TEXT", sql`i.id`),
      column("is_visit", "FLAG", sql`i.is_visit`),
      column("contact_id", "TEXT", sql`coalesce(i.contact_id, i.id)`),
      ...columnsOfFields([...writtenIn(INTERACTION, terms), ...writtenIn(MATCH, terms)], legOf),
    ],
    from: sql`interactions i`,
    where: letOut("i.customer_id"),
    filedBy: sql`i.session_start_time`,
    key: sql`i.id, i.subject_id`,
  };
}

/** A length that nobody supplied is measured, as src/facts/durations.ts does. */
function legOf(field: Field): Sql[] {
  const values = storedIn("i", field);
  const ends = ENDS[field.name as keyof typeof ENDS];
  if (!ends) return values;
  const [from, to] = ends.map((end) => declaredSql(`i.${columnOf(INTERACTION[end])}`)) as [Sql, Sql];
  return [
    sql`coalesce(${values[0]!}, case when ${to} >= ${from} then floor(extract(epoch from ${to} - ${from}))::integer end)`,
  ];
}

/** Everything that happened, one row a moment, legs as the touchpoints that they are. */
function touchpoints(terms: LakeTerms): LakeTable {
  return {
    name: "touchpoints",
    columns: [
      column("subject_id", "TEXT", sql`t.subject_id`),
      column("id", "TEXT", sql`t.id`),
      column("interaction_id", "TEXT", sql`t.interaction_id`),
      column("is_leg", "FLAG", sql`t.is_leg`),
      ...columnsOfFields([...writtenIn(MOMENT, terms), KEY.source], (field) => momentColumnsOf(field).map(declaredSql)),
    ],
    from: declaredSql(EACH_MOMENT),
    where: letOut("t.customer_id"),
    filedBy: sql`t.occurred_at`,
    key: sql`t.id, t.subject_id`,
  };
}

/** Subjects, filed by the month in which they were first seen. */
function identities({ isPersonal }: LakeTerms): LakeTable {
  const named = [column("value", "TEXT", sql`i.value`), column("display", "TEXT", sql`i.display`)];
  return {
    name: "identities",
    columns: [
      column("id", "TEXT", sql`i.id`),
      column("namespace", "TEXT", sql`i.namespace`),
      column("kind", "TEXT", sql`i.kind`),
      column("born_at", "INSTANT", sql`i.born_at`),
      column("is_public", "FLAG", sql`i.is_public`),
      ...(isPersonal ? named : []),
    ],
    from: sql`identities i`,
    where: sql`not exists (select from (${SUBJECTS}) w where w.subject_id = i.id and not ${letOut("w.customer_id")})`,
    filedBy: sql`i.born_at`,
    key: sql`i.id`,
  };
}

/** Who is a customer now, with what is stated of them. Whoever owns a subject and is not here is nobody that counts. */
function customers(terms: LakeTerms): LakeTable {
  const stated = writtenIn(SURVIVING, terms).filter(({ type }) => type !== "signals" && type !== "json");
  const surviving = stated.flatMap((field) => statedOf(field));
  return {
    name: "customers",
    columns: [
      column("id", "TEXT", sql`c.id`),
      column("born_at", "INSTANT", sql`c.born_at`),
      column("is_anonymous", "FLAG", sql`c.is_anonymous`),
      ...CONSENT_FIELDS.map(([purpose, name]) => column(columnOf(CONSENTS[name]), "FLAG", standing(purpose))),
      ...columnsOfFields(stated, (field) => storedIn("s", field)),
    ],
    from: sql`customers c left join (
      select r.customer_id, ${surviving.reduce((all, one) => sql`${all}, ${one}`)}
      from customer_records r
      left join sources o on o.name = r.source
      group by r.customer_id
    ) s on s.customer_id = c.id`,
    where: letOut("c.id"),
    filedBy: null,
    key: sql`c.id`,
  };
}

/** Whether a customer consents; null where nothing is said. */
const standing = (purpose: Purpose): Sql => sql`(
  select s.is_given
  from consent_statements s
  where s.customer_id = c.id and s.purpose = ${purpose}::consent_purpose
  order by s.stated_at desc, s.is_given
  limit 1
)`;

/** The surviving value of a field, under the names of its columns. */
function statedOf(field: Field): Sql[] {
  const names = storedIn("", field).map(({ sql: text }) => declaredSql(text.replace(".", "")));
  const name = field.name as SurvivingField;
  if (field.type === "list") {
    return [sql`array(select jsonb_array_elements_text(${survivingListOf(name)})) as ${names[0]!}`];
  }
  const value = survivingOf(name as Parameters<typeof survivingOf>[0]);
  if (field.type !== "money") return [sql`${value} as ${names[0]!}`];
  return [sql`((${value}) ->> 'amount')::numeric as ${names[0]!}`, sql`(${value}) ->> 'currency' as ${names[1]!}`];
}

/** Ends of time as texts that every engine reads as instants. */
const [EVER, NEVER] = [sql`'0001-01-01T00:00:00Z'::timestamptz`, sql`'9999-12-31T00:00:00Z'::timestamptz`];

/** Whose each subject is, from when until when. */
const OWNERS: LakeTable = {
  name: "owners",
  columns: [
    column("subject_id", "TEXT", sql`i.id`),
    column("valid_from", "INSTANT", sql`greatest(coalesce(a.valid_from, '-infinity'), ${EVER})`),
    column("valid_to", "INSTANT", sql`least(coalesce(a.valid_to, 'infinity'), ${NEVER})`),
    column("customer_id", "TEXT", sql`coalesce(a.customer_id, i.customer_id)`),
  ],
  from: sql`identities i left join assignments a on a.subject_id = i.id and a.known_to = 'infinity'`,
  where: letOut("coalesce(a.customer_id, i.customer_id)"),
  filedBy: null,
  key: sql`i.id, a.valid_from`,
};
