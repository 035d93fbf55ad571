import { expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import { rebuild } from "../../src/identity/rebuild.ts";
import { saveNamespace } from "../../src/identity/rules.repository.ts";
import { rebuildAll } from "../../src/ingest/correcting/rebuild.ts";
import type { IncomingRecord } from "../../src/ingest/receipt.ts";
import { useDatabase } from "../kit/database.ts";
import { useIngest } from "../kit/ingest.ts";

const house = useDatabase();
const ingest = useIngest(house);

function view(sourceId: string, identities: [string, string][]): IncomingRecord {
  const named = identities.map(([namespace, value]) => ({ namespace, value }));
  const body = { source: "web", sourceId, occurredAt: "2026-11-20T09:00:00Z", kind: "PAGE_VIEW", channel: "WEB" };
  return { kind: "touchpoint", body: { ...body, name: "/", sessionId: sourceId, identities: named } };
}

test("a changed rule is counted by a dry run, applied by a restitch, and settled after that", async () => {
  const mail: [string, string] = ["email", "office@example.com"];
  await ingest.accept([view("1", [["login", "a"], mail]), view("2", [["login", "b"], mail])], { entryPoint: "test" });
  const email = ingest.rules().namespaces.get("email")!;
  await saveNamespace(house.db, { ...email, limit: 1 });
  const login = ingest.rules().namespaces.get("login")!;
  await saveNamespace(house.db, { ...login, limit: 1 });
  await ingest.refresh();

  const dry = await rebuild(house.db, ingest.rules(), true);
  const wet = await rebuild(house.db, ingest.rules(), false);
  const again = await rebuild(house.db, ingest.rules(), false);

  expect(dry).toMatchObject({ reassigned: 1, customersChanged: 2, rowsMoved: 0 });
  expect(wet).toMatchObject({ reassigned: 1, customersChanged: 2 });
  expect(again).toMatchObject({ reassigned: 0, customersChanged: 0, rowsMoved: 0 });
});

test("a rebuild mends what somebody broke by hand, and says how much", async () => {
  await ingest.accept(
    [
      view("1", [["custid", "1"]]),
      view("2", [
        ["cookie", "c"],
        ["custid", "1"],
      ]),
    ],
    { entryPoint: "test" },
  );
  await house.db.run(sql`update touchpoints set customer_id = gen_random_uuid()`);
  await house.db.run(sql`update interactions set session_start_time = session_start_time - interval '1 day'`);

  const mended = await rebuildAll(house.db, ingest.rules(), false);
  const again = await rebuildAll(house.db, ingest.rules(), false);

  expect(mended).toMatchObject({ reassigned: 0, rowsMoved: 2, visitsMeasured: 2 });
  expect(again).toMatchObject({ reassigned: 0, rowsMoved: 0, visitsMeasured: 0 });
});
