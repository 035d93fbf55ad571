import { salesforceId } from "../../facts/salesforce-id.ts";
import type { AdaptedRecord } from "../adapter.ts";
import {
  adaptedOf,
  identityIn,
  isRow,
  malformed,
  momentIn,
  nameIn,
  noteIn,
  numberIn,
  rowsIn,
  type Sent,
  type SentIdentity,
  stated,
  textIn,
  unknownEvent,
  unusable,
} from "../raw.ts";
import type { Task, TaskList } from "./task.type.ts";

const SOURCE = "salesforce-task";

/** Salesforce Tasks: their Type says what they are, and a blank one is a web visit. */
export function adaptSalesforceTask(raw: unknown): AdaptedRecord[] {
  if (!isRow(raw)) return malformed(SOURCE, raw);
  const { records } = raw as Sent<TaskList>;
  return Array.isArray(records) ? rowsIn(records).flatMap(adaptTask) : adaptTask(raw);
}

const WEB_VISIT = "Web Visit";

function adaptTask(task: Sent<Task>): AdaptedRecord[] {
  if (!("Type" in task) && !("Subject" in task)) return unknownEvent(SOURCE, task, "Task records");
  const type = nameIn(task.Type) ?? WEB_VISIT;
  if (type === WEB_VISIT) return [visitOf(task)];
  return [/\b(call|phone)\b/i.test(type) ? callOf(task, type) : legOf(task, type)];
}

/** Without the visitor's id such a task says of nobody that they were there. */
function visitOf(task: Sent<Task>): AdaptedRecord {
  const identities = identitiesOf(task);
  if (identities.length === 0) return unusable(SOURCE, task, NO_BIZIBLE_ID);
  const body = {
    ...keyOf(task),
    identities,
    occurredAt: momentIn(task.CreatedDate),
    kind: "OTHER",
    channel: "WEB",
    name: WEB_VISIT,
    medium: WEB_VISIT,
    campaign: nameIn(task.Campaign__c),
  };
  return adaptedOf("touchpoint", body, task);
}

const NO_BIZIBLE_ID = {
  reason: "NO_IDENTITY",
  message: "Have call tracking fill in the BizibleId of its tasks: without it a web visit belongs to nobody.",
};

function callOf(task: Sent<Task>, type: string): AdaptedRecord {
  const body = {
    ...keyOf(task),
    ...contactOf(task, type),
    startedAt: momentIn(task.CreatedDate),
    durationSeconds: numberIn(task.CallDurationInSeconds),
    direction: DIRECTIONS.get(textIn(task.CallType)?.toLowerCase() ?? ""),
    notes: noteIn(task.Description),
  };
  return adaptedOf("call", body, task);
}

function legOf(task: Sent<Task>, type: string): AdaptedRecord {
  const body = {
    ...keyOf(task),
    ...contactOf(task, type),
    channelType: CHANNELS.find(([pattern]) => pattern.test(type))?.[1] ?? "TASK",
    sessionStartTime: momentIn(task.CreatedDate),
    interactionNotes: noteIn(task.Description),
  };
  return adaptedOf("interaction", body, task);
}

const CHANNELS: readonly (readonly [RegExp, string])[] = [
  [/e-?mail/i, "EMAIL"],
  [/chat/i, "CHAT"],
  [/\b(sms|text)\b/i, "SMS"],
  [/\b(letter|mail)\b/i, "MAIL"],
];

const DIRECTIONS = new Map([
  ["inbound", "INBOUND"],
  ["outbound", "OUTBOUND"],
]);

function keyOf(task: Sent<Task>) {
  const revision = momentIn(task.SystemModstamp, task.LastModifiedDate);
  return { source: SOURCE, sourceId: idIn(task.Id), revision };
}

/** Fifteen characters and eighteen name the same object. */
function idIn(value: unknown): string | null {
  const id = textIn(value);
  return id && salesforceId(id);
}

function contactOf(task: Sent<Task>, type: string) {
  return {
    identities: identitiesOf(task),
    agentId: idIn(task.OwnerId),
    callReason: nameIn(task.Subject),
    medium: type,
    campaign: nameIn(task.Campaign__c),
    metadata: stated({
      disposition: nameIn(task.CallDisposition),
      callObject: textIn(task.CallObject),
      whoId: idIn(task.WhoId),
      whatId: idIn(task.WhatId),
    }),
  };
}

/** A lead becomes a contact when it is converted, under another id: only a contact's id is an anchor. */
const CONTACT = /^003/;

function identitiesOf(task: Sent<Task>): SentIdentity[] {
  const who = idIn(task.WhoId);
  return [
    ...(who && CONTACT.test(who) ? identityIn("crmid", who) : []),
    ...identityIn("email", task.Email),
    ...identityIn("bizible", task.bizible2__BizibleId__c, task.BizibleId__c, task.BizibleId),
    ...identityIn("phone", task.Phone),
  ];
}
