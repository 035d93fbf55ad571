import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { Answer, Console } from "./browse.ts";

/** What a supervisor puts right. */
export function customerTests(house: Console): void {
  test("merges two customers after a preview, and takes it back", async () => {
    const page = await house.look("/customers?search=Nadia+Rahman");
    await page.getByRole("link", { name: "Nadia Rahman" }).click();
    const george = identityOf(page, "george.whitfield@mail.example");

    await page.getByRole("button", { name: "Merge …" }).click();
    await page.getByLabel("Name or identity of the other customer").fill("George Whitfield");
    await page.keyboard.press("Enter");
    await page.getByRole("radio", { name: /George Whitfield/ }).check();
    await page.getByText("1 customer afterwards").waitFor();
    await page.getByLabel("Why").fill("Married; both said so.");
    await page.getByRole("button", { name: "Merge them" }).click();
    await george.getByText("Married; both said so.").waitFor();
    await page.getByRole("button", { name: "Withdraw" }).click();
    await page.getByLabel("Why").fill("It was somebody else of that name.");
    await page.getByRole("button", { name: "Withdraw it" }).click();

    await page.getByText(/^withdrawn/).waitFor();
    await george.waitFor({ state: "detached" });
  });

  test("says with what an identity was seen, as the API does", async () => {
    const page = await house.look("/customers?search=Amara+Okafor");
    await page.getByRole("link", { name: "Amara Okafor" }).click();
    const phone = identityOf(page, "+442079460012");
    await phone.getByText("Seen with custid 1001").waitFor();

    const { customer } = await house.askAgain(page, "Evidence");
    const { records, sources } = customer.identities.find((one: Answer) => one.value === "+442079460012").seenWith[0];
    const said = await phone.getByText("Seen with custid 1001").innerText();
    expect(said).toContain(records === 1 ? "on one record" : `on ${records} records`);
    expect(sources.filter((source: string) => !said.includes(source))).toEqual([]);
  });

  test("splits what evidence joined after a preview", async () => {
    const page = await house.look("/customers?search=Salonen+Marine");
    await page.getByRole("link", { name: "Salonen Marine" }).click();

    await page.getByRole("button", { name: "Split …" }).click();
    await page.getByRole("checkbox", { name: /office@salonen-marine/ }).check();
    await page.getByText("2 customers afterwards").waitFor();
    await page.getByLabel("Why").fill("The address is the harbour's.");
    await page.getByRole("button", { name: "Split them" }).click();

    await page.getByText("kept apart").waitFor();
  });

  test("leads from what the rules keep apart to the customers concerned", async () => {
    const page = await house.look("/customers/conflicts?kind=CONTESTED");

    await page.locator("tbody .link").first().click();

    await page.getByText(/^[\d,]+ customers?$/).waitFor();
  });
}

/** The row of one identity, not those that were seen with it. */
function identityOf(page: Page, value: string) {
  return page.locator(".joined > li", { has: page.locator(".identity-name", { hasText: value }) });
}
