import { beforeEach, expect, test } from "vitest";
import { CONNECTORS } from "../../src/connectors/connectors.ts";
import { sql } from "../../src/db/sql.ts";
import { settingsOf } from "../../src/facts/rules.ts";
import { messagesIn } from "../../src/http/routes/webhook-body.ts";
import { saveSource } from "../../src/identity/rules.repository.ts";
import type { IncomingRecord, Receipt } from "../../src/ingest/receipt.ts";
import { useDatabase } from "../kit/database.ts";
import { useIngest } from "../kit/ingest.ts";
import { read } from "../kit/read.ts";
import { FIXTURE_LIST, HAS_PAYLOADS, payloads } from "./senders.ts";

const house = useDatabase();
const ingest = useIngest(house);

// Asterisk never says its zone, and some vCons do not: the settings of their sources do.
beforeEach(async () => {
  for (const name of ["asterisk", "vcon"]) {
    await saveSource(house.db, { ...settingsOf(ingest.rules(), name), timeZone: "UTC" });
  }
  await ingest.refresh();
});

const adapt = (connector: string, messages: readonly unknown[]): IncomingRecord[] =>
  messages.flatMap((message) => [...CONNECTORS.find(({ name }) => name === connector)!.adapt(message)]);

async function send(connector: string, records: readonly IncomingRecord[]): Promise<Receipt[]> {
  return records.length === 0 ? [] : ingest.accept(records, { entryPoint: `webhook:${connector}` });
}

/** All that is known; what was refused is kept anew each time. */
async function known(): Promise<unknown> {
  const [row] = await read(
    house.db,
    sql`
      select
        (select count(*)::int from interactions) as interactions,
        (select count(*)::int from touchpoints) as touchpoints,
        (select count(*)::int from customer_records) as "customerRecords",
        (select count(*)::int from identities) as identities,
        (select count(*)::int from sightings) as sightings,
        (select count(*)::int from revisions) as revisions,
        (select md5(string_agg(i::text, '' order by i.id, i.subject_id)) from interactions i) as digest
    `,
  );
  return row;
}

const TOOK = new Set(["ACCEPTED", "SUPERSEDED", "REPEATED", "STALE"]);
const isAnswered = ({ status, reason, message }: Receipt) => TOOK.has(status) || Boolean(reason && message);
const isNew = ({ status }: Receipt) => status === "ACCEPTED" || status === "SUPERSEDED";

test("ingest takes in every invented message, and the same again changes nothing", async () => {
  const sendAll = async () => {
    const answers: Receipt[] = [];
    for (const { connector, given } of FIXTURE_LIST)
      answers.push(...(await send(connector, adapt(connector, [given]))));
    return answers;
  };
  const expected = FIXTURE_LIST.flatMap((fixture) => fixture.expect);

  const first = await sendAll();
  const after = await known();
  const again = await sendAll();

  expect(first.map(({ status }) => TOOK.has(status))).toEqual(expected.map((answer) => "body" in answer));
  expect(again.filter(isNew)).toEqual([]);
  expect(await known()).toEqual(after);
});

test.skipIf(!HAS_PAYLOADS)(
  "every payload is taken in or refused with a reason, and twice changes nothing",
  async () => {
    const sendAll = async () => {
      const answers: [string, Receipt[]][] = [];
      for (const { folder, connector, bytes } of payloads()) {
        answers.push([folder, await send(connector, adapt(connector, messagesIn(bytes, {})))]);
      }
      return answers;
    };

    const first = await sendAll();
    const after = await known();
    const again = await sendAll();

    expect(first.filter(([, receipts]) => receipts.length === 0)).toEqual([]);
    expect(first.flatMap(([, receipts]) => receipts).filter((receipt) => !isAnswered(receipt))).toEqual([]);
    expect(again.flatMap(([, receipts]) => receipts).filter(isNew)).toEqual([]);
    expect(await known()).toEqual(after);
    expect(takenIn(first)).toEqual({
      "adobe-xdm": 9,
      "amazon-connect-ctr": 1,
      "amazon-connect-docs": 2,
      asterisk: 5,
      "aws-lambda-events": 0,
      callrail: 3,
      "genesys-cloud": 10,
      "segment-spec": 3,
      "twilio-oai": 5,
      "unomi-graphql": 0,
      "vcon-ietf": 15,
      "vcon-server-dataset": 21,
    });
  },
);

/** How many records of each folder were taken in. Most of the examples are fragments, requests, or answers of an API. */
function takenIn(answers: readonly [string, Receipt[]][]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [folder, receipts] of answers) {
    counts[folder] = (counts[folder] ?? 0) + receipts.filter(({ status }) => TOOK.has(status)).length;
  }
  return counts;
}
