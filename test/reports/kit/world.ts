import type { Db } from "../../../src/db/client.ts";
import { recordId } from "../../../src/kit/id.ts";
import { isLeg } from "./contacts.ts";
import { customerOf, writeWorld } from "./rows.ts";

// A small world told in a line per person, or event by event, written straight into the tables.

/** One event; a leg unless its channel is WEB or APP. */
export interface Happening {
  at: Date;
  until?: Date | null;
  channel: string;
  kind: string;
  /** Of touchpoints: those of one person and source with the same are of one visit. */
  visit?: string | null;
  source?: string;
  /** The name of a touchpoint. A leg is named as ingest would: a call by its reason, the rest by their intent. */
  name?: string | null;
  section?: string | null;
  sequence?: number | null;
  campaign?: string | null;
  medium?: string | null;
  device?: string | null;
  trackingNumber?: string | null;
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
  transactionId?: string | null;
  /** Any further columns of `interactions`, by their name there. */
  columns?: Record<string, unknown>;
}

export interface Person {
  /** Kind of the one identity; RECORD for a record that nothing identifies, CONTACT where only its contact is known. */
  identity?: "ANCHOR" | "PERSONAL" | "CARRIER" | "RECORD" | "CONTACT";
  events: readonly Happening[];
  segment?: string | null;
  region?: string | null;
  products?: readonly string[];
  vvip?: boolean | null;
  /** Any further columns of `customer_records`, by their name there. */
  columns?: Record<string, unknown>;
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
  await writeWorld(db, people, all);
  return all;
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
  const isIdentified = person.identity !== "RECORD" && person.identity !== "CONTACT";
  return person.events.map((event, i) => ({
    ...event,
    who,
    person,
    isIdentified,
    customerId: customerOf(who),
    id: recordId(isLeg(event) ? "interaction" : "touchpoint", event.source ?? "test", `${who}/${i}`),
  }));
}
