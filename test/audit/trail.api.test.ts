import { beforeEach, expect, test } from "vitest";
import { useApp } from "../app/use-app.ts";

const house = useApp({ settings: { C360_SECRET: "a secret of more than 32 characters, for receipts" } });

const ids = { ann: "", bob: "" };

beforeEach(async () => {
  for (const name of ["ann", "bob"] as const) {
    const identities = [{ namespace: "custid", value: name }];
    const body = { source: "crm", sourceId: name, observedAt: "2026-11-20T08:00:00Z", identities, displayName: name };
    const reply = (await (await house.post("/v1/customers", body)).json()) as { receipts: { customerId: string }[] };
    ids[name] = reply.receipts[0]!.customerId;
  }
});

async function trail(filter: string, role: "privacy" | "supervisor" = "privacy") {
  const query = `{ audit(filter: ${filter}) { nodes { actor action customerId verdictId receiptId at } totalCount pageInfo { endCursor } } }`;
  return house.ask(query, {}, (await house.keys())[role]);
}

/** Looks are stored within a second. */
async function untilStored(filter: string, count: number) {
  for (let tries = 0; tries < 40; tries += 1) {
    const { data } = await trail(filter);
    if (data.audit.totalCount >= count) return data.audit;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("The audit was not stored.");
}

test("says who looked at a customer, merged them and forgot them, under every id that they had", async () => {
  await house.ask(`{ customer(id: "${ids.bob}") { displayName } }`, {}, (await house.keys()).supervisor);
  const merge = `mutation { mergeCustomers(customerIds: ["${ids.ann}", "${ids.bob}"], reason: "one person") { verdict { id } } }`;
  const merged = await house.ask(merge);
  const before = await untilStored(`{ customerId: "${ids.ann}" }`, 2);

  const forgotten = await house.ask(
    `mutation { forgetCustomer(customerId: "${ids.ann}", reason: "asked to") { receiptId } }`,
  );

  expect(before.nodes.map(({ actor, action }: { actor: string; action: string }) => `${actor} ${action}`)).toEqual(
    expect.arrayContaining(["supervisor customer.read", "admin customer.merged"]),
  );
  const after = await untilStored(`{ actions: ["customer.forgotten", "customer.merged"], actor: "admin" }`, 2);
  expect(after.nodes).toMatchObject([
    { action: "customer.forgotten", receiptId: forgotten.data.forgetCustomer.receiptId },
    { action: "customer.merged", verdictId: merged.data.mergeCustomers.verdict.id },
  ]);
});

test("keeps to the period, and refuses whoever may not read it", async () => {
  await house.ask(`{ customer(id: "${ids.ann}") { displayName } }`);
  await untilStored("{}", 1);

  const past = await trail('{ period: { from: "2020-01-01T00:00:00Z", to: "2020-01-02T00:00:00Z" } }');
  const refused = await trail("{}", "supervisor");

  expect(past.data.audit).toMatchObject({ nodes: [], totalCount: 0 });
  expect(refused.errors![0]!.extensions.code).toBe("FORBIDDEN");
});
