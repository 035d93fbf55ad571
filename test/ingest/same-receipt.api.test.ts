import { isDeepStrictEqual } from "node:util";
import { expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import { saveSource } from "../../src/identity/rules.repository.ts";
import { useApp } from "../app/use-app.ts";
import { read } from "../kit/read.ts";
import { type Case, casesOf, KINDS, SOURCE, ZONE } from "./bodies.ts";
import { SETTINGS, type Told, waysInto } from "./ways-in.ts";

const house = useApp({ settings: SETTINGS });
const { overRest, overLines, overWebhook, overGraphql, fromFile } = waysInto(house);

test.each(KINDS)("a %s has one receipt, whichever way it comes in", async (kind) => {
  await nameZone();
  const cases = casesOf(kind);
  const bodies = cases.map(({ body }) => body);
  const first = await overRest(kind, bodies);

  const again = first.map(repeated);
  const lines = await overLines(kind, bodies);
  const events = await overWebhook(kind, bodies);
  const answers = await overGraphql(kind, bodies);

  expect(first.map(({ reason }) => reason)).toEqual(cases.map(({ reason }) => reason));
  expect(differences(cases, lines, again)).toEqual([]);
  expect(differences(cases, events, again)).toEqual([]);
  expect(differences(cases, answers, again.map(withoutReason))).toEqual([]);
  expect(await keptFrom("graphql")).toEqual(await keptFrom("rest"));
});

test.each(KINDS)("a %s out of a file has that receipt too", async (kind) => {
  await nameZone();
  const cases = casesOf(kind).filter(isOneCellEach);
  const first = await overRest(
    kind,
    cases.map(({ body }) => body),
  );

  const summary = await fromFile(kind, cases);

  expect(summary.receipts).toEqual(countOf(first.map(repeated)));
  expect(await keptFrom("import")).toEqual(await keptFrom("rest"));
});

test.each(KINDS)("a %s that is replayed is judged again, and by the same rules", async (kind) => {
  const cases = casesOf(kind);
  const bodies = cases.map(({ body }) => body);
  const refused = (await overRest(kind, bodies)).filter(({ status }) => status === "REJECTED").length;
  const before = await replayed();
  await nameZone();

  const after = await replayed();
  const again = await overRest(kind, bodies);

  expect(before).toEqual({ replayed: refused, accepted: 0, stillRejected: refused });
  expect(after.stillRejected).toBe(cases.filter(({ reason }) => reason !== null).length);
  expect(again.map(({ status }) => status)).toEqual(
    cases.map(({ reason }) => (reason === null ? "REPEATED" : "REJECTED")),
  );
});

test.each(["interaction", "call", "touchpoint"] as const)(
  "another %s under a key that is taken is refused alike",
  async (kind) => {
    const [known] = casesOf(kind).map(({ body }) => body);
    await overRest(kind, [known!]);
    const other = [{ ...known!, universalSessionId: undefined, ...OTHER[kind] }];

    const told = await overRest(kind, other);

    expect(told).toMatchObject([{ status: "CONFLICT", path: ["sourceId"] }]);
    expect(await overLines(kind, other)).toEqual(told);
    expect(await overWebhook(kind, other)).toEqual(told);
    expect(await overGraphql(kind, other)).toEqual(told.map(withoutReason));
  },
);
const OTHER = {
  interaction: { intent: "other" },
  call: { callReason: "other" },
  touchpoint: { name: "other" },
};

test("another customer record of one moment is merged with the first, through whatever entry point it comes", async () => {
  const [known] = casesOf("customer").map(({ body }) => body);
  await overRest("customer", [known!]);

  const told = [
    await overRest("customer", [{ ...known!, occupation: "other" }]),
    await overLines("customer", [{ ...known!, region: "other" }]),
    await overWebhook("customer", [{ ...known!, vvip: true }]),
    await overGraphql("customer", [{ ...known!, age: 41 }]),
  ].flat();

  expect(told.filter(({ status }) => status !== "SUPERSEDED" && status !== "STALE")).toEqual([]);
  const rows = await read(house.db, sql`select occupation, region, vvip, age from customer_records`);
  expect(rows).toEqual([{ occupation: "other", region: "other", vvip: true, age: 41 }]);
});

test("numbers in a document are read digit by digit", async () => {
  const { data } = await house.ask(`mutation {
    logCall(input: {
      source: "cti", sourceId: "1", startedAt: 1763631000, cost: { amount: 123456789012345.123456, currency: "SEK" }
    }) { status }
    bad: logCall(input: { source: "cti", sourceId: "2", startedAt: { at: 1 }, metadata: "none" }) {
      status userErrors { path message }
    }
  }`);
  const [stored] = await read(house.db, sql`select session_start_time as at, cost_amount as amount from interactions`);

  expect(data.logCall.status).toBe("ACCEPTED");
  expect(data.bad).toMatchObject({ status: "REJECTED", userErrors: [{ path: ["input", "startedAt"] }] });
  expect(stored).toEqual({ at: new Date("2025-11-20T09:30:00Z"), amount: "123456789012345.123456" });
});

test("a period or a filter that cannot be read is refused before anything is asked, and says where", async () => {
  const query = "query ($filter: CustomerFilterInput) { customers(filter: $filter) { totalCount } }";
  const filter = { seenIn: { from: "2026-11-20T09:30", to: "2026-11-21T09:30Z" } };

  const { errors, data } = await house.ask(query, { filter });

  expect(data).toBeNull();
  expect(errors).toMatchObject([
    {
      message: "filter.seenIn.from: Send a time as RFC 3339 with a zone, such as 2026-11-20T09:30:00Z.",
      extensions: { code: "BAD_INPUT", inputPath: ["filter", "seenIn", "from"] },
    },
  ]);
});

test("a period may begin before there were computers, and be told as Unix time", async () => {
  const query = "query ($filter: CustomerFilterInput) { customers(filter: $filter) { totalCount } }";
  const filter = { seenIn: { from: "1900-01-01T00:00Z", to: 1_763_631_000 } };

  expect(await house.ask(query, { filter })).toMatchObject({ data: { customers: { totalCount: 0 } } });
});

/** Only what differs, with the name of its body. */
function differences<Answer>(cases: readonly Case[], told: readonly Answer[], expected: readonly Answer[]) {
  const pairs = cases.map(({ name }, n) => ({ name, told: told[n], expected: expected[n] }));
  return pairs.filter((pair) => !isDeepStrictEqual(pair.told, pair.expected));
}

const withoutReason = ({ status, message, path }: Told) => ({ status, message, path });

function repeated(told: Told): Told {
  return told.status === "ACCEPTED" ? { ...told, status: "REPEATED" } : told;
}

async function nameZone(): Promise<void> {
  await saveSource(house.db, { ...NO_SETTINGS, name: SOURCE, timeZone: ZONE });
  await house.app.core.refreshRules();
}
const NO_SETTINGS = {
  defaultRegion: null,
  anchorIssuer: null,
  keepKinds: [],
  foreignPrefixes: [],
  ownNumbers: [],
  rank: 100,
  volatileFields: [],
  transactionIssuer: null,
  anchorDigits: null,
  aheadMinutes: 10,
  visitTimeoutMinutes: 30,
  originalDays: 0,
  joins: true,
  redacts: [],
};

/** What is kept of what was refused at an entry point, by the sender's id. */
async function keptFrom(entryPoint: string) {
  return read(
    house.db,
    sql`
      select distinct r.source_id collate "C" as "sourceId", r.reason, r.message
      from rejections r
      join batches b on b.id = r.batch_id
      where b.entry_point = ${entryPoint}
      order by 1
    `,
  );
}

async function replayed() {
  const { data } = await house.ask("mutation { replayRejections { replayed accepted stillRejected } }");
  return data.replayRejections;
}

/** A mapping reads cells: it knows no lists of identities, and an empty cell says nothing. */
function isOneCellEach({ body }: Case): boolean {
  const isCustomer1001 = JSON.stringify(body.identities) === '[{"namespace":"custid","value":"1001"}]';
  return (
    isCustomer1001 &&
    !("withdrawIdentities" in body) &&
    !Object.values(body).some((cell) => cell === "" || cell === null)
  );
}

function countOf(told: readonly Told[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status } of told) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
