import type { Db } from "../../../src/db/client.ts";
import { sql } from "../../../src/db/sql.ts";
import { recordId } from "../../../src/kit/id.ts";

// A small world told in a line per person, or event by event, written straight into the tables.

/** One event; a leg unless its channel is WEB or APP. */
export interface Happening {
  at: Date;
  until?: Date | null;
  channel: string;
  kind: string;
  source?: string;
  /** The name of a touchpoint. A leg is named as ingest would: a call by its reason, the rest by their intent. */
  name?: string | null;
  section?: string | null;
  sequence?: number | null;
  campaign?: string | null;
  medium?: string | null;
  device?: string | null;
  universalSessionId?: string | null;
  value?: [number, string] | null;
  callReason?: string | null;
  intent?: string | null;
  journeyStep?: string | null;
  agentId?: string | null;
  agentSkillId?: string | null;
  team?: string | null;
  department?: string | null;
  callCentreId?: string | null;
  outcome?: string | null;
  cost?: [number, string] | null;
  revenue?: [number, string] | null;
  /** Any further columns of `interactions`, by their name there. */
  columns?: Record<string, unknown>;
}

export interface Person {
  /** Kind of the one identity; RECORD for a record that nothing identifies. */
  identity?: "ANCHOR" | "PERSONAL" | "CARRIER" | "RECORD";
  events: readonly Happening[];
  segment?: string | null;
  region?: string | null;
  products?: readonly string[];
  vvip?: boolean | null;
}

/** An event as it was told, with whose it is and the id it got: what a recount goes by. */
export interface Told extends Happening {
  id: string;
  customerId: string;
  who: string;
  isIdentified: boolean;
  person: Person;
}

/** Tells a world: `{ ann: "page /home 09:00 > call billing 09:30-09:40" }`, or people with their events. */
export async function given(db: Db, world: Record<string, string | Person>): Promise<Told[]> {
  const people = Object.entries(world).map(([who, told]) => ({
    who,
    person: typeof told === "string" ? { events: storyOf(told) } : told,
  }));
  const all = people.flatMap(({ who, person }) => tell(who, person));
  const legs = all.filter((told) => isLeg(told));
  const touches = all.filter((told) => !isLeg(told));
  await fill(db, "identities", people.map(identityRow));
  await fill(db, "customer_records", people.filter(({ person }) => hasRecord(person)).map(recordRow));
  await fill(db, "items", itemRows(all));
  await fill(db, "interactions", [...legs.map(legRow), ...touches.map(visitRow)]);
  await fill(db, "touchpoints", touches.map(touchpointRow));
  return all;
}

/** The id of the customer of that name. */
export function customerOf(who: string): string {
  return recordId("customer", "test", who);
}

export function isLeg({ channel }: Happening): boolean {
  return channel !== "WEB" && channel !== "APP";
}

/** 2026-11-02 at that time; `3T09:00` is the third of the month. */
export function at(time: string): Date {
  const [day, clock] = time.includes("T") ? (time.split("T") as [string, string]) : ["2", time];
  return new Date(`2026-11-${day.padStart(2, "0")}T${clock.length === 5 ? `${clock}:00` : clock}Z`);
}

/** The day of the stories. */
export const day = { from: at("00:00"), to: at("3T00:00") };

const WORDS: Record<string, [channel: string, kind: string]> = {
  page: ["WEB", "PAGE_VIEW"],
  search: ["WEB", "SEARCH"],
  form: ["WEB", "FORM"],
  transaction: ["WEB", "TRANSACTION"],
  call: ["VOICE", "CALL"],
  prompt: ["IVR", "PROMPT"],
  bot: ["BOT", "INTENT"],
  chat: ["CHAT", "MESSAGE"],
};

/** "page /home 09:00 > call billing 09:30-09:40": what, its name if any, and when. */
function storyOf(line: string): Happening[] {
  return line.split(" > ").map((part) => {
    const words = part.trim().split(" ");
    const [channel, kind] = WORDS[words[0]!]!;
    const [start, end] = words.at(-1)!.split("-");
    const name = words.slice(1, -1).join(" ") || null;
    const isWeb = channel === "WEB";
    return {
      at: at(start!),
      until: end ? at(end) : null,
      channel,
      kind,
      ...(isWeb ? { name, section: name?.startsWith("/") ? name.split("/")[1] : null } : {}),
      ...(kind === "CALL" ? { callReason: name } : isWeb ? {} : { intent: name }),
    };
  });
}

function tell(who: string, person: Person): Told[] {
  const isIdentified = person.identity !== "RECORD";
  return person.events.map((event, i) => ({
    ...event,
    who,
    person,
    isIdentified,
    customerId: customerOf(who),
    id: recordId(isLeg(event) ? "interaction" : "touchpoint", event.source ?? "test", `${who}/${i}`),
  }));
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

function identityRow({ who, person }: { who: string; person: Person }): object {
  const kind = person.identity ?? "ANCHOR";
  return {
    id: subjectOf(who),
    namespace: kind === "RECORD" ? "record" : "custid",
    value: who,
    kind,
    customer_id: customerOf(who),
    born_at: BORN,
  };
}

function hasRecord({ segment, region, products, vvip }: Person): boolean {
  return segment != null || region != null || products !== undefined || vvip != null;
}

function recordRow({ who, person }: { who: string; person: Person }): object {
  return {
    ...ownedBy(who),
    id: recordId("record", "test", who),
    source: "crm",
    source_id: who,
    observed_at: BORN,
    stated: {},
    customer_segment_id: person.segment,
    region: person.region,
    products: person.products ?? [],
    vvip: person.vvip,
  };
}

const ownedBy = (who: string) => ({ subject_id: subjectOf(who), customer_id: customerOf(who), ingested_at: BORN });

function legRow(event: Told): object {
  return {
    ...ownedBy(event.who),
    id: event.id,
    source: event.source ?? "test",
    source_id: event.id,
    is_visit: false,
    channel_type: event.channel,
    session_start_time: event.at,
    interaction_end_time: event.until ?? null,
    item_id: itemIdOf(event),
    universal_session_id: event.universalSessionId,
    campaign: event.campaign,
    medium: event.medium,
    device: event.device,
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
    ...event.columns,
  };
}

/** Each touchpoint has a visit of its own, which is what carries its device and universal session. */
function visitRow(event: Told): object {
  return {
    ...ownedBy(event.who),
    id: recordId("visit", "test", event.id),
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
    interaction_id: recordId("visit", "test", event.id),
    source: event.source ?? "test",
    channel: event.channel,
    kind: event.kind,
    item_id: itemIdOf(event),
    campaign_id: campaignIdOf(event),
    sequence: event.sequence,
    value: event.value?.[0],
    currency: event.value?.[1],
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
  if (rows.length > 0) await db.query(TABLES[table](JSON.stringify(rows)));
}
