import { parse } from "csv-parse/sync";
import type { AdaptedRecord } from "../adapter.ts";
import {
  adaptedOf,
  idOf,
  isRow,
  malformed,
  momentIn,
  nameIn,
  numberIn,
  type Sent,
  stated,
  textIn,
  unknownEvent,
  unusable,
} from "../raw.ts";
import { type Cdr, type CdrEvent, COLUMNS } from "./cdr.type.ts";
import { isPickUp, type Parties, partiesOf } from "./parties.ts";

const SOURCE = "asterisk";

/** Call detail records of Asterisk: rows of Master.csv, or one as JSON. */
export function adaptAsterisk(raw: unknown): AdaptedRecord[] {
  if (typeof raw === "string") return adaptRows(raw);
  return isRow(raw) ? adaptJson(raw) : malformed(SOURCE, raw);
}

function adaptRows(text: string): AdaptedRecord[] {
  const rows = cellsOf(text);
  if (rows === null) return [unusable(SOURCE, text, BROKEN)];
  return rows.map((cells) => {
    const cdr = cdrOf(cells);
    return cdr ? callOf(cdr, cells) : unusable(SOURCE, cells, UNKNOWN_LAYOUT);
  });
}

const BROKEN = { reason: "BROKEN_ROW", message: "The rows are not CSV: check their quotes." };
const UNKNOWN_LAYOUT = {
  reason: "UNKNOWN_LAYOUT",
  message: "Send the rows of Master.csv: 16 columns, then the unique id and the user field where they are logged.",
};

function cellsOf(text: string): string[][] | null {
  try {
    return parse(text, { relax_column_count: true, skip_empty_lines: true, bom: true });
  } catch {
    return null;
  }
}

const UNIQUE_ID = /^(\S+-)?\d+\.\d+$/;

/** Each of the last two columns is there only when its setting is on. */
function cdrOf(cells: readonly string[]): Sent<Cdr> | null {
  const rest = cells.slice(COLUMNS.length);
  if (cells.length < COLUMNS.length || rest.length > 2) return null;
  const cdr = Object.fromEntries(COLUMNS.map((column, position) => [column, cells[position]]));
  const [first = "", second] = rest;
  if (second !== undefined) return { ...cdr, uniqueid: first, userfield: second };
  return UNIQUE_ID.test(first) ? { ...cdr, uniqueid: first } : { ...cdr, userfield: first };
}

function adaptJson(row: Sent<Cdr & CdrEvent>): AdaptedRecord[] {
  if (!("start" in row) && !("StartTime" in row)) return unknownEvent(SOURCE, row, "call detail records");
  const cdr: Sent<Cdr> = {
    ...row,
    src: row.src ?? row.Source,
    dst: row.dst ?? row.Destination,
    dcontext: row.dcontext ?? row.DestinationContext,
    channel: row.channel ?? row.Channel,
    dstchannel: row.dstchannel ?? row.DestinationChannel,
    lastapp: row.lastapp ?? row.LastApplication,
    start: row.start ?? row.StartTime,
    answer: row.answer ?? row.AnswerTime,
    end: row.end ?? row.EndTime,
    duration: row.duration ?? row.Duration,
    disposition: row.disposition ?? row.Disposition,
    uniqueid: row.uniqueid ?? row.UniqueID,
    userfield: row.userfield ?? row.UserField,
  };
  return [callOf(cdr, row)];
}

function callOf(cdr: Sent<Cdr>, row: unknown): AdaptedRecord {
  const callId = textIn(cdr.uniqueid);
  const sequence = textIn(cdr.sequence);
  const parties = partiesOf(cdr);
  const outcome = outcomeOf(cdr, parties);
  const body = {
    source: SOURCE,
    // The unique id names the call, and a forked call has several rows. Without a sequence a hash of the row tells them apart.
    sourceId: callId && sequence ? `${callId}/${sequence}` : idOf(row),
    identities: parties.identities,
    sessionId: textIn(cdr.linkedid, callId),
    contactKey: textIn(cdr.linkedid, callId),
    isConsult: parties.isInside ? true : null,
    direction: parties.direction,
    outcome,
    agentId: outcome === "HANDLED" ? parties.desk : null,
    agentSkillId: parties.groupNumber,
    metadata: stated({
      uniqueId: callId,
      context: nameIn(cdr.dcontext),
      lastApp: nameIn(cdr.lastapp),
      userField: nameIn(cdr.userfield),
      accountCode: nameIn(cdr.accountcode),
    }),
  };
  const [start, end] = [momentIn(cdr.start), momentIn(cdr.end)];
  const startHint = createdAt(callId);
  const told = isRow(row) ? row : cdr;
  if (outcome === "CONTAINED") {
    const times = { sessionStartTime: start, interactionEndTime: end, trackingNumber: parties.dialledNumber };
    return { ...adaptedOf("interaction", { ...body, ...times, channelType: "IVR" }, row, told), startHint };
  }
  const times = {
    startedAt: start,
    answeredAt: outcome === "HANDLED" ? momentIn(cdr.answer) : null,
    endedAt: end,
    durationSeconds: numberIn(cdr.duration),
    dialledNumber: parties.dialledNumber,
  };
  return { ...adaptedOf("call", { ...body, ...times }, row, told), startHint };
}

/** A unique id begins with the Unix second in which the server made the channel. */
function createdAt(callId: string | null): Date | undefined {
  const [, seconds] = /^(?:\S+-)?(\d{10})\.\d+$/.exec(callId ?? "") ?? [];
  return seconds === undefined ? undefined : new Date(Number(seconds) * 1_000);
}

/** A channel without a second one bridged to it was answered by Asterisk's own software, not by a person. */
function outcomeOf(cdr: Sent<Cdr>, { direction }: Parties): string | null {
  const disposition = textIn(cdr.disposition)?.toUpperCase() ?? "";
  const outcome = OUTCOMES.get(disposition) ?? null;
  if (isPickUp(cdr)) return outcome;
  const app = textIn(cdr.lastapp) ?? "";
  if (outcome === "HANDLED") {
    if (/^(mini)?vm|voicemail/i.test(app)) return "VOICEMAIL";
    const isAlone = cdr.dstchannel !== undefined && textIn(cdr.dstchannel) === null && !/^dial$/i.test(app);
    if (!isAlone) return outcome;
    if (/^queue$/i.test(app)) return "ABANDONED";
    return /^park/i.test(app) ? "FLOWED_OUT" : "CONTAINED";
  }
  return outcome === "ABANDONED" && direction === "OUTBOUND" ? "FAILED" : outcome;
}

const OUTCOMES = new Map([
  ["ANSWERED", "HANDLED"],
  ["NO ANSWER", "ABANDONED"],
  ["BUSY", "FAILED"],
  ["FAILED", "FAILED"],
  ["CONGESTION", "FAILED"],
]);
