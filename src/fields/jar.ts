import { CHANNEL } from "./choices.ts";
import { bool, choice, fields, instant, number, seconds, text } from "./field.ts";

/** The journey analytics record: what one leg of contact is, under the seed's 34 names and in its order. */
export const JAR = fields("JAR", {
  channelType: choice(CHANNEL, "ChannelType", "Channel of the leg.", {
    required: true,
    filter: { name: "channels", says: "On one of these channels." },
    call: false,
  }),
  universalSessionId: text("UniversalSessionId", "Id of the whole journey, the same on every channel.", {
    redact: "id",
    max: 256,
    given: "one id over all channels of a contact.",
  }),
  sessionId: text("SessionId", "Id that the channel gave the session.", {
    redact: "id",
    max: 256,
    given: "the id that one channel gave the session.",
  }),
  custId: text("CUST_ID", "Customer number that the leg itself carried.", { given: false, scope: "identities:read" }),
  sessionStartTime: instant("SessionStartTime", "When the customer began the leg; of a visit, its first touchpoint.", {
    required: true,
    given: "when the customer began this leg.",
  }),
  interactionStartTime: instant("InteractionStartTime", "When the agent or bot took it up.", {
    given: "when the agent or bot joined.",
  }),
  interactionEndTime: instant("InteractionEndTime", "When the conversation ended.", {
    given: "when the conversation ended.",
  }),
  sessionEndTime: instant(
    "SessionEndTime",
    "When the agent was done, wrap-up included; of a visit, the end of its last touchpoint.",
    { given: "when the agent had finished, wrap-up included." },
  ),
  holdSeconds: seconds("HoldTime", "Seconds that the customer was on hold.", { given: "whole seconds on hold." }),
  queueSeconds: seconds("QueueTime", "Seconds that the customer waited in a queue.", {
    given: "whole seconds in the queue.",
  }),
  sessionSeconds: seconds("SessionDuration", "Seconds of the whole leg; derived: sessionEndTime - sessionStartTime.", {
    computed: true,
    given: "; derived when left out.",
    call: false,
  }),
  customerSeconds: seconds(
    "CustomerDuration",
    "Seconds from the customer's start to the end of the conversation; derived.",
    { computed: true, given: "; derived when left out.", call: false },
  ),
  agentSeconds: seconds("AgentDuration", "Seconds that it kept the agent, hold and wrap-up included; derived.", {
    computed: true,
    given: "; derived when left out.",
    call: false,
  }),
  interactionSeconds: seconds("InteractionDuration", "Seconds of the conversation, hold included; derived.", {
    computed: true,
    given: "; derived when left out.",
    call: false,
  }),
  agentId: text("AgentId", "Agent or bot who handled it.", {
    redact: "id",
    max: 256,
    given: "who, or which bot, answered.",
    groups: "AGENT",
    filter: { name: "agentIds", says: "Handled by one of these agents." },
  }),
  agentSkillId: text("AgentSkillId", "Skill for which it was routed to the agent.", {
    redact: "id",
    max: 256,
    groups: "SKILL",
  }),
  department: text("Department", "Department of the agent.", {
    groups: "DEPARTMENT",
    filter: { name: "departments", says: "Handled by one of these departments." },
  }),
  team: text("Team", "Team of the agent.", {
    groups: "TEAM",
    filter: { name: "teams", says: "Handled by one of these teams." },
  }),
  intentCategory: text("IntentCategory", "Group of intents that the intent belongs to.", { call: false }),
  intent: text("Intent", "What the customer wanted.", { given: "what the customer wanted.", call: false }),
  journeyStep: text("JourneyStep", "Step of the customer journey that the leg was part of.", {
    groups: "JOURNEY_STEP",
    call: false,
  }),
  isResolved: bool("IsResolved", "What the customer wanted was settled.", {
    given: "what the customer wanted was settled.",
  }),
  isTransferred: bool("IsTransferred", "The leg was handed on to another agent, skill or channel."),
  channelTypeTransferred: choice(CHANNEL, "ChannelTypeTransferred", "Channel that it was handed on to.", {
    given: "the channel it was handed to.",
    call: false,
  }),
  agentIdTransferred: text("AgentIdTransferred", "Agent to whom it was handed on.", {
    redact: "id",
    max: 256,
    given: "whom it was handed to.",
  }),
  agentSkillIdTransferred: text("AgentSkillIdTransferred", "Skill to which it was handed on.", {
    redact: "id",
    max: 256,
    call: false,
  }),
  isDigitalOffered: bool("IsDigitalOffered", "The IVR offered to go on digitally.", {
    given: "the IVR offered a digital channel.",
    call: false,
  }),
  isDigitalAccepted: bool("IsDigitalAccepted", "The customer took the digital offer of the IVR.", {
    given: "the customer took it.",
    call: false,
  }),
  exitReasonCode: text("ExitReasonCode", "Why the leg ended, in the channel's code.", { max: 256, call: false }),
  interactionNotes: text("InteractionNotes", "What the agent wrote down.", {
    max: 20_000,
    free: true,
    scope: "interactions:notes",
  }),
  isTransferredToSurvey: bool("IsTransferredToSurvey", "The customer was sent on to a survey.", { call: false }),
  csatScore: number("CSATScore", "Satisfaction that the customer stated, on the scale of csatScaleMax.", {
    least: 0,
    most: 1_000,
    given: "what the survey answered.",
  }),
  isCallBack: bool("IsCallBack", "The leg is a call back that the customer had asked for.", {
    given: "the company called back.",
  }),
  callBackSessionId: text("CallBackSessionId", "Session in which the call back was asked for.", {
    redact: "id",
    max: 256,
    given: "the session in which the call back was asked for.",
  }),
});
