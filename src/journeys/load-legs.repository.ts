import type { CopyReader } from "../db/copy-reader.ts";
import { legKindOf } from "../facts/vocabulary.ts";
import { CHANNELS, DIRECTIONS, MATCH_METHODS, MATCH_STATUSES, OUTCOMES } from "../fields/choices.ts";
import { NO_SEQUENCE } from "../fields/touchpoint.ts";
import { IS_EVENT_CHANNEL, NO_CODE } from "./columns.ts";
import { moneyOf } from "./money.ts";
import { RecurringTexts } from "./recurring.ts";
import {
  CHANNEL_CODES,
  codesByWord,
  codesReader,
  type Into,
  KIND_CODES,
  lengthInMs,
  type RowReader,
} from "./row-reader.ts";
import { blankEvent, type StagedEvent } from "./staged-events.ts";

const OUTCOME_CODES = codesByWord(OUTCOMES);
const DIRECTION_CODES = codesByWord(DIRECTIONS);
const STATUS_CODES = codesByWord(MATCH_STATUSES);
const METHOD_CODES = codesByWord(MATCH_METHODS);
const LEG_KINDS = CHANNELS.map((channel) => KIND_CODES.get(legKindOf(channel) ?? "OTHER")!);

/** Reads the rows of `legRowsSql`: a leg, and the event that it is, unless it is a consult. */
export function legReader(into: Into): RowReader {
  const { staging, joins } = into;
  const { legs } = staging;
  const customer = new Uint32Array(4);
  const subject = new Uint32Array(4);
  const id = new Uint32Array(4);
  const readEvent = legEventReader(into);
  const writeCall = callWriter(into);
  const writeTexts = legTextWriter(into);
  return (row) => {
    row.uuid(customer);
    if (staging.isLeftOut(customer)) return row.leave();
    row.uuid(subject);
    row.uuid(id);
    const event = readEvent(row);
    event.customer = staging.customers.add(customer);
    const isConsult = row.flag(NO_CODE);
    event.interaction = joins.ids.add(id);
    pushLeg(legs, event, id);
    legs.isConsult.push(isConsult);
    writeCall(row);
    writeTexts(row);
    if (isConsult === 1 || !IS_EVENT_CHANNEL[event.channel]) return;
    event.namesPerson = joins.isPerson(subject);
    staging.events.at(customer[0]! >>> 24).push(event, id);
  };
}

/** Reads what a leg says as an event. The object is used again. */
function legEventReader({ staging: { legs }, dictionary }: Into): (row: CopyReader) => StagedEvent {
  const channels = codesReader(CHANNEL_CODES);
  const sources = new RecurringTexts((name) => dictionary.sources.add(name));
  const item = new Uint32Array(2);
  const event = blankEvent();
  event.isLeg = true;
  return (row) => {
    event.sequence = row.int(NO_SEQUENCE);
    event.at = row.instant();
    event.lasts = lengthInMs(event.at, row.instant());
    event.channel = channels.read(row);
    event.kind = LEG_KINDS[event.channel]!;
    event.source = sources.read(row);
    event.item = row.bigint(item) ? dictionary.items.add(item) : -1;
    event.link = legs.at.length;
    return event;
  };
}

function pushLeg(legs: Into["staging"]["legs"], event: StagedEvent, id: Uint32Array): void {
  legs.customer.push(event.customer);
  legs.sequence.push(event.sequence);
  legs.at.push(event.at);
  legs.channel.push(event.channel);
  legs.source.push(event.source);
  legs.id0.push(id[0]!);
  legs.id1.push(id[1]!);
  legs.id2.push(id[2]!);
  legs.id3.push(id[3]!);
  legs.interaction.push(event.interaction);
}

/** Writes how a leg went, and what ties it to others. */
function callWriter({ staging: { legs }, dictionary: { contacts, transactions } }: Into): RowReader {
  const key = new Uint32Array(4);
  const [outcomes, directions] = [codesReader(OUTCOME_CODES), codesReader(DIRECTION_CODES)];
  const [statuses, methods] = [codesReader(STATUS_CODES), codesReader(METHOD_CODES)];
  const writeCourse = courseWriter(legs);
  return (row) => {
    legs.outcome.push(outcomes.read(row));
    legs.direction.push(directions.read(row));
    legs.matchStatus.push(statuses.read(row));
    legs.matchMethod.push(methods.read(row));
    legs.sharesCall.push(row.flag(0));
    legs.contact.push(row.uuid(key) ? contacts.add(key) : -1);
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
  const channels = codesReader(CHANNEL_CODES);
  return (row) => {
    for (const name of LEG_TIMES) legs[name].push(row.instant());
    for (const name of LEG_SECONDS) legs[name].push(row.int(-1));
    for (const name of LEG_CLAIMS) legs[name].push(row.flag(NO_CODE));
    legs.transferredTo.push(channels.read(row));
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
function legTextWriter({ staging: { legs }, dictionary }: Into): RowReader {
  const texts = new RecurringTexts((text) => dictionary.texts.add(text));
  return (row) => {
    for (const money of ["cost", "revenue"] as const) {
      const { units, millionths } = moneyOf(row.text());
      legs[`${money}Units`].push(units);
      legs[`${money}Millionths`].push(millionths);
      legs[`${money}Currency`].push(texts.read(row));
    }
    for (const name of LEG_TEXTS) legs[name].push(texts.read(row));
  };
}
