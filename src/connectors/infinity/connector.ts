import type { Connector } from "../connector.ts";
import { SHARED_SECRET } from "../proof.ts";
import { adaptInfinity } from "./adapt.ts";
import type { CallEvent } from "./call-event.type.ts";

export const infinity: Connector<CallEvent> = {
  name: "infinity",
  title: "Infinity",
  sends: "call events",
  example: {
    igrp: 12,
    dt: "2026-03-20 09:00:00",
    telcoCallRef: "inf-2",
    dialledPhoneNumber: "+46812345678",
    srcPhoneNumber: "+46701740606",
    callDuration: 0,
    ringTime: 25,
  },
  proof: SHARED_SECRET,
  adapt: adaptInfinity,
};
