import type { Connector } from "../connector.ts";
import { adaptAmazonConnect } from "./adapt.ts";
import type { ContactRecord } from "./contact-record.type.ts";
import { amazonConnectProof, firehoseAcknowledgement } from "./firehose.ts";

export const amazonConnect: Connector<ContactRecord> = {
  name: "amazon-connect",
  title: "Amazon Connect",
  sends: "contact records and contact events, also over Firehose, SNS and EventBridge",
  example: {
    AWSContactTraceRecordFormatVersion: "2017-03-10",
    ContactId: "c-4",
    Channel: "VOICE",
    InitiationMethod: "INBOUND",
    InitiationTimestamp: "2026-03-20T10:00:00Z",
    DisconnectTimestamp: "2026-03-20T10:06:00Z",
    LastUpdateTimestamp: "2026-03-20T10:08:00Z",
    CustomerEndpoint: { Type: "TELEPHONE_NUMBER", Address: "+46701740605" },
    SystemEndpoint: { Type: "TELEPHONE_NUMBER", Address: "+46812345678" },
  },
  proof: amazonConnectProof,
  acknowledgement: firehoseAcknowledgement,
  remark: "A Firehose delivery is answered as Firehose wants it, with its own request id.",
  adapt: adaptAmazonConnect,
};
