import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { barriersOn, type Console } from "./browse.ts";

/** Every view, and what tells that it is there. */
const VIEWS: [string, string][] = [
  ["/desk", ".idle"],
  ["/desk?find=%2B442079460012", ".entry"],
  ["/desk?find=an", ".candidates"],
  ["/desk?find=nobody-at-all", ".state .button, .centre .button"],
  ["/customers", "tbody tr"],
  ["/customers/conflicts", "tbody tr"],
  ["/reports/attribution", ".apart"],
  ["/reports/propensity", ".report tbody tr"],
  ["/reports/overlap", ".venn"],
  ["/reports/overlap?sets=calls,web,menu,chats", ".upset"],
  ["/reports/flow", ".report tbody tr"],
  ["/reports/fallout", ".report tbody tr"],
  ["/reports/histogram", ".report tbody tr"],
  ["/reports/kpis?by-carried=page", ".report tbody tr"],
  ["/reports/explore?rows=CHANNEL&columns=%40MONTH", ".report tbody tr"],
  ["/reports/channels", ".report tbody tr"],
  ["/reports/matches", ".report .figures"],
  ["/wallboard", ".tiles"],
  ["/operations", "tbody tr"],
  ["/operations/rejections", "tbody tr"],
  ["/operations/keys", ".panel"],
  ["/operations/retention", ".stack > *"],
  ["/audit", "tbody tr"],
  ["/simulator", ".simulator"],
];

/** Who gets in, to what, and with which hands and eyes. */
export function accessTests(house: Console): void {
  test("lets nobody in whose key the server does not know", async () => {
    const page = await house.open("/desk", { key: null });

    await page.getByLabel("API key").fill("c360_of_a_stranger");
    await page.getByRole("button", { name: "Open the console" }).click();

    await page.getByText("The server does not know this key").waitFor();
    expect(await page.getByRole("navigation").count()).toBe(0);
    house.complaints.length = 0;
    await page.close();
  });

  test("asks before the key of a link replaces the one that is signed in, and keeps neither in the address", async () => {
    const [zoe, eve] = [await house.keyOf({ role: "agent", agentId: "zoe" }), await house.keyOf({ role: "admin" })];
    const page = await house.open("/desk", { key: zoe });
    const follow = () => page.evaluate(`location.hash = "key=${eve}"; location.reload()`);

    await follow();
    await page.getByText("You are signed in as agent, agent").waitFor();
    const address = page.url();
    await page.getByRole("button", { name: "Stay signed in" }).click();
    await page.getByText("Nobody is on the line").waitFor();
    const stayed = await pagesOf(page);
    await follow();
    await page.getByRole("button", { name: "Use the link's key" }).click();
    await page.getByRole("link", { name: "Operations" }).waitFor();

    expect(address).toBe(`${house.url}/desk`);
    expect(stayed).toEqual(["Desk", "Customers"]);
    await page.close();
  });

  test("keeps whom was looked for out of the address, and finds it by Back, Forward and a reload", async () => {
    const page = await house.open("/desk?find=old%40bookmark.example");
    const asked = page.getByPlaceholder("Telephone number, e-mail, customer number or name");
    const found = (text: string) => expect.poll(() => asked.inputValue()).toBe(text);
    await found("old@bookmark.example");
    for (const text of ["+442079460012", "Okafor"]) {
      await asked.fill(text);
      await asked.press("Enter");
      await found(text);
    }
    const addresses = [page.url()];
    const note = () => addresses.push(page.url());

    await page.goBack();
    await found("+442079460012");
    note();
    await page.reload();
    await found("+442079460012");
    note();
    await page.goForward();
    await found("Okafor");
    note();
    await page.goto(`${house.url}/customers`);
    await page.getByLabel("Name or identity").fill("Okafor");
    await page.getByLabel("Name or identity").press("Enter");
    await page.getByText("1 customer").waitFor();
    await page.getByLabel("Who").selectOption("all");
    await expect.poll(() => page.url()).toBe(`${house.url}/customers?who=all`);

    expect(await page.getByLabel("Name or identity").inputValue()).toBe("Okafor");
    expect(new Set(addresses)).toEqual(new Set([`${house.url}/desk`]));
    await page.close();
  });

  test("offers each role its own pages, and closes the others", async () => {
    const [analyst, agent] = await Promise.all([
      house.open("/customers", { key: await house.keyOf({ role: "analyst" }) }),
      house.open("/reports/histogram", { key: await house.keyOf({ role: "agent", agentId: "zoe" }) }),
    ]);

    await analyst
      .getByText(/Hidden for your role: display name/)
      .first()
      .waitFor();
    await agent.getByText("Your key does not open this page").waitFor();

    expect(await pagesOf(analyst)).toEqual(["Desk", "Customers", "Reports", "Wallboard", "Operations"]);
    expect(await pagesOf(agent)).toEqual(["Desk", "Customers"]);
    await agent.getByRole("link", { name: "Customers" }).click();
    await agent.getByText("Whom are you looking for?").waitFor();
    await agent.getByLabel("Name or identity").fill("Okafor");
    await agent.getByLabel("Name or identity").press("Enter");
    await agent.locator("tbody a").first().click();
    await agent.getByRole("heading", { name: "Timeline" }).waitFor();
    expect(await agent.getByRole("button", { name: "Merge …" }).count()).toBe(0);
    await agent.getByRole("link", { name: "On the desk" }).click();
    expect(await agent.getByLabel(/^Agent/).inputValue()).toBe("zoe");
    await Promise.all([analyst.close(), agent.close()]);
  });

  test("says that the server is away, and goes on when it is back", async () => {
    const page = await house.open("/desk");
    await page.getByText("Nobody is on the line").waitFor();
    await page.route("**/graphql", (route) => route.abort());
    await page.getByRole("link", { name: "Customers" }).click();
    await page.getByText("The server cannot be reached").waitFor();

    await page.unroute("**/graphql");
    await page.getByRole("button", { name: "Try again" }).click();

    await page.locator("tbody tr").first().waitFor();
    house.complaints.length = 0;
    await page.close();
  });

  test("is led by the keyboard alone", async () => {
    const page = await house.open("/desk");
    await page.getByText("Nobody is on the line").waitFor();

    await page.keyboard.press("Tab");
    const first = await page.locator(":focus").innerText();
    await page.keyboard.press("?");
    const list = await page.getByRole("dialog", { name: "Shortcuts" }).innerText();
    await page.keyboard.press("Escape");
    await page.keyboard.press("g");
    await page.keyboard.press("o");

    await page.getByRole("heading", { name: "What came in" }).waitFor();
    expect(first).toBe("To the page");
    expect(list).toContain("Look somebody up");
    await page.close();
  });

  test("has no barrier that axe calls serious, on any page, in the light and in the dark", async () => {
    const barriers: Record<string, string[]> = {};

    for (const [path, sign] of VIEWS) {
      const page = await house.look(path);
      await page.locator(sign).first().waitFor();
      for (const colorScheme of ["light", "dark"] as const) {
        const found = await barriersOn(page, colorScheme);
        if (found.length > 0) barriers[`${path} ${colorScheme}`] = found;
      }
    }

    expect(barriers).toEqual({});
  });
}

const pagesOf = (page: Page) => page.getByRole("navigation", { name: "Pages" }).getByRole("link").allInnerTexts();
