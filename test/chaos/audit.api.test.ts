import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { openDatabase } from "../../src/db/client.ts";
import { sql } from "../../src/db/sql.ts";
import { read } from "../kit/read.ts";
import { copyCluster } from "../kit/server.ts";
import { type House, openHouse } from "./house.ts";

/** Every night: CHAOS_FAULTS=yes npx vitest run test/chaos */
const isNight = process.env.CHAOS_FAULTS === "yes";
const timeout = 90_000;
const CONNECTIONS = 8;
const ANSWERS = 120;
const directory = mkdtempSync(join(inject("directory"), "chaos-audit-"));
let house: House;
beforeAll(async () => {
  if (!isNight) return;
  copyCluster(inject("cluster"), directory);
  house = await openHouse(directory);
}, timeout);
afterAll(async () => {
  await house?.stop();
  rmSync(directory, { recursive: true, force: true });
});

test.skipIf(!isNight)("has every look that was answered, whoever is killed while many look", { timeout }, async () => {
  const identities = [{ namespace: "custid", value: "1" }];
  const crm = { source: "crm", sourceId: "1", observedAt: "2026-11-20T08:00:00Z", identities, displayName: "Ann" };
  const stored = await house.post("/v1/customers", crm);
  const id = JSON.parse(stored!.text).receipts[0].customerId;
  let answered = 0;
  const look = async () => {
    while (answered < ANSWERS) {
      const reply = await house.post("/graphql", { query: `{ customer(id: "${id}") { displayName } }` });
      if (reply?.status === 200 && JSON.parse(reply.text).data.customer?.displayName === "Ann") answered += 1;
    }
  };
  const soon = (part: number) =>
    expect.poll(() => answered, { timeout, interval: 5 }).toBeGreaterThanOrEqual(ANSWERS * part);
  const killing = async () => {
    await soon(0.3);
    await house.killApi();
    await soon(0.6);
    await house.killPostgres();
  };

  await Promise.all([killing(), ...Array.from({ length: CONNECTIONS }, look)]);

  const db = openDatabase({ url: house.databaseUrl() });
  const [{ looks } = { looks: 0 }] = await read<{ looks: number }>(
    db,
    sql`select count(*)::int as looks from audit where action = 'customer.read' and customer_id = ${id}::uuid`,
  );
  await db.close();
  // A look that was stored and not answered may be more, one for each connection and kill.
  expect(looks).toBeGreaterThanOrEqual(answered);
  expect(looks).toBeLessThanOrEqual(answered + CONNECTIONS * 2);
});
