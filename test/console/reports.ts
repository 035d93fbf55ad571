import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { type Answer, barriersOn, type Console } from "./browse.ts";

const count = new Intl.NumberFormat("en-GB");
const percent = new Intl.NumberFormat("en-GB", { style: "percent", maximumFractionDigits: 1 });

interface Counted {
  count: number;
  customers: number;
  exposures: number;
  calls: number;
  contacts: number;
}

const numberIn = ({ value }: { value: number }) => value;

/** Each report: its address, the name of its query, and the numbers of the answer that must be on the page. */
const REPORTS: [string, string, (data: Answer) => number[]][] = [
  ["attribution", "Attribution", ({ attribution }) => [attribution.conversions]],
  ["overlap?sets=calls,web,menu", "Overlap", ({ overlap }) => overlap.regions.map((region: Counted) => region.count)],
  ["histogram", "Histogram", ({ histogram }) => histogram.buckets.map((bucket: Counted) => bucket.customers)],
  ["flow?into-attribute=outcome", "Flow", ({ flow }) => flow.links.map((link: Counted) => link.count)],
  ["cohorts?each=MONTH", "Cohorts", ({ cohorts }) => cohorts.rows.map((row: Counted) => row.customers)],
  ["fallout", "Fallout", ({ fallout }) => fallout.steps.map((step: Counted) => step.count)],
  ["propensity", "CallPropensity", ({ callPropensity }) => callPropensity.rows.map((row: Counted) => row.exposures)],
  [
    "explore?rows=CHANNEL&show=COUNT,CUSTOMERS",
    "Explore",
    ({ aggregate }) => [...aggregate.rows, aggregate.total].flatMap(({ figures }) => figures.map(numberIn)),
  ],
  [
    "kpis?by-carried=page",
    "KeyFigures",
    ({ contactCentreKpis }) => contactCentreKpis.rows.map((row: Counted) => row.contacts),
  ],
  [
    "channels",
    "ChannelPerformance",
    ({ channelPerformance }) => channelPerformance.rows.map((row: Counted) => row.calls),
  ],
  ["matches", "MatchQuality", ({ matchQuality }) => [matchQuality.calls, matchQuality.sharedIdentities]],
];

