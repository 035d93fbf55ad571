import { type Acknowledgement, type Connector, FORM, JSON_BODY } from "../connector.ts";
import { adaptTwilio } from "./adapt.ts";
import { twilioProof } from "./proof.ts";
import type { VoiceCallback } from "./voice.type.ts";

/** Twilio runs what it is answered as TwiML: an empty one says that there is nothing to do. */
const EMPTY_TWIML: Acknowledgement = {
  description: "Taken in: empty TwiML.",
  mediaType: "text/xml",
  schema: { type: "string" },
  bodyOf: () => '<?xml version="1.0" encoding="UTF-8"?><Response/>',
};

export const twilio: Connector<VoiceCallback> = {
  name: "twilio",
  title: "Twilio",
  sends: "status callbacks of calls, and Studio's executions and steps",
  example: {
    CallSid: "CA1",
    AccountSid: "AC1",
    From: "+46701740605",
    To: "+46812345678",
    Direction: "inbound",
    CallStatus: "completed",
    CallDuration: "95",
    Timestamp: "Fri, 20 Mar 2026 10:02:00 +0000",
  },
  proof: twilioProof,
  mediaTypes: [FORM, JSON_BODY],
  acknowledgement: EMPTY_TWIML,
  readsEnvelopes: true,
  remark: "A JSON body is believed when the address that was signed holds its digest as bodySHA256.",
  adapt: adaptTwilio,
};
