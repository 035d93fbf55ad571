import { expect, test } from "vitest";
import { saveHold, saveRetentionRule } from "../../src/cli/retain.repository.ts";
import type { Console } from "./browse.ts";

const count = new Intl.NumberFormat("en-GB");

/** What keeps the house running: what came in, what did not, and who may ask. */
export function operationsTests(house: Console): void {
  test("shows each source's receipts as the API counts them", async () => {
    const page = await house.look("/operations");
    await page.getByRole("heading", { name: "Receipts by source" }).waitFor();

    const { intake } = await house.askAgain(page, "Intake");
    const rows = page.getByRole("region", { name: "Receipts by source" }).locator("tbody tr");
    const web = intake.sources.find(({ source }: { source: string }) => source === "web");
    const shown = await rows.filter({ has: page.getByRole("cell", { name: "web", exact: true }) }).innerText();
    expect(await rows.count()).toBe(intake.sources.length);
    for (const { count: receipts } of web.receipts) expect(shown).toContain(count.format(receipts));
  });

  test("leads from what waits to the rejections themselves, and replays them", async () => {
    const page = await house.look("/operations");
    await page.getByRole("link", { name: "Bad time" }).click();
    await page.getByText("1 rejected").waitFor();
    expect(new URL(page.url()).search).toBe("?source=telephony&reason=BAD_TIME");

    await page.getByRole("button", { name: "Replay these" }).click();

    await page.getByText("1 sent again: 0 accepted, 1 still rejected.").waitFor();
  });

  test("makes a key that opens the API, shows it once, and revokes it", async () => {
    const page = await house.look("/operations/keys");

    await page.getByRole("button", { name: "New key …" }).click();
    await page.getByRole("textbox", { name: "Name", exact: true }).fill("IVR Leeds");
    await page.getByRole("combobox", { name: "Role" }).selectOption("ivr");
    await page.getByRole("button", { name: "Make the key" }).click();
    const secret = await page.locator(".secret").innerText();
    await page.getByRole("button", { name: "I have kept it" }).click();
    const row = page.getByRole("row", { name: /IVR Leeds/ });
    await row.getByText("valid").waitFor();
    const opened = await house.ask("{ viewer { name role } }", {}, secret);
    await row.getByRole("button", { name: "Revoke IVR Leeds" }).click();
    await page.getByRole("button", { name: "Revoke the key" }).click();

    await row.getByText("revoked").waitFor();
    expect(opened.viewer).toEqual({ name: "IVR Leeds", role: "ivr" });
    expect(await page.content()).not.toContain(secret);
  });

  test("shows how long things are kept, what is held, and what went", async () => {
    const page = await house.look("/operations/retention");
    await page.getByText("Everything is kept for good").waitFor();
    await saveRetentionRule(house.db, { kind: "TOUCHPOINTS", source: "" }, 1);
    const { id } = await saveHold(house.db, { customerId: null, source: "telephony", reason: "a claim" });
    await house.db.orm.retentionRun.create({
      data: { id, startedAt: new Date(), endedAt: new Date(), gone: { TOUCHPOINTS: 12, REJECTIONS: 0 } },
    });

    await page.reload();
    const row = (name: RegExp) => page.getByRole("row", { name }).innerText();
    await page.getByRole("heading", { name: "Rules" }).waitFor();
    const { retention } = await house.askAgain(page, "Retention");

    expect(retention.rules[0].due).toBeGreaterThan(0);
    expect(await row(/^Touchpoints/)).toContain(count.format(retention.rules[0].due));
    expect(await row(/^source telephony/)).toContain("a claim");
    expect(await row(/12 touchpoints/)).not.toContain("rejections");
    await house.db.orm.retentionRule.deleteMany();
    await house.db.orm.legalHold.deleteMany();
    await house.db.orm.retentionRun.deleteMany();
  });
}
