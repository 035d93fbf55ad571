import type { CopyReader } from "../db/copy.ts";
import type { Snapshot } from "../db/snapshot.ts";
import type { Sql } from "../db/sql.ts";
import { NO_SEQUENCE } from "../fields/touchpoint.ts";
import { IS_ANONYMOUS, IS_NAMED, IS_NOBODY, IS_VVIP } from "./columns.ts";
import type { Dictionaries } from "./dictionary.ts";
import { legRowsSql, namedSql, nobodiesSql, statedSql, touchpointRowsSql, visitRowsSql, type Who } from "./load.sql.ts";
import { legReader } from "./load-legs.repository.ts";
import { moneyOf } from "./money.ts";
import { CHANNEL_CODES, codeOf, type Into, KIND_CODES, lengthInMs, pushPlace, type RowReader } from "./row-reader.ts";
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

function touchpointReader({ staging, dictionary }: Into): RowReader {
  const { customers, interactions, events } = staging;
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
    events.lasts.push(lengthInMs(at, row.instant()));
    const sequence = row.int(NO_SEQUENCE);
    pushPlace(events, { customer, at, sequence, channel: codeOf(CHANNEL_CODES, row.text()) }, id);
    events.kind.push(codeOf(KIND_CODES, row.text()));
    events.isLeg.push(0);
    events.source.push(sources.add(row.text()));
    events.item.push(itemOf(row));
    const [campaign, campaignSource, referrer, landingPage] = [itemOf(row), itemOf(row), itemOf(row), itemOf(row)];
    const device = texts.add(row.text());
    events.context.push(contexts.add({ campaign, campaignSource, referrer, landingPage, device }));
    events.link.push(row.words(key, 0) ? contacts.add(key) : -1);
    events.namesPerson.push(row.flag(0));
    row.words(key, 0);
    events.interaction.push(interactions.add(key));
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
    const event = events.at.length - 1;
    worth.row.push(event);
    for (const word of ["id0", "id1", "id2", "id3"] as const) worth[word].push(events[word].all()[event]!);
    worth.units.push(units);
    worth.millionths.push(millionths);
    worth.currency.push(currency);
    worth.transaction.push(transaction);
  };
}

function visitReader({ staging: { customers, visits }, dictionary: { contacts } }: Into): RowReader {
  const key = new Uint32Array(4);
  return (row) => {
    row.words(key, 0);
    visits.customer.push(customers.add(key));
    visits.at.push(row.instant());
    visits.channel.push(codeOf(CHANNEL_CODES, row.text()));
    visits.contact.push(row.words(key, 0) ? contacts.add(key) : -1);
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
