/** A call detail record under the names of Asterisk's CDR variables; a row of Master.csv has them in this order. */
export interface Cdr {
  accountcode: string;
  /** The caller's number, and what was dialled. */
  src: string;
  dst: string;
  dcontext: string;
  /** The caller's name and number. */
  clid: string;
  channel: string;
  dstchannel: string;
  lastapp: string;
  lastdata: string;
  /** In the server's own zone, or UTC with usegmtime=yes; without a zone either way. */
  start: string;
  /** Empty when nobody answered. */
  answer: string;
  end: string;
  /** Seconds in all, and since the answer. */
  duration: string;
  billsec: string;
  /** ANSWERED, NO ANSWER, BUSY, FAILED or CONGESTION. */
  disposition: string;
  amaflags: string;
  /** With loguniqueid=yes. Rows of one call share it. */
  uniqueid: string;
  /** With loguserfield=yes. */
  userfield: string;
  /** In custom layouts: tells the rows of one call apart, and joins those of its channels. */
  sequence: string;
  linkedid: string;
}

/** The same as the event Cdr of the manager interface names it. */
export interface CdrEvent {
  Source: string;
  Destination: string;
  DestinationContext: string;
  Channel: string;
  DestinationChannel: string;
  LastApplication: string;
  StartTime: string;
  AnswerTime: string;
  EndTime: string;
  Duration: string;
  Disposition: string;
  UniqueID: string;
  UserField: string;
}

/** The columns of a row, with their order. */
export const COLUMNS = [
  "accountcode",
  "src",
  "dst",
  "dcontext",
  "clid",
  "channel",
  "dstchannel",
  "lastapp",
  "lastdata",
  "start",
  "answer",
  "end",
  "duration",
  "billsec",
  "disposition",
  "amaflags",
] as const satisfies readonly (keyof Cdr)[];
