import { salesforceId } from "../../facts/salesforce-id.ts";
import type { AdaptedRecord } from "../adapter.ts";
import {
  adaptedOf,
  eachIn,
  identityIn,
  isRow,
  malformed,
  momentIn,
  nameIn,
  noteIn,
  numberIn,
  type Sent,
  type SentIdentity,
  shifted,
  stated,
  textIn,
  unknownEvent,
  unusable,
} from "../raw.ts";
import type { Task, TaskList } from "./task.type.ts";

const SOURCE = "salesforce-task";

/** Salesforce Tasks: the Type says what a task is; without one, its other fields do. */
export function adaptSalesforceTask(raw: unknown): AdaptedRecord[] {
  if (!isRow(raw)) return malformed(SOURCE, raw);
  const { records, ...beside } = raw as Sent<TaskList>;
  return Array.isArray(records) ? eachIn(records, { source: SOURCE, beside, adapt: adaptTask }) : adaptTask(raw);
}

const WEB_VISIT = "Web Visit";
const WEB_FORM = "Web Form";

function adaptTask(task: Sent<Task>): AdaptedRecord[] {
  if (!("Type" in task) && !("Subject" in task) && !("TaskSubtype" in task)) {
    return unknownEvent(SOURCE, task, "Task records");
  }
  const type = isToDo(task) ? null : (nameIn(task.Type) ?? typeOfBlank(task));
  if (type === null) return [unusable(SOURCE, task, TO_DO)];
  if (type === WEB_VISIT || type === WEB_FORM) return [visitOf(task, type)];
  return [/\b(call|phone)\b/i.test(type) ? callOf(task, type) : legOf(task, type)];
}

/**
 * A task with a blank Type is a tracker's web visit if it has nothing but the visitor's id. The subtype or the fields of a
 * call name the kind of a task that somebody logged. Null for a task that is still to be done.
 */
function typeOfBlank(task: Sent<Task>): string | null {
  const subtype = textIn(task.TaskSubtype);
  if (isOfCall(task) || subtype === "Call") return "Call";
  if (subtype !== null && subtype !== "Task") return subtype;
  return subtype === "Task" && bizibleIn(task).length === 0 ? null : WEB_VISIT;
}

const TO_DO = {
  reason: "NO_CONTACT",
  message:
    "The task tells of no contact with a customer: where it does, complete it and give it a Type, or the visitor's BizibleId.",
};

function isOfCall(task: Sent<Task>): boolean {
  return textIn(task.CallType, task.CallDurationInSeconds, task.CallDisposition, task.CallObject) !== null;
}

/** The states of Salesforce in which a task is still to be done; what a tracker or a telephone system wrote has happened. */
function isToDo(task: Sent<Task>): boolean {
  const isOpen = /^(?:not started|deferred|waiting on someone else)$/i.test(textIn(task.Status) ?? "");
  return isOpen && !isOfCall(task) && bizibleIn(task).length === 0 && textIn(task.CompletedDateTime) === null;
}

/** Without the visitor's id, such a task identifies nobody. */
function visitOf(task: Sent<Task>, type: string): AdaptedRecord {
  const identities = identitiesOf(task);
  if (identities.length === 0) return unusable(SOURCE, task, NO_BIZIBLE_ID);
  const body = {
    ...keyOf(task),
    identities,
    occurredAt: momentIn(task.CreatedDate),
    kind: type === WEB_FORM ? "FORM" : "OTHER",
    channel: "WEB",
    name: type === WEB_FORM ? (nameIn(task.Subject) ?? type) : type,
    medium: type,
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
    ...timesOf(task),
    callId: textIn(task.CallObject),
    isConsult: textIn(task.CallType)?.toLowerCase() === "internal" ? true : null,
    outcome: outcomeOf(task),
    direction: DIRECTIONS.get(textIn(task.CallType)?.toLowerCase() ?? ""),
    notes: noteIn(task.Description),
  };
  return adaptedOf("call", body, task);
}

/** A telephone system writes the task when the call is over, and an agent logs it afterwards. */
function timesOf(task: Sent<Task>) {
  const writtenAt = momentIn(task.CompletedDateTime, task.CreatedDate);
  const seconds = numberIn(task.CallDurationInSeconds);
  const startedAt = seconds !== null && seconds > 0 ? shifted(writtenAt, -seconds) : null;
  if (startedAt === null) return { startedAt: writtenAt, durationSeconds: seconds };
  return { startedAt, endedAt: writtenAt, durationSeconds: seconds };
}

/** Each organisation has dispositions of its own; these words mean that nobody spoke. */
function outcomeOf(task: Sent<Task>): string | null {
  const disposition = textIn(task.CallDisposition) ?? "";
  if (/voice ?mail|answering machine/i.test(disposition)) return "VOICEMAIL";
  if (/no[- ]answer|not answered|unanswered|missed|abandon/i.test(disposition)) {
    return textIn(task.CallType)?.toLowerCase() === "outbound" ? "FAILED" : "ABANDONED";
  }
  return /\bbusy\b|wrong number|disconnected|not in service/i.test(disposition) ? "FAILED" : null;
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
  [/linked ?in|social/i, "SOCIAL"],
];

const DIRECTIONS = new Map([
  ["inbound", "INBOUND"],
  ["outbound", "OUTBOUND"],
]);

function keyOf(task: Sent<Task>) {
  const revision = momentIn(task.SystemModstamp, task.LastModifiedDate);
  return { source: SOURCE, sourceId: idIn(task.Id), revision };
}

/** An id of 15 characters and its form of 18 name the same object. */
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
    ...bizibleIn(task),
    ...identityIn("phone", task.Phone),
  ];
}

function bizibleIn(task: Sent<Task>): SentIdentity[] {
  return identityIn("bizible", task.bizible2__BizibleId__c, task.BizibleId__c, task.BizibleId);
}
