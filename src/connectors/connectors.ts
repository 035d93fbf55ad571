import { adobeXdm } from "./adobe-xdm/connector.ts";
import { amazonConnect } from "./amazon-connect/connector.ts";
import { asterisk } from "./asterisk/connector.ts";
import { callTrackingMetrics } from "./call-tracking-metrics/connector.ts";
import { callrail } from "./callrail/connector.ts";
import { cloudEvents } from "./cloudevents/connector.ts";
import type { Connector } from "./connector.ts";
import { genesysCloud } from "./genesys-cloud/connector.ts";
import { infinity } from "./infinity/connector.ts";
import { qubit } from "./qubit/connector.ts";
import { responsetap } from "./responsetap/connector.ts";
import { salesforceTask } from "./salesforce-task/connector.ts";
import { segment } from "./segment/connector.ts";
import { twilio } from "./twilio/connector.ts";
import { vcon } from "./vcon/connector.ts";

const VENDORS: readonly Connector[] = [
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

/** Every sender that `POST /v1/webhooks/<connector>` understands. */
export const CONNECTORS: readonly Connector[] = [...VENDORS, cloudEvents(VENDORS)];
