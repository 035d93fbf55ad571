import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { ADMIN_KEY } from "../app/use-app.ts";
import type { Console } from "./browse.ts";

/** The page for queries of one's own. */
export function graphiqlTests(house: Console): void {
  test("opens GraphiQL with what the report asked, and the key of the console", async () => {
    const page = await house.look("/reports/histogram?buckets=3");
    await page.getByRole("button", { name: "The query" }).click();
    const command = await page.getByRole("region", { name: "For a shell" }).locator("pre").innerText();

    const [graphiql] = await Promise.all([
      page.context().waitForEvent("page"),
      page.getByRole("link", { name: "Open in GraphiQL" }).click(),
    ]);
    await runQuery(graphiql);

    await graphiql.locator(".result-window", { hasText: '"histogram"' }).waitFor({ timeout: 30_000 });
    const said = new URLSearchParams(new URL(graphiql.url()).hash.slice(1));
    expect(said.get("query")).toContain("histogram(input: $input)");
    expect(JSON.parse(said.get("variables")!).input).toMatchObject({ buckets: 3, metric: { kinds: ["CALL"] } });
    expect(await graphiql.locator(".graphiql-query-editor").innerText()).toContain("histogram(input: $input)");
    await graphiql.close();
    await page.getByRole("button", { name: "Close" }).click();
    const env = { ...process.env, C360_KEY: ADMIN_KEY };
    const { stdout } = await promisify(execFile)("sh", ["-c", command], { env });
    expect(JSON.parse(stdout)).toMatchObject({ data: { histogram: { buckets: expect.any(Array) } } });
  });

  test("GraphiQL opened by itself takes a key among the headers, for subscriptions too", async () => {
    const ask =
      "subscription Tick($input: KpiInput!) { kpiTick(everySeconds: 1, input: $input) { rows { contacts } } }";
    const variables = JSON.stringify({
      input: { period: { from: "2026-01-01T00:00:00Z", to: "2026-01-02T00:00:00Z" } },
    });
    const hosts = new Set<string>();
    const page = await house.open(`/graphiql#${new URLSearchParams({ query: ask, variables })}`, { key: null });
    page.on("request", (request) => hosts.add(new URL(request.url()).host));
    await page.reload();
    await page.getByRole("button", { name: "Headers" }).click();
    const headers = JSON.stringify({ authorization: `Bearer ${await house.keyOf({ role: "analyst" })}` });

    const editor = 'section[aria-label="Headers"] .graphiql-editor:not(.hidden) .CodeMirror';
    await page.locator(editor).waitFor();
    await page.evaluate(
      `document.querySelector(${JSON.stringify(editor)}).CodeMirror.setValue(${JSON.stringify(headers)})`,
    );
    await runQuery(page);

    await page.locator(".result-window", { hasText: '"contacts"' }).waitFor({ timeout: 30_000 });
    await page.getByRole("button", { name: /Stop/ }).click();
    expect(hosts).toEqual(new Set([new URL(house.url).host]));
    // It asked for the schema before it had the key.
    expect(house.complaints.filter((complaint) => !complaint.includes("401"))).toEqual([]);
    house.complaints.length = 0;
    await page.close();
  });
}

/** GraphiQL's button is there before its editors are, and does nothing until then. */
async function runQuery(page: Page): Promise<void> {
  for (const editor of [".graphiql-query-editor", ".result-window"])
    await page.locator(`${editor} .CodeMirror`).waitFor({ timeout: 30_000 });
  await page.getByRole("button", { name: /Execute query/ }).click();
}
