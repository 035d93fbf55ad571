import type { AdaptedRecord } from "../adapter.ts";
import { adaptedOf, identityIn, idOf, momentIn, nameIn, type Sent, stated, textIn, unknownEvent } from "../raw.ts";
import { TWILIO } from "./source.ts";
import type { StudioEvent, StudioExecution, StudioForm, StudioStep } from "./studio.type.ts";
import { partyIn } from "./voice.ts";

/** An event of a flow: its end is the IVR leg, its steps are the prompts. */
export function studioEventOf(event: Sent<StudioEvent>): AdaptedRecord[] {
  const type = textIn(event.type) ?? "";
  if (type.startsWith("com.twilio.studio.flow.execution.")) return [executionOf(event.data ?? {}, event)];
  if (type.startsWith("com.twilio.studio.flow.step.")) return [stepOf(event.data ?? {}, event)];
  return unknownEvent(
    TWILIO,
    event,
    "the events com.twilio.studio.flow.execution.* and com.twilio.studio.flow.step.ended",
  );
}

function executionOf(execution: Sent<StudioExecution>, event: Sent<StudioEvent>): AdaptedRecord {
  const sid = textIn(execution.execution_sid);
  const hasEnded = textIn(execution.status) === "ended";
  const startedBy = textIn(execution.started_by);
  const body = {
    source: TWILIO,
    sourceId: sid,
    revision: momentIn(execution.date_updated, event.time),
    // The run and the call that set it off are one contact. Its steps name the run.
    identities: [...partyIn(execution.contact_channel_address), ...(startedBy ? identityIn("contact", sid) : [])],
    channelType: "IVR",
    sessionId: sid,
    contactKey: startedBy,
    sessionStartTime: momentIn(execution.date_created),
    interactionEndTime: hasEnded ? momentIn(execution.date_updated) : null,
    sessionEndTime: hasEnded ? momentIn(execution.date_updated) : null,
    exitReasonCode: textIn(execution.ended_reason),
    metadata: stated({ flowSid: textIn(execution.flow_sid), startedBy }),
  };
  return adaptedOf("interaction", body, event);
}

function stepOf(step: Sent<StudioStep>, event: Sent<StudioEvent>): AdaptedRecord {
  const body = {
    source: TWILIO,
    sourceId: textIn(step.step_sid, event.id),
    revision: momentIn(step.date_updated),
    occurredAt: momentIn(step.date_created, event.time),
    endedAt: momentIn(step.date_updated),
    kind: "PROMPT",
    channel: "IVR",
    name: nameIn(step.name, step.transitioned_to),
    section: nameIn(step.flow_sid),
    sessionId: textIn(step.execution_sid),
  };
  return adaptedOf("touchpoint", body, event);
}

/** A prompt that the flow itself reported; it has no id, so one is made of what was sent. */
export function studioFormOf(form: Sent<StudioForm>): AdaptedRecord {
  const body = {
    source: TWILIO,
    sourceId: idOf(form),
    identities: partyIn(form.From),
    occurredAt: momentIn(form.Timestamp),
    kind: "PROMPT",
    channel: "IVR",
    name: nameIn([textIn(form.Widget), textIn(form.Choice)].filter(Boolean).join(": ")),
    section: nameIn(form.FlowSid),
    sessionId: textIn(form.CallSid, form.ExecutionSid),
  };
  return adaptedOf("touchpoint", body, form);
}
