import type { Connector } from "../connector.ts";
import { SHARED_SECRET } from "../proof.ts";
import type { CallTrackingActivity } from "./activity.type.ts";
import { adaptCallTrackingMetrics } from "./adapt.ts";

export const callTrackingMetrics: Connector<CallTrackingActivity> = {
  name: "call-tracking-metrics",
  title: "CallTrackingMetrics",
  sends: "activities",
  example: {
    id: 78,
    direction: "inbound",
    unix_time: 1774000100,
    contact_number: "+46701740605",
    tracking_number: "+46812345678",
    duration: 20,
    status: "no-answer",
  },
  proof: SHARED_SECRET,
  adapt: adaptCallTrackingMetrics,
};
