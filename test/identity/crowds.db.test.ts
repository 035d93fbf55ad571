import { expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import { rebuild } from "../../src/identity/rebuild.ts";
import { withdrawBatch } from "../../src/ingest/correcting/withdraw.ts";
import type { IncomingRecord } from "../../src/ingest/receipt.ts";
import { newId } from "../../src/kit/id.ts";
import { useDatabase } from "../kit/database.ts";
import { useIngest } from "../kit/ingest.ts";
import { read } from "../kit/read.ts";

const house = useDatabase();
const ingest = useIngest(house);

const at = (n: number) => new Date(Date.UTC(2026, 9, 1, 12, n));
const phone = (n: number) => ({ namespace: "phone", value: `+4670174${1_000 + n}` });
const calls = (from: number, to: number): IncomingRecord[] =>
  Array.from({ length: to - from }, (_, i) => {
    const n = from + i;
    const identities = [{ namespace: "custid", value: "house account" }, phone(n)];
    return { kind: "call", body: { source: "acd", sourceId: `c${n}`, startedAt: at(n), identities } };
  });

/** How many telephones belong to the house account, whether it is public, and of how many the conflicts say that they are not its. */
async function theirs(): Promise<unknown> {
  return read(
    house.db,
    sql`
      select count(*) filter (where coalesce(a.customer_id, p.customer_id) = h.customer_id)::int as phones,
        h.is_public as "isPublic", (select count(*)::int from conflicts c where c.a_id = h.id) as conflicts
      from identities h
      cross join identities p
      left join assignments a on a.subject_id = p.id and a.known_to = 'infinity'
      where h.value = 'house account' and p.namespace = 'phone'
      group by h.id
    `,
  );
}

test.each([
  ["in one batch", 21, 0],
  ["in two", 20, 1],
  ["in many", 5, 16],
])(
  "the twenty-first telephone of a number that everybody's calls are written under takes all of them from it, %s",
  async (_, first, rest) => {
    await ingest.accept(calls(0, first), { entryPoint: "test" });
    for (let n = first; n < first + rest; n += 1) await ingest.accept(calls(n, n + 1), { entryPoint: "test" });

    expect(await theirs()).toEqual([{ phones: 0, isPublic: true, conflicts: 21 }]);

    await ingest.accept(calls(21, 30), { entryPoint: "test" });
    expect(await theirs()).toEqual([{ phones: 0, isPublic: true, conflicts: 30 }]);
    expect(await rebuild(house.db, ingest.rules(), false)).toMatchObject({ reassigned: 0, rowsMoved: 0 });
    expect(await theirs()).toEqual([{ phones: 0, isPublic: true, conflicts: 30 }]);
  },
);

test("a withdrawn import gives the telephones back that were the customer's before it", async () => {
  await ingest.accept(calls(0, 4), { entryPoint: "test" });
  const batchId = newId();
  await ingest.accept(calls(4, 40), { entryPoint: "test", batchId });
  expect(await theirs()).toEqual([{ phones: 0, isPublic: true, conflicts: 40 }]);

  await withdrawBatch(house.db, batchId, { by: "test", rules: ingest.rules() });

  expect(await theirs()).toEqual([{ phones: 4, isPublic: false, conflicts: 0 }]);
  expect(await rebuild(house.db, ingest.rules(), false)).toMatchObject({ reassigned: 0, rowsMoved: 0 });
});

test("browsers beside a telephone of a crowd go together, as they would had nobody else been seen with it", async () => {
  const seen = (n: number, ...identities: object[]): IncomingRecord => {
    const body = { source: "web", sourceId: `f${n}`, occurredAt: at(n), channel: "WEB", kind: "FORM", name: "/" };
    return { kind: "touchpoint", body: { ...body, identities } };
  };
  const cookie = (value: string) => ({ namespace: "cookie", value });
  const ecid = { namespace: "ecid", value: "38400000000000000000000000000000004321" };
  await ingest.accept([seen(1, cookie("first"), phone(3))], { entryPoint: "test" });
  await ingest.accept(calls(0, 25), { entryPoint: "test" });
  await ingest.accept([seen(2, cookie("second"), phone(3))], { entryPoint: "test" });

  await ingest.accept([seen(3, ecid, cookie("second"))], { entryPoint: "test" });

  const owners = sql`
    select count(distinct coalesce(a.customer_id, i.customer_id))::int as customers, count(*)::int as identities
    from identities i
    left join assignments a on a.subject_id = i.id and a.known_to = 'infinity'
    where i.namespace in ('cookie', 'ecid') or i.value = ${phone(3).value}
  `;
  expect(await read(house.db, owners)).toEqual([{ customers: 1, identities: 4 }]);
  expect(await rebuild(house.db, ingest.rules(), false)).toMatchObject({ reassigned: 0, rowsMoved: 0 });
});
