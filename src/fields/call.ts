import { DIRECTION, OUTCOME } from "./choices.ts";
import { bool, callsOf, choice, fields, instant, int, json, money, number, seconds, text } from "./field.ts";
import { JAR } from "./jar.ts";
import { NO_SEQUENCE } from "./touchpoint.ts";

/** Fields of a call log that the JAR does not have. A leg on any channel may state them. */
const CALL_COLUMNS = fields(null, {
  sequence: int(null, "Its place among events of one instant, as the sender counts.", {
    most: NO_SEQUENCE - 1,
    given: "Its place among events of one instant: what has none comes after what has one.",
  }),
  contactKey: text(null, "What its sender ties the legs of one contact together by.", {
    redact: "id",
    max: 256,
    given:
      "What the sender ties the legs of one contact together by: Amazon Connect's initial contact id, a conversation id, Asterisk's linkedid. It means something within its source; sessionId stands in where it is left out. Keys that tie more than 200 interactions together, as a placeholder does, tie none of them.",
  }),
  callId: text(
    null,
    "Id that the call has in the system that carried it, where this record is another's account of it.",
    {
      redact: "id",
      max: 256,
      given:
        "The id that the call has in the telephone system, where this record is another system's account of it: both are one contact.",
    },
  ),
  isConsult: bool(null, "Agents spoke about the customer, who was not on the line: no report counts it.", {
    given: "Agents spoke with each other about the customer, who was not on the line.",
  }),
  csatScaleMax: number(null, "Best score of the survey's scale.", {
    above: 0,
    most: 1_000,
    given: "The best score that the survey allowed, such as 5 or 10.",
  }),
  direction: choice(DIRECTION, null, "Who called whom."),
  callReason: text(null, "What the call was about, in the centre's words.", {
    given: "Why the customer called.",
    filter: { name: "callReasons", says: "Calls with one of these reasons." },
  }),
  callCentreId: text(null, "Contact centre that took it.", {
    redact: "id",
    max: 256,
    given: "Which call centre took it.",
    groups: "CALL_CENTRE",
    filter: { name: "callCentreIds", says: "Taken by one of these contact centres." },
  }),
  outcome: choice(OUTCOME, null, "How it ended.", {
    groups: "OUTCOME",
    filter: { name: "outcomes", says: "Ended in one of these ways." },
  }),
  cost: money(null, "What it cost the company.", { given: "What the contact cost." }),
  revenue: money(null, "What it brought in.", { given: "What it earned." }),
  transactionId: text(null, "Order or transaction that it led to.", {
    redact: "id",
    max: 256,
    given: "The order or other transaction that it led to.",
  }),
  trackingNumber: text(null, "Number that the customer dialled, in E.164 where it could be read.", {
    redact: "id",
    max: 64,
    given: "The tracking number that was dialled.",
  }),
  campaign: text(null, "Campaign that brought it.", { given: "The campaign that brought it." }),
  medium: text(null, "Medium of the campaign.", { given: "The medium of that campaign." }),
  campaignSource: text(null, "Where the campaign was seen: utm_source, such as google.", {
    given: "Where the campaign was seen, such as google.",
  }),
  referrer: text(null, "Page that the visit before it came from, without query string and fragment.", {
    redact: "address",
    max: 4_096,
    given: "The page that the visit before it came from; its query string is not kept.",
  }),
  landingPage: text(null, "Page on which the visit before it arrived, without query string and fragment.", {
    redact: "address",
    max: 4_096,
    given: "The page on which the visit before it arrived; its query string is not kept.",
  }),
  pageUrl: text(null, "Page that the customer was looking at, without query string and fragment.", {
    redact: "address",
    max: 4_096,
    given: "The page that was being looked at when the call came in.",
  }),
  metadata: json(null, "Whatever else the sender said of the leg.", {
    scope: "interactions:notes",
    given: "Anything else that the sender knows.",
  }),
});

/** All fields of a leg: `logInteraction` takes them and `Interaction` shows them. */
export const LEG = { ...JAR, ...CALL_COLUMNS };

const OWN_WORDS = fields(null, {
  startedAt: instant(null, "When the customer was first connected: JAR SessionStartTime.", {
    required: true,
    of: "sessionStartTime",
  }),
  answeredAt: instant(null, "When an agent answered: JAR InteractionStartTime.", { of: "interactionStartTime" }),
  endedAt: instant(
    null,
    "When they hung up: JAR InteractionEndTime. startedAt + durationSeconds when left out, else checked against it.",
    { of: "interactionEndTime" },
  ),
  wrapUpEndedAt: instant(null, "When the agent had finished after the call: JAR SessionEndTime.", {
    of: "sessionEndTime",
  }),
  durationSeconds: seconds(
    null,
    "Whole seconds from startedAt to endedAt, the wait included. The length of the talk alone is talkSeconds.",
  ),
  talkSeconds: seconds(
    null,
    "Whole seconds that agent and customer talked, without hold. With holdSeconds it tells answeredAt or endedAt when left out, else it is checked against them.",
    { of: "interactionSeconds" },
  ),
  dialledNumber: text(null, "The number that was dialled: it may be a tracking number.", {
    redact: "id",
    max: 64,
    phone: true,
    of: "trackingNumber",
  }),
  notes: text(null, "JAR InteractionNotes: what the agent wrote.", {
    max: 20_000,
    free: true,
    scope: "interactions:notes",
    of: "interactionNotes",
  }),
});

/** What `logCall` takes: a leg of channel VOICE, with some fields under a telephone system's names. */
export const CALL = { ...OWN_WORDS, ...callsOf(LEG, OWN_WORDS) };
