import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { Console } from "./browse.ts";

const AMARA = "+442079460012";

/** What an agent does: somebody rings, is known, is talked to, is noted. */
export function deskTests(house: Console): void {
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
    await page.locator(".steps li").nth(3).waitFor();
    await page
      .getByRole("radio", { name: "Call" })
      .or(page.getByRole("button", { name: "Call", exact: true }))
      .click();
    await page.locator(".entry[data-channel=WEB]").first().waitFor({ state: "detached" });
    expect(page.url()).toContain("channels=VOICE");
    await page.close();
  });

  test("offers everybody who may be calling from a shared number, the likeliest first", async () => {
    const page = await house.look("/desk?find=%2B442079460200");

    await page.getByText("2 may be calling from").waitFor();
    const offered = await page.locator(".candidates .tag").allInnerTexts();
    const [likeliest] = await page.locator(".candidates strong").allInnerTexts();
    await page.locator(".candidates a").first().click();

    await page.getByRole("heading", { name: likeliest! }).waitFor();
    expect(offered.map(Number.parseFloat)).toEqual(offered.map(Number.parseFloat).toSorted((a, b) => b - a));
  });

  test("rings the desk, is taken, logged and gone", async () => {
    const [desk, simulator] = await Promise.all([house.open("/desk"), house.open("/simulator")]);
    await listenAs(desk, "maya");

    await ring(simulator, "maya");
    await desk.getByRole("heading", { name: "Amara Okafor" }).waitFor();
    await desk.getByRole("button", { name: "Take Amara Okafor" }).waitFor();
    await desk.keyboard.press("a");
    await desk.getByText("On the line").waitFor();
    await desk.keyboard.press("l");
    await desk.getByLabel("Notes").fill("Credit note sent to the new address.");
    await desk.getByRole("button", { name: "Log the call" }).click();

    await desk.getByText("The call of Amara Okafor is over.").waitFor();
    await desk.locator(".entry-notes", { hasText: "Credit note sent to the new address." }).waitFor();
    await Promise.all([desk.close(), simulator.close()]);
  });

  test("withdraws a call that is transferred, and shows it where it went", async () => {
    const [maya, tom, simulator] = await Promise.all(["/desk", "/desk", "/simulator"].map((path) => house.open(path)));
    await Promise.all([listenAs(maya!, "maya"), listenAs(tom!, "tom")]);

    await ring(simulator!, "maya");
    await maya!.getByRole("region", { name: "Incoming call" }).waitFor();
    await simulator!.getByLabel("Transfer to agent").fill("tom");
    await simulator!.getByRole("button", { name: "Transfer" }).click();

    await maya!.getByText("was transferred to somebody else").waitFor();
    await tom!.getByRole("heading", { name: "Amara Okafor" }).waitFor();
    expect(await maya!.getByRole("region", { name: "Incoming call" }).count()).toBe(0);
    await simulator!.getByRole("button", { name: "End" }).click();
    await tom!.getByText("is over").waitFor();
    await Promise.all([maya!, tom!, simulator!].map((page) => page.close()));
  });

  test("shows a call that rang while the connection was lost, once", async () => {
    const page = await house.open("/desk", { key: null });
    const sockets: { close(options: { code: number }): Promise<void> }[] = [];
    await page.routeWebSocket("**/graphql", (socket) => {
      socket.connectToServer();
      sockets.push(socket);
    });
    await page.goto(`${house.url}/desk#key=${await house.keyOf({ role: "agent", agentId: "zoe" })}`);
    await page.reload();
    await page.getByTitle("listening for calls").waitFor();
    await expect.poll(() => sockets.length).toBe(1);

    await announce(house, { agentId: "zoe", sourceId: "before" });
    await page.getByRole("region", { name: "Incoming call" }).waitFor();
    await sockets[0]!.close({ code: 3001 });
    await announce(house, { agentId: "zoe", sourceId: "meanwhile" });

    await expect.poll(() => page.getByRole("region", { name: "Incoming call" }).count()).toBe(2);
    expect(sockets).toHaveLength(2);
    await page.close();
  });

  test("shows what a customer does while one looks at it", async () => {
    const page = await house.open(`/desk?find=${encodeURIComponent(AMARA)}`);
    await page.locator(".recent li").first().waitFor();

    await house.ask(
      `mutation ($at: DateTime!) { recordTouchpoints(inputs: [{ source: "web", sourceId: "live-1", occurredAt: $at,
        kind: SEARCH, channel: WEB, name: "cancel my contract", identities: [{ namespace: "custid", value: "1001" }] }])
        { userErrors { message } } }`,
      { at: new Date().toISOString() },
    );

    await page.locator(".recent li", { hasText: "cancel my contract" }).waitFor();
    await page.close();
  });

  test("makes a new caller known by logging their call", async () => {
    const page = await house.open("/desk?find=%2B447700900555");
    await page.getByText("Nobody answers to").waitFor();

    await page.getByRole("button", { name: "Log this call" }).click();
    await page.getByLabel("Reason").fill("new contract");
    await page.getByRole("button", { name: "Log the call" }).click();

    await page.getByRole("heading", { name: "phone +447700900555" }).waitFor();
    await page.locator(".entry-title", { hasText: "new contract" }).waitFor();
    await page.close();
  });

  test("fetches more of a long timeline as one scrolls", async () => {
    const inputs = Array.from({ length: 25 }, (_, hour) => ({
      source: "test",
      sourceId: `long-${hour}`,
      channelType: "VOICE",
      sessionStartTime: new Date(Date.now() - hour * 3_600_000).toISOString(),
      identities: [{ namespace: "custid", value: "long" }],
    }));
    await house.ask(
      "mutation ($inputs: [LogInteractionInput!]!) { logInteractions(inputs: $inputs) { userErrors { message } } }",
      { inputs },
    );
    const page = await house.look("/desk?find=custid:long");
    await page.locator(".entry").first().waitFor();

    await page.locator(".entry").last().scrollIntoViewIfNeeded();

    await expect.poll(() => page.locator(".entry").count()).toBe(25);
  });

  test("fits the desk on a phone", async () => {
    const page = await house.open(`/desk?find=${encodeURIComponent(AMARA)}`, { viewport: { width: 390, height: 844 } });

    await page.getByRole("heading", { name: "Amara Okafor" }).waitFor();
    await page.locator(".entry").first().waitFor();

    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(390);
    await page.close();
  });
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

async function announce(house: Console, { agentId, sourceId }: { agentId: string; sourceId: string }): Promise<void> {
  await house.ask(`mutation ($input: AnnounceCallInput!) { announceCall(input: $input) { userErrors { message } } }`, {
    input: { source: "test", sourceId, agentId, ringingAt: new Date().toISOString(), identities: [] },
  });
}
