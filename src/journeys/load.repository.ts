import type { CopyReader } from "../db/copy.ts";
import type { Snapshot } from "../db/snapshot.ts";
import type { Sql } from "../db/sql.ts";
import { legKindOf } from "../facts/vocabulary.ts";
import { CHANNELS, DIRECTIONS, OUTCOMES, TOUCHPOINT_KINDS } from "../fields/choices.ts";
import { NO_SEQUENCE } from "../fields/touchpoint.ts";
import { IS_ANONYMOUS, IS_NAMED, IS_NOBODY, IS_VVIP, LONGEST_MS, NO_CODE } from "./columns.ts";
import type { Dictionaries } from "./dictionary.ts";
import { legRowsSql, namedSql, nobodiesSql, statedSql, touchpointRowsSql, visitRowsSql, type Who } from "./load.sql.ts";
import { moneyOf } from "./money.ts";
import { Staging } from "./staging.ts";

/** Reads all that some customers did, as of the snapshot. */
export async function readCustomers(snapshot: Snapshot, dictionary: Dictionaries, who: Who): Promise<Staging> {
  const staging = new Staging();
  const into = { staging, dictionary };
  const read = (statement: (who: Who) => Sql, row: (row: CopyReader) => void) => snapshot.copy(statement(who), row);
  await read(legRowsSql, legReader(into));
  await read(visitRowsSql, visitReader(into));
  await read(touchpointRowsSql, touchpointReader(into));
  await read(nobodiesSql, nobodyReader(into));
  await read(namedSql, namedReader(into));
  await read(statedSql, statedReader(into));
  return staging;
}

interface Into {
  staging: Staging;
  dictionary: Dictionaries;
}

type RowReader = (row: CopyReader) => void;

/** The place of each word in its list, as columns hold it. */
const codesOf = (words: readonly string[]) => new Map(words.map((word, code) => [word, code]));
const CHANNEL_CODES = codesOf(CHANNELS);
const KIND_CODES = codesOf(TOUCHPOINT_KINDS);
const OUTCOME_CODES = codesOf(OUTCOMES);
const DIRECTION_CODES = codesOf(DIRECTIONS);
const LEG_KINDS = CHANNELS.map((channel) => KIND_CODES.get(legKindOf(channel) ?? "OTHER")!);
/** Legs on these are told by their page views. */
const IS_EVENT_CHANNEL = CHANNELS.map((channel) => legKindOf(channel) !== null);

const codeOf = (codes: ReadonlyMap<string, number>, word: string | null): number =>
  word === null ? NO_CODE : codes.get(word)!;

const lengthBetween = (start: number, end: number): number => (end > start ? Math.min(end - start, LONGEST_MS) : 0);

function touchpointReader({ staging, dictionary }: Into): RowReader {
  const { customers, events } = staging;
  const { texts, items, contexts, sources, contacts } = dictionary;
  const key = new Uint32Array(4);
  const id = new Uint32Array(4);
  const itemOf = (row: CopyReader) => (row.words(key, 0) ? items.add(key) : -1);
  const writeWorth = worthWriter({ staging, dictionary });
  return (row) => {
    row.words(key, 0);
    const customer = customers.add(key);
    row.words(id, 0);
    const at = row.instant();
    events.lasts.push(lengthBetween(at, row.instant()));
    const sequence = row.int(NO_SEQUENCE);
    push(events, { customer, at, sequence, channel: codeOf(CHANNEL_CODES, row.text()) }, id);
    events.kind.push(codeOf(KIND_CODES, row.text()));
    events.isLeg.push(0);
    events.source.push(sources.add(row.text()));
    events.item.push(itemOf(row));
    const [campaign, campaignSource, referrer, landingPage] = [itemOf(row), itemOf(row), itemOf(row), itemOf(row)];
    const device = texts.add(row.text());
    events.context.push(contexts.add({ campaign, campaignSource, referrer, landingPage, device }));
    events.link.push(row.words(key, 0) ? contacts.add(key) : -1);
    writeWorth(row);
  };
}

