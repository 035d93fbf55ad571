import type { Db } from "../../../src/db/client.ts";
import { sql } from "../../../src/db/sql.ts";
import { customersOf, recordAnyChange, recordChanges } from "../../../src/identity/changes.repository.ts";
import { recordId } from "../../../src/kit/id.ts";
import { companyOf, contactsIn, interactionOf, isLeg } from "./contacts.ts";
import type { Happening, Person, Told } from "./world.ts";

// The rows that ingest would write for a world that was told.

export interface NamedPerson {
  who: string;
  person: Person;
}

/** Writes the people and all that they did. */
export async function writeWorld(db: Db, people: readonly NamedPerson[], all: readonly Told[]): Promise<void> {
  const legs = all.filter((told) => isLeg(told));
  const touches = all.filter((told) => !isLeg(told));
  const visited = [...new Map(touches.toReversed().map((touch) => [interactionOf(touch), touch])).values()];
  await fill(db, "identities", people.map(identityRow));
  await fill(db, "customer_records", people.filter(({ person }) => hasRecord(person)).map(recordRow));
  await fill(db, "items", itemRows(all));
  await fill(db, "interactions", [
    ...legs.map((leg) => ({ ...legRow(leg), ...contactOf(all, leg) })),
    ...visited.map((touch) => ({ ...visitRow(touch), ...contactOf(all, touch) })),
  ]);
  await fill(db, "touchpoints", touches.map(touchpointRow));
  const customers = people.map(({ who }) => customerOf(who));
  await recordChanges(db, customersOf(customers));
}

/** Takes every world back, for the next of many in one test. */
export async function clearWorld(db: Db): Promise<void> {
  await db.run(sql`
    with
      i as (delete from identities), r as (delete from customer_records), n as (delete from items),
      l as (delete from interactions)
    delete from touchpoints
  `);
  await recordAnyChange(db);
}

/** The id of the customer of that name. */
export function customerOf(who: string): string {
  return recordId("customer", "test", who);
}

function nameOf(event: Happening): string | null {
  if (!isLeg(event)) return event.name ?? null;
  return (event.kind === "CALL" ? event.callReason : event.intent) ?? null;
}

function itemId(kind: string, name: string, section: string): string {
  return (BigInt(`0x${recordId(kind, name, section).replaceAll("-", "").slice(0, 12)}`) * 16n).toString();
}

function itemIdOf(event: Happening): string | null {
  const name = nameOf(event);
  return name === null ? null : itemId(event.kind, name, event.section ?? "");
}

function campaignIdOf({ campaign, medium }: Happening): string | null {
  return campaign == null && medium == null ? null : itemId("CAMPAIGN", campaign ?? "", medium ?? "");
}

function itemRows(all: readonly Told[]): object[] {
  const rows = new Map<string, object>();
  for (const event of all) {
    const [id, campaignId] = [itemIdOf(event), campaignIdOf(event)];
    if (id) rows.set(id, { id, kind: event.kind, name: nameOf(event), section: event.section ?? "" });
    if (campaignId && !isLeg(event)) {
      rows.set(campaignId, {
        id: campaignId,
        kind: "CAMPAIGN",
        name: event.campaign ?? "",
        section: event.medium ?? "",
      });
    }
  }
  return [...rows.values()];
}

const subjectOf = (who: string) => recordId("identity", "test", who);
const BORN = new Date(0);

function identityRow({ who, person }: NamedPerson): object {
  const kind = person.identity ?? "ANCHOR";
  return {
    id: subjectOf(who),
    namespace: kind === "RECORD" ? "record" : kind === "CONTACT" ? "contact" : "custid",
    value: who,
    kind: kind === "CONTACT" ? "CARRIER" : kind,
    customer_id: customerOf(who),
    born_at: BORN,
    is_public: false,
  };
}

function hasRecord({ segment, region, products, vvip, columns }: Person): boolean {
  return columns !== undefined || segment != null || region != null || products !== undefined || vvip != null;
}

