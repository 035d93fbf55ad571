import { expect, test } from "vitest";
import type { Console } from "./browse.ts";

/** What whoever answers for privacy looks at. */
export function auditTests(house: Console): void {
  test("says who saw a customer, through which key and when, and leads on by each", async () => {
    const key = await house.keyOf({ role: "agent", agentId: "zoe" });
    const { customers } = await house.ask('{ customers(filter: { search: "Okafor" }) { nodes { id } } }');
    const [{ id }] = customers.nodes;
    await house.ask(`{ customer(id: "${id}") { displayName } }`, {}, key);
    const { audit } = await house.ask(
      `{ audit(filter: { customerId: "${id}", actor: "agent" }, first: 1) { nodes { actorId } } }`,
    );
    const [{ actorId }] = audit.nodes;
    const page = await house.open(`/customers/${id}`, { key: await house.keyOf({ role: "privacy" }) });

    await page.getByRole("link", { name: "Who saw them" }).click();
    const row = page.locator("tbody tr", { hasText: actorId }).first();
    const seen = (await row.innerText()).replaceAll(/\s+/g, " ");
    await row.getByRole("button", { name: actorId }).click();
    await page.getByLabel(/^What/).selectOption("customer.read");
    await page.getByLabel("To, with that day").fill("2020-01-01");
    await page.getByText("Nobody did").waitFor();
    await page.getByLabel("To, with that day").fill("");
    await page.locator("tbody tr").first().waitFor();

    expect(seen).toContain(`agent ${actorId} Looked at a customer ${id}`);
    const filter = { customer: id, by: actorId, action: "customer.read" };
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual(filter);
    const { audit: told } = await house.askAgain(page, "Audit");
    expect(await page.locator("tbody tr").count()).toBe(told.nodes.length);
    await page.close();
  });

  test("shows everybody's entries where a day of the address is none", async () => {
    const page = await house.look("/audit?from=yesterday&to=2999-13-01x");

    await page.locator("tbody tr").first().waitFor();
  });

  test("exports a customer by a link, and the page of it needs no key", async () => {
    const { customers } = await house.ask('{ customers(filter: { search: "Okafor" }) { nodes { id } } }');
    const page = await house.open(`/customers/${customers.nodes[0].id}`, {
      key: await house.keyOf({ role: "privacy" }),
    });
    await page.getByRole("button", { name: "Export …" }).click();
    await page.getByRole("button", { name: "Make links" }).click();

    const [opened] = await Promise.all([
      page.context().waitForEvent("page"),
      page.getByRole("link", { name: "Open the page" }).click(),
    ]);

    await opened.getByRole("heading", { name: "All that is held" }).waitFor();
    expect(await opened.locator("section").count()).toBeGreaterThan(15);
    await Promise.all([opened.close(), page.close()]);
  });
}
