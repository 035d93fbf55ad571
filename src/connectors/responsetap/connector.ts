import type { Connector } from "../connector.ts";
import { SHARED_SECRET } from "../proof.ts";
import { adaptResponsetap } from "./adapt.ts";
import type { TapCall } from "./call.type.ts";

export const responsetap: Connector<TapCall> = {
  name: "responsetap",
  title: "ResponseTap",
  sends: "calls",
  example: {
    callId: "rt-2",
    callStartTime: "2026-03-20T17:05:00Z",
    cliNumber: "+46701740605",
    dialledNumber: "+46812345678",
    callStatus: "missed",
  },
  proof: SHARED_SECRET,
  adapt: adaptResponsetap,
};
