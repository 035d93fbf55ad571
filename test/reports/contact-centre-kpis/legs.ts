import { recordId } from "../../../src/kit/id.ts";
import { at, type Happening } from "../kit/world.ts";

// Legs of contact in a line each, for the tables by hand.

let told = 0;

export interface Leg {
  channel?: string;
  start?: string;
  /** Seconds from the start. */
  answer?: number;
  end?: number;
  wrapUpEnd?: number;
  outcome?: string;
  reason?: string;
  intent?: string;
  team?: string;
  agentId?: string;
  journey?: string;
  cost?: [number, string];
  /** Any other column of interactions. */
  [column: string]: unknown;
}

const KIND: Record<string, string> = { VOICE: "CALL", IVR: "PROMPT", BOT: "INTENT", SURVEY: "SURVEY" };

/** One leg; a call unless a channel is named. */
export function leg({ channel = "VOICE", start = "10:00", ...rest }: Leg): Happening {
  const { answer, end, wrapUpEnd, outcome, reason, intent, team, agentId, journey, cost, ...columns } = rest;
  const startedAt = at(start);
  const later = (seconds: number | undefined) =>
    seconds === undefined ? null : new Date(startedAt.getTime() + seconds * 1000);
  told += 1;
  return {
    at: startedAt,
    until: later(end),
    channel,
    kind: KIND[channel] ?? "MESSAGE",
    outcome,
    callReason: reason,
    intent,
    team,
    agentId,
    universalSessionId: journey,
    cost,
    columns: {
      interaction_start_time: later(answer),
      session_end_time: later(wrapUpEnd),
      source_id: recordId("interaction", "told", `${told}`),
      ...columns,
    },
  };
}
