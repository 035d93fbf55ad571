/** A conversation as the IETF's vCon container holds it. */
export interface Vcon {
  vcon: string;
  uuid: string;
  created_at: string;
  updated_at: string;
  subject: string;
  parties: VconParty[];
  dialog: VconDialog[];
  /** What was made of a dialog, such as a transcript, and what came with it. */
  analysis: { dialog: number | number[] }[];
  attachments: { dialog: number }[];
}

export interface VconParty {
  tel: string;
  mailto: string;
  /** Not of the standard, but written by some. */
  email: string;
  name: string;
  /** customer, agent …; some keep it in `meta`. */
  role: string;
  meta: { role: string };
}

export interface VconDialog {
  /** recording, text, transfer or incomplete. */
  type: string;
  /** RFC 3339. */
  start: string;
  /** Seconds. */
  duration: number;
  /** Positions in `parties`: who took part. The first began it, unless `originator` says who did. */
  parties: number[];
  originator: number;
  mediatype: string;
  /** The recording or the text itself, where it is not kept elsewhere. */
  body: string;
  /** Of an incomplete one: no-answer, congestion, failed, busy, hung-up, voicemail-no-message. */
  disposition: string;
  /** Of a transfer: positions in `dialog` of the talk before it, of the consult, and of the talk after it. */
  original: number | number[];
  consultation: number | number[];
  target_dialog: number | number[];
  "target-dialog": number | number[];
  /** Not of the standard: in or out. */
  meta: { direction: string; disposition: string };
}
