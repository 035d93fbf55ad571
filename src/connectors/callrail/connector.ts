import type { Connector } from "../connector.ts";
import { adaptCallrail } from "./adapt.ts";
import { callrailProof } from "./proof.ts";
import type { CallWebhook } from "./webhook.type.ts";

export const callrail: Connector<CallWebhook> = {
  name: "callrail",
  title: "CallRail",
  sends: "pre-call, post-call and call-modified webhooks, texts and forms",
  example: {
    id: 503,
    answered: false,
    direction: "inbound",
    start_time: "2026-03-20T10:00:00.000+01:00",
    duration: "0",
    customer_phone_number: "+46701740605",
    tracking_phone_number: "+46812345678",
  },
  proof: callrailProof,
  adapt: adaptCallrail,
};
