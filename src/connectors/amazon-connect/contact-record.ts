import type { AdaptedRecord } from "../adapter.ts";
import {
  adaptedOf,
  identityIn,
  isRow,
  momentIn,
  nameIn,
  numberIn,
  type Sent,
  type SentIdentity,
  stated,
  textIn,
} from "../raw.ts";
import { AMAZON_CONNECT, channelOf, directionOf } from "./contact.ts";
import type { ContactEndpoint, ContactRecord } from "./contact-record.type.ts";

/** A contact record as one leg: from the connection through queue, talk and after-contact work. */
export function contactRecordOf(record: Sent<ContactRecord>): AdaptedRecord {
  const { Agent: agent, Queue: queue } = record;
  const disconnectedAt = momentIn(record.DisconnectTimestamp);
  const body = {
    source: AMAZON_CONNECT,
    sourceId: textIn(record.ContactId),
    revision: momentIn(record.LastUpdateTimestamp),
    identities: customerIn(record),
    channelType: channelOf(record.Channel, Boolean(agent ?? queue)),
    sessionId: textIn(record.InitialContactId, record.ContactId),
    sessionStartTime: momentIn(record.InitiationTimestamp, record.ConnectedToSystemTimestamp),
    interactionStartTime: momentIn(agent?.ConnectedToAgentTimestamp),
    interactionEndTime: disconnectedAt,
    sessionEndTime: momentIn(agent?.AfterContactWorkEndTimestamp, disconnectedAt),
    queueSeconds: numberIn(queue?.Duration),
    holdSeconds: numberIn(agent?.CustomerHoldDuration),
    agentId: textIn(agent?.Username),
    agentSkillId: textIn(queue?.Name),
    team: nameIn(agent?.RoutingProfile?.Name),
    department: nameIn(agent?.HierarchyGroups?.Level1?.GroupName),
    outcome: outcomeOf(record),
    isTransferred: agent ? isTransferred(record) : null,
    isCallBack: textIn(record.InitiationMethod) === "CALLBACK" ? true : null,
    callBackSessionId: textIn(record.InitiationMethod) === "CALLBACK" ? textIn(record.InitialContactId) : null,
    direction: directionOf(record.InitiationMethod),
    exitReasonCode: textIn(record.DisconnectReason),
    trackingNumber: isInbound(record) ? numberAt(record.SystemEndpoint) : null,
    campaign: textIn(record.Campaign?.CampaignId),
    metadata: metadataOf(record),
  };
  return adaptedOf("interaction", body, record);
}

function isTransferred(record: Sent<ContactRecord>): boolean {
  return textIn(record.TransferCompletedTimestamp, record.NextContactId) !== null;
}

function isInbound({ InitiationMethod: method }: Sent<ContactRecord>): boolean {
  return directionOf(method) === "INBOUND";
}

/** Nobody answered: whoever was queued has given up, whoever was not had what they wanted of the IVR. */
function outcomeOf(record: Sent<ContactRecord>): string {
  if (textIn(record.Agent?.ConnectedToAgentTimestamp)) return "HANDLED";
  if (isTransferred(record)) return "TRANSFERRED_OUT";
  if (textIn(record.Queue?.EnqueueTimestamp)) return "ABANDONED";
  return textIn(record.DisconnectReason) === "TELECOM_PROBLEM" ? "FAILED" : "CONTAINED";
}

function customerIn(record: Sent<ContactRecord>): SentIdentity[] {
  const endpoint = record.CustomerEndpoint;
  const email = textIn(endpoint?.Type) === "EMAIL_ADDRESS" ? endpoint?.Address : null;
  return [
    ...identityIn("custid", record.CustomerId),
    ...identityIn("email", email),
    ...identityIn("phone", numberAt(endpoint)),
  ];
}

function numberAt(endpoint: Sent<ContactEndpoint> | null | undefined): string | null {
  return textIn(endpoint?.Type) === "TELEPHONE_NUMBER" ? textIn(endpoint?.Address) : null;
}

function metadataOf(record: Sent<ContactRecord>): Record<string, unknown> {
  return stated({
    initiationMethod: textIn(record.InitiationMethod),
    previousContactId: textIn(record.PreviousContactId),
    nextContactId: textIn(record.NextContactId),
    transferredTo: textIn(record.TransferredToEndpoint?.Address),
    attributes: isRow(record.Attributes) ? record.Attributes : null,
  });
}
