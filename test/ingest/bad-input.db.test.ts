import { describe, expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import type { IncomingRecord } from "../../src/ingest/receipt.ts";
import { useDatabase } from "../kit/database.ts";
import { useIngest } from "../kit/ingest.ts";
import { read } from "../kit/read.ts";

const house = useDatabase();
const ingest = useIngest(house);
const entryPoint = { entryPoint: "test" };

const AT = "2026-11-20T09:00:00Z";
const BEFORE = "2026-11-20T08:00:00Z";
const ann = { namespace: "custid", value: "1001" };
const bodies = {
  interaction: { source: "s", sourceId: "1", identities: [ann], channelType: "CHAT", sessionStartTime: AT },
  call: { source: "s", sourceId: "1", identities: [ann], startedAt: AT },
  touchpoint: { source: "s", sourceId: "1", identities: [ann], occurredAt: AT, kind: "PAGE_VIEW", channel: "WEB" },
  customer: { source: "s", sourceId: "1", identities: [ann], observedAt: AT },
} as const;
type Kind = IncomingRecord["kind"];

async function send(kind: Kind, more: object) {
  const [receipt] = await ingest.accept([{ kind, body: { ...bodies[kind], ...more } }], entryPoint);
  return receipt!;
}

/** Everything that facts and identities leave behind, as text. */
async function stored(): Promise<unknown> {
  const [row] = await read(
    house.db,
    sql`
      select
        (select json_agg(t order by t.id) from touchpoints t)::text as touchpoints,
        (select json_agg(i order by i.id) from interactions i)::text as interactions,
        (select json_agg(c order by c.id) from customer_records c)::text as records,
        (select json_agg(i order by i.id) from identities i)::text as identities,
        (select json_agg(s order by s.at, s.identity_id) from sightings s)::text as sightings,
        (select json_agg(a order by a.subject_id) from assignments a)::text as assignments,
        (select json_agg(k order by k.id) from ingest_keys k)::text as keys,
        (select json_agg(r order by r.record_id) from revisions r)::text as revisions
    `,
  );
  return row;
}

const identified = (namespace: unknown, value: unknown) => ({ identities: [{ namespace, value }] });
const WRONG: [what: string, kind: Kind, more: object, reason: string, path: string][] = [
  ["a customer without an identity", "customer", { identities: [] }, "BAD_FIELD", "identities"],
  [
    "a customer whose only identity is withheld",
    "customer",
    identified("phone", "anonymous"),
    "NO_IDENTITY",
    "identities",
  ],
  ["a customer whose only number cannot be", "customer", identified("phone", "12"), "NO_IDENTITY", "identities"],
  ["a customer called null", "customer", identified("custid", "null"), "NO_IDENTITY", "identities"],
  ["a customer called undefined", "customer", identified("custid", "undefined"), "NO_IDENTITY", "identities"],
  ["an unknown namespace", "call", identified("shoe-size", "44"), "UNKNOWN_NAMESPACE", "identities.0"],
  ["a namespace that is only ours to give", "call", identified("record", "x"), "UNKNOWN_NAMESPACE", "identities.0"],
  ["an identity without a value", "call", identified("custid", undefined), "MISSING_FIELD", "identities.0.value"],
  ["an identity that is an object", "call", identified("custid", {}), "BAD_FIELD", "identities.0.value"],
  ["an identity of 1,025 characters", "call", identified("cookie", "x".repeat(1_025)), "TOO_LONG", "identities.0"],
  ["eleven identities", "call", { identities: Array(11).fill(ann) }, "BAD_FIELD", "identities"],
  [
    "1970, of seconds that were read as milliseconds",
    "touchpoint",
    { occurredAt: new Date(1_763_631_000) },
    "BAD_TIME",
    "occurredAt",
  ],
  ["1970, in words", "call", { startedAt: "1970-01-21T09:53:51Z" }, "BAD_TIME", "startedAt"],
  ["a time without a zone", "call", { startedAt: "2026-11-20T09:00:00" }, "BAD_TIME", "startedAt"],
  ["a time that is none", "customer", { observedAt: "yesterday" }, "BAD_TIME", "observedAt"],
  ["a time that is true", "call", { startedAt: true }, "BAD_TIME", "startedAt"],
  ["a time that is missing", "interaction", { sessionStartTime: undefined }, "MISSING_FIELD", "sessionStartTime"],
  ["a call that ends before it starts", "call", { endedAt: BEFORE }, "ENDS_BEFORE_START", "endedAt"],
  [
    "a talk that ends before it starts",
    "interaction",
    { interactionStartTime: AT, interactionEndTime: BEFORE },
    "ENDS_BEFORE_START",
    "interactionEndTime",
  ],
  [
    "a session that ends before it starts",
    "interaction",
    { sessionEndTime: BEFORE },
    "ENDS_BEFORE_START",
    "sessionEndTime",
  ],
  ["a page left before it was opened", "touchpoint", { endedAt: BEFORE }, "ENDS_BEFORE_START", "endedAt"],
  ["a negative duration", "call", { durationSeconds: -1 }, "NEGATIVE_LENGTH", "durationSeconds"],
  ["a negative wait", "interaction", { queueSeconds: -0.5 }, "NEGATIVE_LENGTH", "queueSeconds"],
  ["an unknown channel", "interaction", { channelType: "PIGEON" }, "UNKNOWN_VALUE", "channelType"],
  ["an unknown kind of touchpoint", "touchpoint", { kind: "page_view" }, "UNKNOWN_VALUE", "kind"],
  ["an unknown outcome", "call", { outcome: "DONE" }, "UNKNOWN_VALUE", "outcome"],
  ["a field that nobody knows", "customer", { shoeSize: 44 }, "UNKNOWN_FIELD", ""],
  ["no key", "call", { sourceId: undefined }, "MISSING_FIELD", "sourceId"],
  ["an empty key", "call", { sourceId: " " }, "BAD_FIELD", "sourceId"],
  ["an amount with a comma", "call", { cost: { amount: "1,50", currency: "EUR" } }, "BAD_FIELD", "cost.amount"],
  ["a NUL in a text", "call", { callReason: "in\u0000voice" }, "BAD_FIELD", "callReason"],
];

test.each(WRONG)(
  "rejects %s with its reason, and stores nothing but the rejection",
  async (_what, kind, more, reason, path) => {
    const receipt = await send(kind, more);

    expect(receipt).toMatchObject({
      status: "REJECTED",
      reason,
      path: path === "" ? [] : path.split("."),
      recordId: null,
    });
    expect(Object.values((await stored()) as object).filter(Boolean)).toEqual([]);
    expect(await read(house.db, sql`select reason, kind from rejections`)).toEqual([{ reason, kind }]);
  },
);

test.each([[null], [undefined], [7], ["text"], [[]], [[null]]])("rejects a record that is %j", async (body) => {
  const [receipt] = await ingest.accept([{ kind: "call", body }], entryPoint);

  expect(receipt!.status).toBe("REJECTED");
});

test("names the year where seconds were read as milliseconds", async () => {
  const { message } = await send("call", { startedAt: new Date(1_763_631_000) });

  expect(message).toContain("falls in 1970: send Unix seconds or milliseconds");
});

describe("what a caller withheld or mistyped", () => {
  test.each([
    ["anonymous", "identities.0"],
    ["+46123456789012345", "identities.0"],
    ["0000000000", "identities.0"],
  ])("the number %s identifies nobody, is noted, and the call is kept", async (value, field) => {
    const receipt = await send("call", identified("phone", value));

    expect(receipt.status).toBe("ACCEPTED");
    expect(await read(house.db, sql`select kind from identities`)).toEqual([{ kind: "RECORD" }]);
    const [row] = await read<{ notes: { field: string; message: string }[] }>(
      house.db,
      sql`
        select data_quality as notes from interactions
      `,
    );
    expect(row!.notes).toEqual([{ field, message: expect.not.stringContaining(value) }]);
  });

  test("joins no two callers, however many are called null", async () => {
    const placeholders = ["null", "undefined", "NaN", "0", "-"].map((value, n) => ({
      kind: "call" as const,
      body: { ...bodies.call, sourceId: `${n}`, ...identified("custid", value) },
    }));

    const receipts = await ingest.accept(placeholders, entryPoint);

    expect(new Set(receipts.map(({ customerId }) => customerId)).size).toBe(5);
  });
});

test.each<[Kind, object, object]>([
  ["interaction", { intent: "balance" }, { intent: "cards", identities: [{ namespace: "custid", value: "2" }] }],
  ["call", { callReason: "balance" }, { callReason: "cards", identities: [] }],
  ["touchpoint", { name: "/a" }, { name: "/b", occurredAt: BEFORE }],
])(
  "the same %s key and revision with another body is a CONFLICT, and nothing is changed",
  async (kind, first, second) => {
    await send(kind, first);
    const before = await stored();

    const receipt = await send(kind, second);

    expect(receipt).toMatchObject({ status: "CONFLICT", reason: "CONFLICT", path: ["sourceId"], customerId: null });
    expect(await stored()).toEqual(before);
  },
);
