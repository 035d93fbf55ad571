import type { Page } from "playwright-core";
import { describe, expect, inject, test } from "vitest";
import { barriersOn, useConsole } from "./browse.ts";

const house = useConsole();
const AMARA = "+442079460012";
const count = new Intl.NumberFormat("en-GB");

/** Without a browser there is nothing to see; the run says why. */
describe.skipIf(!inject("chromium"))("the console", () => {
  test("lets nobody in whose key the server does not know", async () => {
    const page = await house.open("/desk", { key: null });

    await page.getByLabel("API key").fill("c360_of_a_stranger");
    await page.getByRole("button", { name: "Open the console" }).click();

    await page.getByText("The server does not know this key").waitFor();
    expect(await page.getByRole("navigation").count()).toBe(0);
    house.complaints.length = 0;
    await page.context().close();
  });

  test("opens whoever a number means, with a timeline whose visits unfold", async () => {
    const page = await house.open("/desk");
    await page.getByText("Nobody is on the line").waitFor();
    expect(page.url(), "the key stays in no history").toBe(`${house.url}/desk`);

    await page.keyboard.press("/");
    await page.keyboard.type(AMARA);
    await page.keyboard.press("Enter");

    await page.getByRole("heading", { name: "Amara Okafor" }).waitFor();
    expect(await page.getByText("Repeat caller").count()).toBe(1);
    await page.locator(".entry[data-channel=WEB] button").first().click();
    await page.locator(".steps li").first().waitFor();
    expect(await page.locator(".steps li").count()).toBeGreaterThan(3);
    await page
      .getByRole("radio", { name: "Call" })
      .or(page.getByRole("button", { name: "Call", exact: true }))
      .click();
    await page.locator(".entry[data-channel=WEB]").first().waitFor({ state: "detached" });
    expect(page.url()).toContain("channels=VOICE");
    await page.context().close();
  });

  test("rings the desk, is taken, logged and gone", async () => {
    const [desk, simulator] = [await house.open("/desk"), await house.open("/simulator")];
    await listenAs(desk, "maya");

    await ring(simulator, "maya");
    await desk.getByRole("heading", { name: "Amara Okafor" }).waitFor();
    await desk.getByRole("button", { name: "Take Amara Okafor" }).click();
    await desk.keyboard.press("l");
    await desk.getByLabel("Notes").fill("Credit note sent to the new address.");
    await desk.getByRole("button", { name: "Log the call" }).click();

    await desk.getByText("The call of Amara Okafor is over.").waitFor();
    await desk.locator(".entry-notes", { hasText: "Credit note sent to the new address." }).waitFor();
    await Promise.all([desk.context().close(), simulator.context().close()]);
  });

  test("withdraws a call that is transferred, and shows it where it went", async () => {
    const [maya, tom, simulator] = [
      await house.open("/desk"),
      await house.open("/desk"),
      await house.open("/simulator"),
    ];
    await listenAs(maya, "maya");
    await listenAs(tom, "tom");

    await ring(simulator, "maya");
    await maya.getByRole("region", { name: "Incoming call" }).waitFor();
    await simulator.getByLabel("Transfer to agent").fill("tom");
    await simulator.getByRole("button", { name: "Transfer" }).click();

    await maya.getByText("was transferred to somebody else").waitFor();
    await tom.getByRole("heading", { name: "Amara Okafor" }).waitFor();
    expect(await maya.getByRole("region", { name: "Incoming call" }).count()).toBe(0);
    await simulator.getByRole("button", { name: "End" }).click();
    await tom.getByText("is over").waitFor();
    await Promise.all([maya, tom, simulator].map((page) => page.context().close()));
  });

  // biome-ignore lint/suspicious/noExplicitAny: each report has a shape of its own
  const REPORTS: [string, (data: any) => string[]][] = [
    ["attribution", ({ attribution }) => [`${count.format(attribution.conversions)} conversions`]],
    [
      "overlap?sets=calls,web,menu",
      ({ overlap }) => overlap.regions.map((region: Counted) => count.format(region.count)),
    ],
    ["histogram", ({ histogram }) => histogram.buckets.map((bucket: Counted) => count.format(bucket.customers))],
    ["flow", ({ flow }) => flow.links.map((link: Counted) => count.format(link.count))],
    ["fallout", ({ fallout }) => fallout.steps.map((step: Counted) => count.format(step.count))],
    ["propensity", ({ callPropensity }) => callPropensity.rows.map((row: Counted) => count.format(row.exposures))],
    ["channels", ({ channelPerformance }) => channelPerformance.rows.map((row: Counted) => count.format(row.calls))],
    ["matches", ({ matchQuality }) => [count.format(matchQuality.calls), count.format(matchQuality.sharedIdentities)]],
  ];
  test.each(REPORTS)("shows the numbers of the API in the report %s", async (path, expected) => {
    const page = await house.open(`/reports/${path}`);
    await page.locator("table").first().waitFor();

    const numbers = expected(await house.askAgain(page));
    const shown = await page.locator("main").innerText();
    expect(numbers.length).toBeGreaterThan(0);
    for (const number of numbers) expect(shown).toContain(number);
    await page.context().close();
  });

  test("keeps the filters of a report in the address, and shares them with the next", async () => {
    const page = await house.open("/reports/histogram");
    await page.locator("table").first().waitFor();

    await page.getByLabel("Period").selectOption("30");
    await page.getByLabel("Segments").fill("premium");
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "Fallout" }).click();
    await page.getByRole("heading", { name: "Fallout", exact: true }).waitFor();

    expect(new URL(page.url()).search).toBe("?last=30&segments=premium");
    await page.reload();
    expect(await page.getByLabel("Segments").inputValue()).toBe("premium");
    await page.context().close();
  });

  test("merges two customers after a preview, and takes it back", async () => {
    const page = await house.open("/customers?search=Nadia+Rahman");
    await page.getByRole("link", { name: "Nadia Rahman" }).click();
    const george = page.locator(".identities", { hasText: "george.whitfield@mail.example" });

    await page.getByRole("button", { name: "Merge …" }).click();
    await page.getByLabel("Name or identity of the other customer").fill("George Whitfield");
    await page.keyboard.press("Enter");
    await page.getByRole("radio", { name: /George Whitfield/ }).check();
    await page.getByText("1 customer afterwards").waitFor();
    await page.getByLabel("Why").fill("Married; both said so.");
    await page.getByRole("button", { name: "Merge them" }).click();
    await george.waitFor();
    await page.getByRole("button", { name: "Withdraw" }).click();
    await page.getByLabel("Why").fill("It was somebody else of that name.");
    await page.getByRole("button", { name: "Withdraw it" }).click();

    await page.getByText(/^withdrawn/).waitFor();
    await george.waitFor({ state: "detached" });
    await page.context().close();
  });

  test("splits what evidence joined after a preview", async () => {
    const page = await house.open("/customers?search=Salonen+Marine");
    await page.getByRole("link", { name: "Salonen Marine" }).click();

    await page.getByRole("button", { name: "Split …" }).click();
    await page.getByRole("checkbox", { name: /office@salonen-marine/ }).check();
    await page.getByText("2 customers afterwards").waitFor();
    await page.getByLabel("Why").fill("The address is the harbour's.");
    await page.getByRole("button", { name: "Split them" }).click();

    await page.getByText("kept apart").waitFor();
    await page.context().close();
  });

  test("shows an analyst what the role may see, and an agent that reports are closed", async () => {
    const analyst = await house.open("/customers", { key: await house.keyOf("analyst") });
    const agent = await house.open("/reports/histogram", { key: await house.keyOf("agent") });

    await analyst
      .getByText(/Hidden for your role: display name/)
      .first()
      .waitFor();
    await agent.getByText("Your key does not open this page").waitFor();

    await Promise.all([analyst.context().close(), agent.context().close()]);
  });

  const PAGES = [
    "desk",
    `desk?find=${encodeURIComponent(AMARA)}`,
    "customers",
    "reports/overlap",
    "wallboard",
    "operations",
    "simulator",
  ];
  test("has no barrier that axe calls serious, in the light and in the dark", async () => {
    const page = await house.open("/desk");
    const barriers: Record<string, string[]> = {};

    for (const path of PAGES) {
      await page.goto(`${house.url}/${path}`);
      await page.locator(".figures, .tiles, .venn, .idle, .simulator, tbody tr").first().waitFor();
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        const found = await barriersOn(page);
        if (found.length > 0) barriers[`${path} ${colorScheme}`] = found;
      }
    }

    expect(barriers).toEqual({});
    await page.context().close();
  });

  test("opens GraphiQL with what the report asked, and the key of the console", async () => {
    const page = await house.open("/reports/histogram");

    const [graphiql] = await Promise.all([
      page.context().waitForEvent("page"),
      page.getByRole("link", { name: "The query" }).click(),
    ]);
    await graphiql.getByRole("button", { name: /Execute query/ }).click({ timeout: 30_000 });

    await graphiql.locator(".result-window", { hasText: '"histogram"' }).waitFor({ timeout: 30_000 });
    await page.context().close();
  });

  test("fits the desk on a phone", async () => {
    const page = await house.open(`/desk?find=${encodeURIComponent(AMARA)}`, { viewport: { width: 390, height: 844 } });

    await page.getByRole("heading", { name: "Amara Okafor" }).waitFor();
    await page.locator(".entry").first().waitFor();

    const width = await page.evaluate("document.documentElement.scrollWidth");
    expect(width).toBeLessThanOrEqual(390);
    await page.context().close();
  });

  test("breaks no policy and throws nothing on the way", () => {
    expect(house.complaints).toEqual([]);
  });
});

interface Counted {
  count: number;
  customers: number;
  exposures: number;
  calls: number;
}

async function listenAs(page: Page, agentId: string): Promise<void> {
  await page.getByPlaceholder("your id, to get calls").fill(agentId);
  await page.keyboard.press("Enter");
  await page.getByTitle("listening for calls").waitFor();
}

async function ring(simulator: Page, agentId: string): Promise<void> {
  await simulator.getByLabel("Rings at agent").fill(agentId);
  await simulator.getByRole("button", { name: "Ring" }).click();
}