/** Writes what the touchpoint that was read last is worth, if it is. */
function worthWriter({ staging: { worth, events }, dictionary: { texts, transactions } }: Into): RowReader {
  return (row) => {
    const { units, millionths } = moneyOf(row.text());
    const currency = texts.add(row.text());
    const transaction = transactions.add(row.text());
    if (Number.isNaN(units) && transaction === -1) return;
    worth.row.push(events.at.length - 1);
    worth.units.push(units);
    worth.millionths.push(millionths);
    worth.currency.push(currency);
    worth.transaction.push(transaction);
  };
}

interface Place {
  customer: number;
  sequence: number;
  at: number;
  channel: number;
}
type Placed = Record<keyof Place | "id0" | "id1" | "id2" | "id3", { push(number: number): void }>;

/** What the order of events goes by. */
function push(columns: Placed, { customer, sequence, at, channel }: Place, id: Uint32Array): void {
  columns.customer.push(customer);
  columns.sequence.push(sequence);
  columns.at.push(at);
  columns.channel.push(channel);
  columns.id0.push(id[0]!);
  columns.id1.push(id[1]!);
  columns.id2.push(id[2]!);
  columns.id3.push(id[3]!);
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

function legReader({ staging, dictionary }: Into): RowReader {
  const { customers, legs, events } = staging;
  const { items, sources, contacts, transactions } = dictionary;
  const key = new Uint32Array(4);
  const id = new Uint32Array(4);
  const writeTexts = legTextWriter({ staging, dictionary });
  return (row) => {
    row.words(key, 0);
    const customer = customers.add(key);
    row.words(id, 0);
    const sequence = row.int(NO_SEQUENCE);
    const at = row.instant();
    const lasts = lengthBetween(at, row.instant());
    const channel = codeOf(CHANNEL_CODES, row.text());
    const source = sources.add(row.text());
    const item = row.words(key, 0) ? items.add(key) : -1;
    const isEvent = row.flag(1) === 1 && IS_EVENT_CHANNEL[channel]!;
    const leg = legs.at.length;
    const place = { customer, sequence, at, channel };
    push(legs, place, id);
    legs.outcome.push(codeOf(OUTCOME_CODES, row.text()));
    legs.direction.push(codeOf(DIRECTION_CODES, row.text()));
    legs.sharesCall.push(row.flag(0));
    legs.contact.push(row.words(key, 0) ? contacts.add(key) : -1);
    legs.statedAt.push(row.instant());
    legs.transaction.push(transactions.add(row.text()));
    writeTexts(row);
    if (!isEvent) return;
    push(events, place, id);
    events.lasts.push(lasts);
    events.kind.push(LEG_KINDS[channel]!);
    events.isLeg.push(1);
    events.source.push(source);
    events.item.push(item);
    events.context.push(-1);
    events.link.push(leg);
  };
}

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

function visitReader({ staging: { customers, visits } }: Into): RowReader {
  const key = new Uint32Array(4);
  return (row) => {
    row.words(key, 0);
    visits.customer.push(customers.add(key));
    visits.at.push(row.instant());
  };
}

// Of customers who did nothing there is nothing to lay down.

function nobodyReader({ staging }: Into): RowReader {
  const key = new Uint32Array(4);
  return (row) => {
    row.words(key, 0);
    const customer = staging.customers.find(key);
    if (customer !== -1) staging.profileOf(customer).flags |= IS_NOBODY;
  };
}

function namedReader({ staging }: Into): RowReader {
  const key = new Uint32Array(4);
  return (row) => {
    row.words(key, 0);
    const isAnonymous = row.flag(0);
    const customer = staging.customers.find(key);
    if (customer !== -1) staging.profileOf(customer).flags |= isAnonymous ? IS_ANONYMOUS : IS_NAMED;
  };
}

function statedReader({ staging, dictionary: { texts, productLists } }: Into): RowReader {
  const key = new Uint32Array(4);
  return (row) => {
    row.words(key, 0);
    const [segment, region, products, isVvip] = [row.text(), row.text(), row.text(), row.flag(0)];
    const customer = staging.customers.find(key);
    if (customer === -1) return;
    const profile = staging.profileOf(customer);
    profile.segment = texts.add(segment);
    profile.region = texts.add(region);
    profile.products = productLists.add(products);
    if (isVvip) profile.flags |= IS_VVIP;
  };
}