/** What an analyst and a supervisor look at. */
export function reportTests(house: Console): void {
  test.each(REPORTS)("shows the numbers of the API in the report %s", async (path, operation, expected) => {
    const page = await house.look(`/reports/${path}`);
    const asked = page.getByRole("button", { name: "The query" });
    await page
      .locator(`.report [data-query="${operation}"] >> xpath=ancestor::*[contains(@class, "report")] >> table`)
      .first()
      .waitFor();

    const numbers = expected(await house.askAgain(page, operation)).map((number) => count.format(number));
    const shown = await page.locator("main").innerText();
    expect(numbers.length).toBeGreaterThan(0);
    expect(await asked.count()).toBe(1);
    expect(numbers.filter((number) => !shown.includes(number))).toEqual([]);
  });

  test("says how far the server is while it reads what a report is about, and shows the report once it has", async () => {
    const shown = await house.whileReading(async () => {
      const [report, operations] = await Promise.all([house.open("/reports/flow?last=7"), house.open("/operations")]);
      const reading = /is being read: \d.*\d of about [\d,]+ rows/s;
      await Promise.all(
        [report, operations].map((page) => page.getByRole("status").filter({ hasText: reading }).waitFor()),
      );
      return { report, operations };
    });

    await shown.report.locator("table").first().waitFor();
    await shown.operations.getByText("is being read").waitFor({ state: "detached" });
    await Promise.all([shown.report.close(), shown.operations.close()]);
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
    await page.close();
  });

  test("builds a question that reads like a sentence, which the address keeps and Back takes out", async () => {
    const page = await house.open("/reports/kpis");
    await page.getByRole("link", { name: /by the last page before the call/ }).click();
    await page.getByRole("cell", { name: "/billing/invoice" }).first().waitFor();
    const all = await rowsShown(page);

    await page.getByRole("button", { name: /^Who did anything/ }).click();
    await page.getByLabel("Step 1", { exact: true }).selectOption("pages");
    await page.getByLabel("Step 1: ask more of it").selectOption("sections");
    await page.getByLabel("Step 1, in section").fill("billing");
    await page.getByRole("button", { name: "Then …" }).click();
    await page.getByLabel("Step 2: within", { exact: true }).fill("60");
    await page.getByText(/customers in this period/).waitFor();
    const barriers = await barriersOn(page, "light");
    await page.getByRole("button", { name: "Apply" }).click();

    await page.getByText("saw a page in section billing, then within 1 h called").waitFor();
    expect(barriers).toEqual([]);
    expect(new URL(page.url()).searchParams.get("did")).toBe("pages.sections.billing>calls~within:60");
    await expect.poll(() => rowsShown(page)).toBeLessThan(all);
    const { contactCentreKpis } = await house.askAgain(page, "KeyFigures");
    expect(await rowsShown(page)).toBe(contactCentreKpis.rows.length);
    await page.goBack();
    await page.getByRole("button", { name: /^Who did anything/ }).waitFor();
    expect(new URL(page.url()).search).toBe("?by-carried=page");
    await page.close();
  });

  test("opens whoever is behind a figure, from the table and from the chart", async () => {
    const page = await house.look("/reports/fallout");
    const dialog = page.getByRole("dialog");
    const figures = page.locator(".report tbody .figure");
    await figures.first().waitFor();
    const { fallout } = await house.askAgain(page, "Fallout");

    await figures.nth(1).click();
    await dialog.getByText(`${count.format(fallout.steps[1].count)} customers`).waitFor();
    const shown = await dialog.locator("tbody tr").count();
    await page.keyboard.press("Escape");
    await page.getByRole("img", { name: "Funnel of the steps" }).click({ position: { x: 300, y: 80 } });
    await dialog.getByText(`${count.format(fallout.steps[0].count)} customers`).waitFor();

    expect(shown).toBe(20);
    expect(JSON.parse(new URL(page.url()).searchParams.get("cell")!)).toEqual({ step: 1, figure: "COUNT" });
    await page.keyboard.press("Escape");
  });

  test("hands the table behind a chart over as CSV", async () => {
    const page = await house.look("/reports/histogram");
    await page.getByRole("columnheader", { name: "Number of calls" }).waitFor();

    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "CSV" }).click(),
    ]);

    const text = await readFile(await download.path(), "utf8");
    const { histogram } = await house.askAgain(page, "Histogram");
    const lines = histogram.buckets.map(
      ({ label, customers }: { label: string; customers: number }) =>
        `${label},${customers},${customers / histogram.customers}`,
    );
    expect(download.suggestedFilename()).toBe("histogram.csv");
    expect(text).toBe(["\ufeffNumber of calls,Customers,Share", ...lines, ""].join("\r\n"));
  });

  test("opens the wallboard on today by the hour, with longer periods a press away", async () => {
    const page = await house.look("/wallboard");
    const periods = page.getByRole("radiogroup", { name: "Period" });
    await periods.getByRole("radio", { name: "Today", checked: true }).waitFor();
    expect(await page.getByRole("combobox", { name: "Trend by" }).inputValue()).toBe("HOUR");

    await periods.getByRole("radio", { name: "7 days" }).click();
    await page.getByRole("heading", { name: "By day" }).waitFor();

    const { trend } = await house.askAgain(page, "Kpis");
    expect(trend.rows).toHaveLength(7);
    expect(new URL(page.url()).search).toBe("?last=7");
  });

  test("shows the figures of the API on the wallboard, by the method that was chosen", async () => {
    const page = await house.look("/wallboard?last=60");
    const tile = (label: string | RegExp) => page.locator(".tile", { has: page.getByRole("button", { name: label }) });
    await tile("Contacts").waitFor();

    const { whole } = await house.askAgain(page, "Kpis");
    const [kpi] = whole.rows;
    const level = (method: string) => kpi.serviceLevels.find((one: { method: string }) => one.method === method);
    const shown = async (label: string | RegExp) => tile(label).locator("strong").innerText();
    const before = await shown(/^Service level/);
    await page.getByRole("combobox", { name: "Service level" }).selectOption("ANSWERED_ONLY");

    expect([await shown("Contacts"), await shown("Handled")]).toEqual([kpi.contacts, kpi.handled].map(count.format));
    expect(before).toBe(percent.format(level("ALL_IN").value));
    expect(await shown(/^Service level/)).toBe(percent.format(level("ANSWERED_ONLY").value));
    expect(page.url()).toContain("level=ANSWERED_ONLY");
    await tile(/^Service level/)
      .locator(".tile-label")
      .hover();
    await page
      .getByRole("tooltip", { name: level("ANSWERED_ONLY").definition })
      .or(page.getByText(level("ANSWERED_ONLY").definition))
      .first()
      .waitFor();
  });
}

const rowsShown = (page: Page) => page.locator(".report tbody tr").count();