function recordRow({ who, person }: NamedPerson): object {
  return {
    ...ownedBy(who),
    id: recordId("record", "test", who),
    source: "crm",
    source_id: who,
    observed_at: BORN,
    stated: {},
    stated_by: {},
    identities: {},
    customer_segment_id: person.segment,
    region: person.region,
    products: person.products ?? [],
    vvip: person.vvip,
    ...person.columns,
  };
}

const ownedBy = (who: string) => ({ subject_id: subjectOf(who), customer_id: customerOf(who), ingested_at: BORN });

/** What ingest would find of a row's contact. */
function contactOf(world: readonly Told[], event: Told): object {
  const company = companyOf(world, event);
  const calls = company.filter(({ channel }) => channel === "VOICE");
  return company.length === 1
    ? {}
    : { contact_id: contactsIn(world).get(event.id), shares_call: isLeg(event) && calls.length > 1 };
}

function legRow(event: Told): object {
  return {
    ...ownedBy(event.who),
    id: event.id,
    source: event.source ?? "test",
    source_id: event.id,
    is_visit: false,
    channel_type: event.channel,
    session_start_time: event.at,
    sequence: event.sequence,
    interaction_end_time: event.until ?? null,
    item_id: itemIdOf(event),
    universal_session_id: event.universalSessionId,
    campaign: event.campaign,
    medium: event.medium,
    device: event.device,
    tracking_number: event.trackingNumber,
    call_reason: event.callReason,
    intent: event.intent,
    journey_step: event.journeyStep,
    agent_id: event.agentId,
    agent_skill_id: event.agentSkillId,
    team: event.team,
    department: event.department,
    call_centre_id: event.callCentreId,
    outcome: event.outcome,
    cost_amount: event.cost?.[0],
    cost_currency: event.cost?.[1],
    revenue_amount: event.revenue?.[0],
    revenue_currency: event.revenue?.[1],
    transaction_id: event.transactionId,
    ...event.columns,
  };
}

/** A touchpoint that names no visit has one of its own, which is what carries its device and universal session. */
function visitRow(event: Told): object {
  return {
    ...ownedBy(event.who),
    id: interactionOf(event),
    source: event.source ?? "test",
    source_id: `visit ${event.id}`,
    is_visit: true,
    channel_type: event.channel,
    session_start_time: event.at,
    session_end_time: event.until ?? event.at,
    universal_session_id: event.universalSessionId,
    device: event.device,
  };
}

function touchpointRow(event: Told): object {
  return {
    ...ownedBy(event.who),
    id: event.id,
    occurred_at: event.at,
    ended_at: event.until ?? null,
    interaction_id: interactionOf(event),
    source: event.source ?? "test",
    channel: event.channel,
    kind: event.kind,
    item_id: itemIdOf(event),
    campaign_id: campaignIdOf(event),
    sequence: event.sequence,
    value: event.value?.[0],
    currency: event.value?.[1],
    transaction_id: event.transactionId,
  };
}

const TABLES = {
  identities: (rows: string) =>
    sql`insert into identities select * from jsonb_populate_recordset(null::identities, ${rows}::jsonb)`,
  customer_records: (rows: string) =>
    sql`insert into customer_records select * from jsonb_populate_recordset(null::customer_records, ${rows}::jsonb)`,
  items: (rows: string) => sql`insert into items select * from jsonb_populate_recordset(null::items, ${rows}::jsonb)`,
  interactions: (rows: string) =>
    sql`insert into interactions select * from jsonb_populate_recordset(null::interactions, ${rows}::jsonb)`,
  touchpoints: (rows: string) =>
    sql`insert into touchpoints select * from jsonb_populate_recordset(null::touchpoints, ${rows}::jsonb)`,
};

async function fill(db: Db, table: keyof typeof TABLES, rows: readonly object[]): Promise<void> {
  if (rows.length > 0) await db.run(TABLES[table](JSON.stringify(rows)));
}
