import type { Snapshot } from "../db/snapshot.ts";
import type { Sql } from "../db/sql.ts";
import { IS_ANONYMOUS, IS_LEFT_OUT, IS_NAMED, IS_NOBODY, IS_VVIP } from "./columns.ts";
import type { Dictionaries } from "./dictionary.ts";
import { Joins, OWN_CONTACT } from "./joins.ts";
import {
  interactionsToJoinSql,
  leftOutSql,
  legRowsSql,
  namedSql,
  nobodiesSql,
  personsSql,
  statedSql,
  touchpointRowsSql,
  visitRowsSql,
  type Who,
  type WhoSince,
} from "./load.sql.ts";
import { legReader } from "./load-legs.repository.ts";
import { touchpointReader } from "./load-touchpoints.repository.ts";
import type { LoadProgress } from "./loading.ts";
import { RecurringTexts } from "./recurring.ts";
import { CHANNEL_CODES, codesReader, type Into, type RowReader } from "./row-reader.ts";
import type { EventRows } from "./staged-events.ts";
import { Staging } from "./staging.ts";

/** Reads what rows of some customers are joined to. */
export async function readJoins(snapshot: Snapshot, { texts, contacts }: Dictionaries, who: Who): Promise<Joins> {
  const joins = new Joins();
  const [subject, id, contact] = [new Uint32Array(4), new Uint32Array(4), new Uint32Array(4)];
  const devices = new RecurringTexts((text) => texts.add(text));
  await snapshot.copy(personsSql(who), (row) => {
    row.uuid(subject);
    joins.addPerson(subject);
  });
  await snapshot.copy(interactionsToJoinSql(who), (row) => {
    row.uuid(subject);
    row.uuid(id);
    const begins = row.instant();
    const device = devices.read(row);
    const named = row.uuid(contact) ? contacts.add(contact) : -1;
    const isOne = row.flag(0) === 1;
    joins.addInteraction(subject, id, { begins, device, contact: named === -1 && isOne ? OWN_CONTACT : named });
  });
  return joins;
}

/** Whose rows are read, and what they are read with. */
interface Reading extends WhoSince {
  joins: Joins;
  dictionary: Dictionaries;
  progress: LoadProgress;
  /** About how many events each first byte has. */
  eventsOfEach?: number;
  /** Room for events that nobody needs any more. */
  spare?: EventRows[];
}

/** Reads all that some customers did, as of the snapshot. */
export async function readCustomers(
  snapshot: Snapshot,
  { who, since, progress, eventsOfEach = 0, spare = [], ...context }: Reading,
): Promise<Staging> {
  const staging = new Staging(eventsOfEach, spare);
  const into = { staging, ...context };
  const read = (statement: Sql, row: RowReader) => snapshot.copy(statement, row);
  await read(legRowsSql({ who, since }), progress.counted(legReader(into)));
  await read(visitRowsSql({ who, since }), progress.counted(visitReader(into)));
  await read(touchpointRowsSql({ who, since }), progress.counted(touchpointReader(into)));
  await read(nobodiesSql(who), nobodyReader(into));
  await read(namedSql(who), namedReader(into));
  await read(leftOutSql(who), leftOutReader(into));
  await read(statedSql(who), statedReader(into));
  return staging;
}

/** Whoever is left out is there, so that they are counted, with nothing that they did. */
function leftOutReader({ staging }: Into): RowReader {
  const key = new Uint32Array(4);
  return (row) => {
    row.uuid(key);
    staging.leftOut.add(key);
    staging.profileOf(staging.customers.add(key)).flags |= IS_LEFT_OUT;
  };
}

function visitReader({ staging, dictionary: { contacts } }: Into): RowReader {
  const { customers, visits } = staging;
  const key = new Uint32Array(4);
  const channels = codesReader(CHANNEL_CODES);
  return (row) => {
    row.uuid(key);
    if (staging.isLeftOut(key)) return row.leave();
    visits.customer.push(customers.add(key));
    visits.at.push(row.instant());
    visits.channel.push(channels.read(row));
    visits.contact.push(row.uuid(key) ? contacts.add(key) : -1);
  };
}

// Of customers who did nothing there is nothing to lay down.

function nobodyReader({ staging }: Into): RowReader {
  const key = new Uint32Array(4);
  return (row) => {
    row.uuid(key);
    const customer = staging.customers.find(key);
    if (customer !== -1) staging.profileOf(customer).flags |= IS_NOBODY;
  };
}

function namedReader({ staging }: Into): RowReader {
  const key = new Uint32Array(4);
  return (row) => {
    row.uuid(key);
    const isAnonymous = row.flag(0);
    const customer = staging.customers.find(key);
    if (customer !== -1) staging.profileOf(customer).flags |= isAnonymous ? IS_ANONYMOUS : IS_NAMED;
  };
}

function statedReader({ staging, dictionary: { texts, productLists } }: Into): RowReader {
  const key = new Uint32Array(4);
  return (row) => {
    row.uuid(key);
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
