import type { CopyReader } from "../db/copy-reader.ts";
import { TOUCHPOINT_KINDS } from "../fields/choices.ts";
import { NO_SEQUENCE } from "../fields/touchpoint.ts";
import { NO_INTERACTION, OWN_CONTACT } from "./joins.ts";
import { moneyOf } from "./money.ts";
import { RecurringTexts } from "./recurring.ts";
import { CHANNEL_CODES, codesReader, type Into, KIND_CODES, lengthInMs, type RowReader } from "./row-reader.ts";
import { blankEvent, type StagedEvent } from "./staged-events.ts";

const PAGE_VIEW = TOUCHPOINT_KINDS.indexOf("PAGE_VIEW");

/** Reads the rows of `touchpointRowsSql`. */
export function touchpointReader(into: Into): RowReader {
  const { staging } = into;
  const [customer, id] = [new Uint32Array(4), new Uint32Array(4)];
  const event = blankEvent();
  const readJoined = joinedReader(into, event);
  const readPlace = placeReader(into, event);
  const readContext = contextReader(into, event);
  const writeWorth = worthWriter(into);
  return (row) => {
    row.uuid(customer);
    if (staging.isLeftOut(customer)) return row.leave();
    row.uuid(id);
    const interaction = readJoined(row);
    readPlace(row);
    readContext(row, interaction);
    event.customer = staging.customers.add(customer);
    const events = staging.events.at(customer[0]! >>> 24);
    if (writeWorth(row, id)) events.worth.set(events.length, staging.worth.units.length - 1);
    events.push(event, id);
  };
}

/** Reads which interaction and subject a touchpoint is of; answers where the interaction is joined from. */
function joinedReader({ joins, dictionary: { contacts } }: Into, event: StagedEvent): (row: CopyReader) => number {
  const [id, subject] = [new Uint32Array(4), new Uint32Array(4)];
  return (row) => {
    row.uuid(id);
    row.uuid(subject);
    event.interaction = joins.ids.add(id);
    const interaction = joins.find(event.interaction, subject);
    const isJoined = interaction !== NO_INTERACTION;
    event.namesPerson = isJoined ? joins.isOfPerson(interaction) : joins.isPerson(subject);
    const contact = isJoined ? joins.contact(interaction) : -1;
    event.link = contact === OWN_CONTACT ? contacts.add(id) : contact;
    return interaction;
  };
}

/** Reads when and where a touchpoint was, and what it is called. */
function placeReader({ dictionary: { items, sources } }: Into, event: StagedEvent): RowReader {
  const [channels, kinds] = [codesReader(CHANNEL_CODES), codesReader(KIND_CODES)];
  const names = new RecurringTexts((name) => sources.add(name));
  const item = new Uint32Array(2);
  return (row) => {
    event.at = row.instant();
    event.lasts = lengthInMs(event.at, row.instant());
    event.sequence = row.int(NO_SEQUENCE);
    event.channel = channels.read(row);
    event.kind = kinds.read(row);
    event.source = names.read(row);
    event.item = row.bigint(item) ? items.add(item) : -1;
  };
}

/** Reads what brought a touchpoint. A visit that nothing is known to have brought landed on the page that it began with. */
function contextReader({ joins, dictionary: { items, contexts } }: Into, event: StagedEvent) {
  const id = new Uint32Array(2);
  const itemOf = (row: CopyReader) => (row.bigint(id) ? items.add(id) : -1);
  return (row: CopyReader, interaction: number): void => {
    const [campaign, campaignSource, referrer, stated] = [itemOf(row), itemOf(row), itemOf(row), itemOf(row)];
    const isJoined = interaction !== NO_INTERACTION;
    const hasUrl = row.bigint(id);
    const isLanding =
      hasUrl && stated === -1 && event.kind === PAGE_VIEW && isJoined && joins.beganFirst(interaction, event);
    const landingPage = isLanding ? items.add(id) : stated;
    const device = isJoined ? joins.device(interaction) : -1;
    event.context = contexts.add({ campaign, campaignSource, referrer, landingPage, device });
  };
}

/** Writes what a touchpoint is worth; answers whether it is. */
function worthWriter({ staging: { worth }, dictionary: { texts, transactions } }: Into) {
  return (row: CopyReader, id: Uint32Array): boolean => {
    const value = row.text();
    const currency = row.text();
    const transaction = transactions.add(row.text());
    if (value === null && transaction === -1) return false;
    const { units, millionths } = moneyOf(value);
    worth.id0.push(id[0]!);
    worth.id1.push(id[1]!);
    worth.id2.push(id[2]!);
    worth.id3.push(id[3]!);
    worth.units.push(units);
    worth.millionths.push(millionths);
    worth.currency.push(texts.add(currency));
    worth.transaction.push(transaction);
    return true;
  };
}
