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
  const isCallBack = textIn(record.InitiationMethod) === "CALLBACK";
  const body = {
    source: AMAZON_CONNECT,
    sourceId: textIn(record.ContactId),
    revision: momentIn(record.LastUpdateTimestamp),
    identities: customerIn(record),
    channelType: channelOf(
      record.Channel,
      Boolean(agent ?? queue) || directionOf(record.InitiationMethod) === "OUTBOUND",
    ),
    sessionId: contactOf(record),
    contactKey: contactOf(record),
    sessionStartTime: momentIn(record.InitiationTimestamp, record.ConnectedToSystemTimestamp),
    interactionStartTime: momentIn(agent?.ConnectedToAgentTimestamp),
    interactionEndTime: disconnectedAt,
    sessionEndTime: momentIn(agent?.AfterContactWorkEndTimestamp, disconnectedAt),
    // A call back waits in its queue without the customer, who has hung up.
    queueSeconds: isCallBack ? null : numberIn(queue?.Duration),
    holdSeconds: numberIn(agent?.CustomerHoldDuration),
    agentId: textIn(agent?.Username),
    agentSkillId: textIn(queue?.Name),
    team: nameIn(agent?.RoutingProfile?.Name),
    department: nameIn(agent?.HierarchyGroups?.Level1?.GroupName),
    outcome: outcomeOf(record),
    isTransferred: agent ? isTransferred(record) : null,
    isCallBack: isCallBack ? true : null,
    callBackSessionId: isCallBack ? textIn(record.InitialContactId, record.PreviousContactId) : null,
    direction: directionOf(record.InitiationMethod),
    exitReasonCode: textIn(record.DisconnectReason),
    trackingNumber: isInbound(record) ? numberAt(record.SystemEndpoint) : null,
    campaign: textIn(record.Campaign?.CampaignId),
    metadata: metadataOf(record),
  };
  return adaptedOf("interaction", body, record);
}

/** The first contact of the chain; every contact that follows carries its id. */
function contactOf(record: Sent<ContactRecord>): string | null {
  return textIn(record.InitialContactId, record.PreviousContactId, record.ContactId);
}

/** The next contact may be a consult, which ends before this one does: it takes both records to see that. */
function isTransferred(record: Sent<ContactRecord>): boolean | null {
  if (textIn(record.TransferCompletedTimestamp) !== null) return true;
  return textIn(record.NextContactId) === null ? false : null;
}

function isInbound({ InitiationMethod: method }: Sent<ContactRecord>): boolean {
  return directionOf(method) === "INBOUND";
}

/**
 * The outcome of a contact that no agent answered. A customer in a queue has given up, one who reached no queue was served by
 * the IVR, and an outbound contact did not reach them. A contact with a next one was transferred, unless the line dropped:
 * then the next one is a call back.
 */
function outcomeOf(record: Sent<ContactRecord>): string {
  const isOutbound = directionOf(record.InitiationMethod) === "OUTBOUND";
  const detected = textIn(record.AnsweringMachineDetectionStatus) ?? "";
  if (/^VOICEMAIL|^FAX/.test(detected)) return "VOICEMAIL";
  if (/^OUTBOUND_/.test(textIn(record.DisconnectReason) ?? "")) return "FAILED";
  if (textIn(record.Agent?.ConnectedToAgentTimestamp)) return "HANDLED";
  const isQueued = textIn(record.Queue?.EnqueueTimestamp) !== null;
  if (textIn(record.NextContactId) !== null && !isOutbound) {
    if (DROPPED.has(textIn(record.DisconnectReason) ?? "")) return "CALLBACK_REQUESTED";
    return isQueued ? "FLOWED_OUT" : "TRANSFERRED_OUT";
  }
  if (textIn(record.TransferCompletedTimestamp)) return "TRANSFERRED_OUT";
  if (isOutbound) return "FAILED";
  if (isQueued) return "ABANDONED";
  return textIn(record.DisconnectReason) === "TELECOM_PROBLEM" ? "FAILED" : "CONTAINED";
}

const DROPPED = new Set(["CUSTOMER_DISCONNECT", "CONTACT_FLOW_DISCONNECT"]);

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
