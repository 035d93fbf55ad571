import { adobeXdm } from "./adobe-xdm/adapt.ts";
import { amazonConnect } from "./amazon-connect/adapt.ts";
import { asterisk } from "./asterisk/adapt.ts";
import { callTrackingMetrics } from "./call-tracking-metrics/adapt.ts";
import { callrail } from "./callrail/adapt.ts";
import type { Channel } from "./channel.ts";
import { cloudEvents } from "./cloudevents/adapt.ts";
import { genesysCloud } from "./genesys-cloud/adapt.ts";
import { infinity } from "./infinity/adapt.ts";
import { qubit } from "./qubit/adapt.ts";
import { responsetap } from "./responsetap/adapt.ts";
import { salesforceTask } from "./salesforce-task/adapt.ts";
import { segment } from "./segment/adapt.ts";
import { twilio } from "./twilio/adapt.ts";
import { vcon } from "./vcon/adapt.ts";

const VENDORS: readonly Channel[] = [
  adobeXdm,
  amazonConnect,
  asterisk,
  callTrackingMetrics,
  callrail,
  genesysCloud,
  infinity,
  qubit,
  responsetap,
  salesforceTask,
  segment,
  twilio,
  vcon,
];

/** Every language that `POST /v1/webhooks/<dialect>` understands. */
export const DIALECTS: readonly Channel[] = [...VENDORS, cloudEvents(VENDORS)];
