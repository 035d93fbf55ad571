import type { CallBody, DemoRecord, IdentityBody, InteractionBody } from "./post.ts";
import { iso, pounds, SECOND } from "./post.ts";
import type { Agent, Reason } from "./staff.ts";

/**
 * The two telephone systems. The new one sends every leg itself; the old one logs calls only, and another system logs
 * its menus.
 */
export interface Site {
  voiceSource: "connect" | "telephony";
  menuSource: "connect" | "ivr";
  callCentreIds: readonly string[];
}

export const NEW_SITE: Site = { voiceSource: "connect", menuSource: "connect", callCentreIds: ["glasgow", "cardiff"] };
export const OLD_SITE: Site = { voiceSource: "telephony", menuSource: "ivr", callCentreIds: ["leeds"] };

/** What all legs of one call share. */
export interface Line {
  site: Site;
  /** The prefix of the ids of its records. */
  key: string;
  reason: Reason;
  /** The caller's number, or nothing where it is withheld. */
  caller: readonly IdentityBody[];
  universalSessionId: string | null;
  dialledNumber: string;
  campaign: string | null;
  medium: string | null;
}

/** A leg with an agent or in the queue for one. */
export interface VoiceLeg {
  line: Line;
  sourceId: string;
  /** Identities that the agent learned by asking. */
  identities: readonly IdentityBody[];
  startsAt: number;
  queueSeconds: number;
  talkSeconds: number;
  holdSeconds: number;
  wrapUpSeconds: number;
  agent: Agent | null;
  outcome: NonNullable<CallBody["outcome"]>;
  more?: Partial<CallBody>;
  isTransferredToSurvey?: boolean;
}

const COST_OF_AGENT_MINUTE = 0.85;

/** When the caller hung up. */
export function endOf(leg: VoiceLeg): number {
  return leg.startsAt + (leg.queueSeconds + leg.talkSeconds) * SECOND;
}

/** When the agent finished, wrap-up included. */
export function closeOf(leg: VoiceLeg): number {
  return endOf(leg) + leg.wrapUpSeconds * SECOND;
}

/** The leg as its telephone system reports it: one sends a call, the other an interaction with all its variables. */
export function voiceRecord(leg: VoiceLeg, revisedAt: number = closeOf(leg)): DemoRecord {
  const shared = sharedFields(leg, revisedAt);
  return leg.line.site.voiceSource === "telephony"
    ? { kind: "call", body: callBody(leg, shared) }
    : { kind: "interaction", body: interactionBody(leg, shared) };
}

function sharedFields(leg: VoiceLeg, revisedAt: number) {
  const { line, agent } = leg;
  const agentMinutes = (leg.talkSeconds + leg.wrapUpSeconds) / 60;
  return {
    source: line.site.voiceSource,
    sourceId: leg.sourceId,
    revision: iso(revisedAt),
    identities: [...line.caller, ...leg.identities],
    ...(line.universalSessionId && { universalSessionId: line.universalSessionId }),
    queueSeconds: leg.queueSeconds,
    ...(agent && {
      holdSeconds: leg.holdSeconds,
      agentId: agent.id,
      team: agent.team,
      callCentreId: agent.callCentreId,
    }),
    ...(!agent && { callCentreId: line.site.callCentreIds[0]! }),
    agentSkillId: line.reason.skill,
    department: line.reason.department,
    callReason: line.reason.name,
    direction: "INBOUND" as const,
    outcome: leg.outcome,
    cost: pounds(0.04 + agentMinutes * COST_OF_AGENT_MINUTE),
    ...(line.campaign && { campaign: line.campaign, medium: line.medium }),
  };
}

type Shared = ReturnType<typeof sharedFields>;

function callBody(leg: VoiceLeg, shared: Shared): CallBody {
  return {
    ...shared,
    startedAt: iso(leg.startsAt),
    ...(leg.agent && { answeredAt: iso(leg.startsAt + leg.queueSeconds * SECOND), wrapUpEndedAt: iso(closeOf(leg)) }),
    endedAt: iso(endOf(leg)),
    durationSeconds: leg.queueSeconds + leg.talkSeconds,
    dialledNumber: leg.line.dialledNumber,
    ...leg.more,
  };
}

function interactionBody(leg: VoiceLeg, shared: Shared): InteractionBody {
  const { notes, dialledNumber, ...more } = leg.more ?? {};
  return {
    ...shared,
    channelType: "VOICE",
    sessionStartTime: iso(leg.startsAt),
    ...(leg.agent && { interactionStartTime: iso(leg.startsAt + leg.queueSeconds * SECOND) }),
    interactionEndTime: iso(endOf(leg)),
    sessionEndTime: iso(closeOf(leg)),
    ...(leg.agent && {
      agentSeconds: leg.talkSeconds + leg.wrapUpSeconds,
      customerSeconds: leg.queueSeconds + leg.talkSeconds,
    }),
    intentCategory: leg.line.reason.category,
    intent: leg.line.reason.name,
    trackingNumber: dialledNumber ?? leg.line.dialledNumber,
    ...(notes && { interactionNotes: notes }),
    ...(leg.isTransferredToSurvey && { isTransferredToSurvey: true }),
    ...more,
  };
}
