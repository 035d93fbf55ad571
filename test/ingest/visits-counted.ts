import fc from "fast-check";
import type { Db } from "../../src/db/client.ts";
import { sql } from "../../src/db/sql.ts";
import type { IncomingRecord } from "../../src/ingest/receipt.ts";
import { recordId } from "../../src/kit/id.ts";
import { read } from "../kit/read.ts";

// Visits that pauses bound, counted in the obvious way: all that was said last, in order, cut where nothing went on.

/** A page view without a session, or, for company, one with a session or a call. */
export interface Said {
  name: string;
  custid: string;
  source: string;
  revision: number;
  minute: number;
  lasts: number;
  channel: string;
  device: string | null;
  universalSessionId: string | null;
  as: "page" | "page of a session" | "call";
}

/** The pause in minutes that ends a visit of each source. */
export const TIMEOUTS: Record<string, number> = { web: 30, shop: 60 };

const maybe = <Value>(...values: Value[]) => fc.option(fc.constantFrom(...values), { freq: 1 });
const said: fc.Arbitrary<Said> = fc.record({
  name: fc.constantFrom(..."abcdefgh"),
  custid: fc.constantFrom("x", "x", "y"),
  source: fc.constantFrom("web", "shop"),
  revision: fc.integer({ min: 1, max: 3 }),
  minute: fc.oneof(
    fc.integer({ min: 0, max: 12 }).map((n) => n * 15),
    fc.integer({ min: 0, max: 180 }),
  ),
  lasts: fc.constantFrom(0, 0, 0, 10, 50),
  channel: fc.constantFrom("WEB", "WEB", "APP"),
  device: maybe("phone", "desk"),
  universalSessionId: maybe("u1", "u2"),
  as: fc.constantFrom("page", "page", "page", "page", "page of a session", "call"),
});
export const batches = fc.array(fc.array(said, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 5 });

const DAY = Date.UTC(2026, 10, 2, 22);
const atOf = ({ minute }: Said) => new Date(DAY + minute * 60_000);
const endOf = ({ minute, lasts }: Said) => new Date(DAY + (minute + lasts) * 60_000);

export function recordOf(one: Said): IncomingRecord {
  const { name, source, revision, channel, device, universalSessionId } = one;
  const body = {
    source,
    sourceId: name,
    revision: new Date(Date.UTC(2026, 10, 3, revision)),
    identities: [{ namespace: "custid", value: one.custid }],
  };
  if (one.as === "call") return { kind: "call", body: { ...body, startedAt: atOf(one), endedAt: endOf(one) } };
  const sessionId = one.as === "page" ? null : "s1";
  const endedAt = one.lasts === 0 ? null : endOf(one);
  const page = { occurredAt: atOf(one), endedAt, kind: "PAGE_VIEW", channel, device, universalSessionId, sessionId };
  return { kind: "touchpoint", body: { ...body, ...page, url: `https://example.com/${name}` } };
}

/** What is shown of each record: its newest version, of equally new ones the first. */
function shownOf(all: readonly Said[]): Said[] {
  const shown = new Map<string, Said>();
  for (const one of all) {
    const key = keyOf(one);
    const known = shown.get(key);
    if (!known || one.revision > known.revision) shown.set(key, one);
  }
  return [...shown.values()];
}

export const keyOf = ({ as, source, name }: Said) => `${as === "call"} ${source} ${name}`;

export interface Counted {
  id: string;
  from: string;
  to: string;
  channel: string;
  device: string | null;
  universalSessionId: string | null;
  pages: string[];
}

export function expectedVisits(all: readonly Said[]): Counted[] {
  const pages = shownOf(all).filter(({ as }) => as === "page");
  const lives = new Set(pages.map(({ custid, source }) => `${custid} ${source}`));
  return [...lives]
    .flatMap((life) => cutBy(pages.filter((page) => `${page.custid} ${page.source}` === life)))
    .sort(byId);
}

function cutBy(life: Said[]): Counted[] {
  const visits: Said[][] = [];
  for (const page of life.sort((a, b) => a.minute - b.minute || (turned(a) < turned(b) ? -1 : 1))) {
    const visit = visits.at(-1);
    const end = Math.max(...(visit ?? []).map((one) => one.minute + one.lasts));
    if (visit && page.minute - end <= TIMEOUTS[page.source]!) visit.push(page);
    else visits.push([page]);
  }
  return visits.map(counted);
}

function counted(visit: Said[]): Counted {
  const least = (values: (string | null)[]) => values.filter((value) => value !== null).sort()[0] ?? null;
  return {
    id: turned(visit[0]!),
    from: atOf(visit[0]!).toISOString(),
    to: new Date(Math.max(...visit.map((page) => endOf(page).getTime()))).toISOString(),
    channel: visit.some(({ channel }) => channel === "WEB") ? "WEB" : "APP",
    device: least(visit.map(({ device }) => device)),
    universalSessionId: least(visit.map(({ universalSessionId }) => universalSessionId)),
    pages: visit.map(({ source, name }) => recordId("touchpoint", source, name)).sort(),
  };
}

/** The touchpoint's id, the last bit turned. */
function turned({ source, name }: Said): string {
  const id = recordId("touchpoint", source, name);
  const last = "0123456789abcdef".indexOf(id.at(-1)!);
  return id.slice(0, -1) + "0123456789abcdef"[last % 2 === 0 ? last + 1 : last - 1]!;
}

const byId = (a: Counted, b: Counted) => (a.id < b.id ? -1 : 1);

export async function storedVisits(db: Db): Promise<Counted[]> {
  const rows = await read<Counted & { sourceId: string }>(
    db,
    sql`
      select
        i.id, i.source_id as "sourceId", i.session_start_time as from, i.session_end_time as to, i.channel_type as channel,
        i.device, i.universal_session_id as "universalSessionId",
        array(
          select t.id::text from touchpoints t
          where t.subject_id = i.subject_id and t.interaction_id = i.id
          order by 1
        ) as pages
      from interactions i
      where i.is_visit and i.session_id is null
    `,
  );
  return rows
    .map(({ sourceId, from, to, ...rest }) => {
      if (sourceId !== rest.id) throw new Error("A visit's source id is its id.");
      return { ...rest, from: new Date(from).toISOString(), to: new Date(to).toISOString() };
    })
    .sort(byId);
}
