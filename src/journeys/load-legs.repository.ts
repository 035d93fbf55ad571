import { legKindOf } from "../facts/vocabulary.ts";
import { CHANNELS, DIRECTIONS, MATCH_METHODS, MATCH_STATUSES, OUTCOMES } from "../fields/choices.ts";
import { NO_SEQUENCE } from "../fields/touchpoint.ts";
import { NO_CODE } from "./columns.ts";
import { moneyOf } from "./money.ts";
import {
  CHANNEL_CODES,
  codeOf,
  codesByWord,
  type Into,
  KIND_CODES,
  lengthInMs,
  pushPlace,
  type RowReader,
} from "./row-reader.ts";

const OUTCOME_CODES = codesByWord(OUTCOMES);
const DIRECTION_CODES = codesByWord(DIRECTIONS);
const STATUS_CODES = codesByWord(MATCH_STATUSES);
const METHOD_CODES = codesByWord(MATCH_METHODS);
const LEG_KINDS = CHANNELS.map((channel) => KIND_CODES.get(legKindOf(channel) ?? "OTHER")!);
/** Legs on these are told by their page views. */
const IS_EVENT_CHANNEL = CHANNELS.map((channel) => legKindOf(channel) !== null);

/** Reads the rows of `legRowsSql`: a leg, and the event that it is, unless it is a consult. */
export function legReader({ staging, dictionary }: Into): RowReader {
  const { customers, interactions, legs, events } = staging;
  const { items, sources } = dictionary;
  const key = new Uint32Array(4);
  const id = new Uint32Array(4);
  const writeCall = callWriter({ staging, dictionary });
  const writeTexts = legTextWriter({ staging, dictionary });
  return (row) => {
    row.words(key, 0);
    const customer = customers.add(key);
    row.words(id, 0);
    const sequence = row.int(NO_SEQUENCE);
    const at = row.instant();
    const lasts = lengthInMs(at, row.instant());
    const channel = codeOf(CHANNEL_CODES, row.text());
    const source = sources.add(row.text());
    const item = row.words(key, 0) ? items.add(key) : -1;
    const namesPerson = row.flag(0);
    const isConsult = row.flag(NO_CODE);
    const leg = legs.at.length;
    const place = { customer, sequence, at, channel };
    pushPlace(legs, place, id);
    legs.source.push(source);
    legs.isConsult.push(isConsult);
    writeCall(row);
    writeTexts(row);
    if (isConsult === 1 || !IS_EVENT_CHANNEL[channel]) return;
    pushPlace(events, place, id);
    events.lasts.push(lasts);
    events.kind.push(LEG_KINDS[channel]!);
    events.isLeg.push(1);
    events.namesPerson.push(namesPerson);
    events.source.push(source);
    events.item.push(item);
    events.context.push(-1);
    events.link.push(leg);
    events.interaction.push(interactions.add(id));
  };
}

/** Writes how a leg went, and what ties it to others. */
function callWriter({ staging: { legs }, dictionary: { contacts, transactions } }: Into): RowReader {
  const key = new Uint32Array(4);
  const writeCourse = courseWriter(legs);
  return (row) => {
    legs.outcome.push(codeOf(OUTCOME_CODES, row.text()));
    legs.direction.push(codeOf(DIRECTION_CODES, row.text()));
    legs.matchStatus.push(codeOf(STATUS_CODES, row.text()));
    legs.matchMethod.push(codeOf(METHOD_CODES, row.text()));
    legs.sharesCall.push(row.flag(0));
    legs.contact.push(row.words(key, 0) ? contacts.add(key) : -1);
    for (const name of LEG_IDS) legs[name].push(row.float());
    writeCourse(row);
    legs.statedAt.push(row.instant());
    legs.transaction.push(transactions.add(row.text()));
  };
}

// What a leg says, in the order in which it is read.

const LEG_IDS = ["callId", "sourceId", "contactKey", "sessionId", "universalSessionId", "callBackSessionId"] as const;
const LEG_TIMES = ["answeredAt", "endedAt", "doneAt"] as const;
const LEG_SECONDS = ["queueSeconds", "holdSeconds", "agentSeconds", "interactionSeconds"] as const;
const LEG_CLAIMS = [
  "isResolved",
  "isTransferred",
  "isDigitalOffered",
  "isDigitalAccepted",
  "isTransferredToSurvey",
  "isCallBack",
] as const;

/** Writes when each part of a leg was, and what came of it. */
function courseWriter(legs: Into["staging"]["legs"]): RowReader {
  return (row) => {
    for (const name of LEG_TIMES) legs[name].push(row.instant());
    for (const name of LEG_SECONDS) legs[name].push(row.int(-1));
    for (const name of LEG_CLAIMS) legs[name].push(row.flag(NO_CODE));
    legs.transferredTo.push(codeOf(CHANNEL_CODES, row.text()));
    legs.csatScore.push(row.float());
    legs.csatScaleMax.push(row.float());
  };
}

/** The texts of a leg, in the order in which they are read. */
const LEG_TEXTS = [
  "intent",
  "callReason",
  "journeyStep",
  "agentId",
  "agentSkillId",
  "team",
  "department",
  "callCentreId",
  "trackingNumber",
  "device",
  "campaign",
  "medium",
  "campaignSource",
  "referrer",
  "landingPage",
  "broughtCampaign",
  "broughtMedium",
  "broughtCampaignSource",
  "broughtReferrer",
  "broughtLandingPage",
] as const;

/** Writes what a leg says of money, and in words. */
function legTextWriter({ staging: { legs }, dictionary: { texts } }: Into): RowReader {
  return (row) => {
    for (const money of ["cost", "revenue"] as const) {
      const { units, millionths } = moneyOf(row.text());
      legs[`${money}Units`].push(units);
      legs[`${money}Millionths`].push(millionths);
      legs[`${money}Currency`].push(texts.add(row.text()));
    }
    for (const name of LEG_TEXTS) legs[name].push(texts.add(row.text()));
  };
}
