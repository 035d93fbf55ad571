import { parse } from "csv-parse/sync";
import type { AdaptedRecord } from "../adapter.ts";
import {
  adaptedOf,
  identityIn,
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

/** The last two columns are logged or not, each by a setting of its own. */
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
  const body = {
    source: SOURCE,
    // The unique id is the call's, not the row's: a forked call has several. Without a sequence the row's hash tells.
    sourceId: callId && sequence ? `${callId}/${sequence}` : idOf(row),
    identities: identityIn("phone", cdr.src),
    sessionId: textIn(cdr.linkedid, callId),
    startedAt: momentIn(cdr.start),
    answeredAt: momentIn(cdr.answer),
    endedAt: momentIn(cdr.end),
    durationSeconds: numberIn(cdr.duration),
    outcome: OUTCOMES.get(textIn(cdr.disposition)?.toUpperCase() ?? ""),
    dialledNumber: textIn(cdr.dst),
    metadata: stated({
      uniqueId: callId,
      context: nameIn(cdr.dcontext),
      lastApp: nameIn(cdr.lastapp),
      userField: nameIn(cdr.userfield),
      accountCode: nameIn(cdr.accountcode),
    }),
  };
  return { ...adaptedOf("call", body, row), startHint: createdAt(callId) };
}

/** The server begins its unique ids with the second in which it made the channel. */
function createdAt(callId: string | null): Date | undefined {
  const [, seconds] = /^(?:\S+-)?(\d{10})\.\d+$/.exec(callId ?? "") ?? [];
  return seconds === undefined ? undefined : new Date(Number(seconds) * 1_000);
}

const OUTCOMES = new Map([
  ["ANSWERED", "HANDLED"],
  ["NO ANSWER", "ABANDONED"],
  ["BUSY", "FAILED"],
  ["FAILED", "FAILED"],
  ["CONGESTION", "FAILED"],
]);
