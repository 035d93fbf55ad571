import { expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import { settingsOf } from "../../src/facts/rules.ts";
import { saveSource } from "../../src/identity/rules.repository.ts";
import { placesOf } from "../forgetting/scan.ts";
import { useDatabase } from "../kit/database.ts";
import { useIngest } from "../kit/ingest.ts";
import { read } from "../kit/read.ts";

const house = useDatabase();
const ingest = useIngest(house);

const CARD = "4111 1111 1111 1111";
const identities = [{ namespace: "custid", value: "4111111111111111" }];
const leg = {
  source: "desk",
  sourceId: "l1",
  identities,
  sessionStartTime: "2026-11-01T10:00:00Z",
  channelType: "VOICE",
  interactionNotes: `Paid with ${CARD}, calls from 0701740601`,
  pageUrl: "https://a.se/pay/4111-1111-1111-1111",
  metadata: { form: [{ account: "SE45 5000 0000 0583 9825 7466", number: 5_555_555_555_554_444, amount: 1_200 }] },
};
const search = {
  source: "web",
  sourceId: "m1",
  identities,
  occurredAt: "2026-11-01T09:00:00Z",
  channel: "WEB",
  kind: "SEARCH",
  name: "invoice anna.berg@example.com",
  url: "https://a.se/users/anna.berg@example.com/4111111111111111",
};
const tell = () =>
  ingest.accept(
    [
      { kind: "interaction", body: leg },
      { kind: "touchpoint", body: search },
      {
        kind: "customer",
        body: { source: "crm", sourceId: "c1", identities, observedAt: "2026-11-01T08:00:00Z", extra: { note: CARD } },
      },
    ],
    { entryPoint: "test" },
  );
const SECRETS = [
  CARD,
  "4111-1111-1111-1111",
  "SE45 5000 0000 0583 9825 7466",
  "5555555555554444",
  "anna.berg@example.com",
];

test("numbers of cards and accounts are nowhere in the database, and a leg says what it lost", async () => {
  const receipts = await tell();

  expect(receipts.map(({ status }) => status)).toEqual(["ACCEPTED", "ACCEPTED", "ACCEPTED"]);
  expect(await placesOf(house.db, SECRETS)).toEqual([]);
  const [stored] = await read(
    house.db,
    sql`select interaction_notes as notes, page_url as page, metadata, data_quality as quality from interactions where source_id = 'l1'`,
  );
  expect(stored).toEqual({
    notes: "Paid with [card], calls from 0701740601",
    page: "https://a.se/pay/[card]",
    metadata: { form: [{ account: "[iban]", number: "[card]", amount: 1_200 }] },
    quality: [
      { field: "interactionNotes", message: "A card number was taken out before it was stored." },
      { field: "pageUrl", message: "A card number was taken out before it was stored." },
      { field: "metadata", message: "An account number was taken out before it was stored." },
      { field: "metadata", message: "A card number was taken out before it was stored." },
    ],
  });
  const names = await read(house.db, sql`select name from items order by name`);
  expect(names).toEqual([{ name: "https://a.se/users/[email]/[card]" }, { name: "invoice [email]" }]);
});

test("sent again it is the same record, and an identity stays what it is", async () => {
  await tell();

  const again = await tell();

  expect(again.map(({ status }) => status)).toEqual(["REPEATED", "REPEATED", "REPEATED"]);
  expect(await read(house.db, sql`select value from identities where namespace = 'custid'`)).toEqual([
    { value: "4111111111111111" },
  ]);
});

test("a source keeps what its settings do not redact", async () => {
  await saveSource(house.db, { ...settingsOf(ingest.rules(), "desk"), redacts: ["iban"] });
  await ingest.refresh();

  await tell();

  const [stored] = await read(
    house.db,
    sql`select interaction_notes as notes from interactions where source_id = 'l1'`,
  );
  expect(stored).toEqual({ notes: leg.interactionNotes });
  expect(await placesOf(house.db, ["SE45 5000 0000 0583 9825 7466"])).toEqual([]);
});

test("what was stored as it was sent is replaced once it is sent again, and shows what is left", async () => {
  const settings = ["desk", "web"].map((name) => settingsOf(ingest.rules(), name));
  for (const source of settings) await saveSource(house.db, { ...source, redacts: [] });
  await ingest.refresh();
  await tell();
  for (const source of settings) await saveSource(house.db, source);
  await ingest.refresh();

  const statuses = [await tell(), await tell()].map((receipts) => receipts.map(({ status }) => status));

  expect(statuses).toEqual([
    ["SUPERSEDED", "SUPERSEDED", "REPEATED"],
    ["REPEATED", "REPEATED", "REPEATED"],
  ]);
  const shown = sql`
    select interaction_notes as notes, (select name from items where id = t.item_id) as search
    from interactions i, touchpoints t where i.source_id = 'l1'`;
  expect(await read(house.db, shown)).toEqual([
    { notes: "Paid with [card], calls from 0701740601", search: "invoice [email]" },
  ]);
});

test("why a record was refused does not repeat what may not be stored", async () => {
  const [number, body] = ["4111111111111111", { ...leg, identities: [] }];

  const receipts = await ingest.accept(
    [
      { kind: "interaction", body: { ...body, [number]: 1 } },
      { kind: "interaction", body: { ...body, identities: [{ namespace: number, value: "x" }] } },
    ],
    { entryPoint: "test" },
  );

  expect(receipts.map(({ status, message }) => [status, message?.includes("[card]")])).toEqual([
    ["REJECTED", true],
    ["REJECTED", true],
  ]);
  expect(await placesOf(house.db, [number])).toEqual([]);
});
