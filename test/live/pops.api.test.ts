import { afterEach, describe, expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import { openAnnouncer } from "../../src/ingest/ringing/announce.ts";
import { ADMIN_KEY, useApp } from "../app/use-app.ts";
import { read } from "../kit/read.ts";
import { ringing } from "./ringing.ts";
import { openScreen, pause, type Screen, type ScreenOptions } from "./screen.ts";

const house = useApp();
const screens: Screen[] = [];

afterEach(async () => {
  await Promise.all(screens.splice(0).map((screen) => screen.close()));
});

function screen(agentId: string, options: Partial<ScreenOptions> = {}): Screen {
  const opened = openScreen({ url: house.url, key: ADMIN_KEY, agentId, ...options });
  screens.push(opened);
  return opened;
}

const { announce, transfer, acknowledge, end } = ringing(house);
const statesOf = ({ messages }: Screen) => messages.map(({ state }) => state);

describe("a screen", () => {
  test("hears a call that rings, and only its own agent's", async () => {
    const ann = screen("ann");
    const bob = screen("bob");
    await pause(300);

    const { callId, pop } = await announce("1", "ann");

    const [message] = await ann.until(1);
    expect(message).toMatchObject({ id: pop.id, callId, state: "RINGING", agentId: "ann", cursor: pop.cursor });
    expect(Date.parse(message!.sentAt) - Date.parse(message!.announcedAt)).toBeLessThan(1_000);
    expect(bob.messages).toEqual([]);
  });

  test("a call that is announced again rings nobody again", async () => {
    const first = await announce("1", "ann");
    const again = await announce("1", "ann");
    const ann = screen("ann");

    await ann.until(1);
    await pause(200);

    expect(again.pop.id).toBe(first.pop.id);
    expect(statesOf(ann)).toEqual(["RINGING"]);
  });

  test("opened without a cursor, shows what still rings and not what is over", async () => {
    const gone = await announce("1", "ann");
    await announce("2", "ann");
    await end(gone.callId);
    const ann = screen("ann");

    await ann.until(1);
    await announce("3", "ann");
    await ann.until(2);

    expect(ann.messages.map(({ callId }) => callId)).not.toContain(gone.callId);
  });

  test("opened after a cursor, is told everything since, once and in order", async () => {
    const one = await announce("1", "ann");
    const two = await announce("2", "ann");
    await end(one.callId);
    await transfer(two.callId, "bob");

    const ann = screen("ann", { after: one.pop.cursor });
    const messages = await ann.until(3);
    await pause(100);

    expect(messages.map(({ id, state }) => [id, state])).toEqual([
      [two.pop.id, "RINGING"],
      [one.pop.id, "ENDED"],
      [two.pop.id, "TRANSFERRED_AWAY"],
    ]);
  });

  test("a transfer takes the call down here and brings it there, with where it has been", async () => {
    const { callId } = await announce("1", "ann", { callReason: "invoice" });
    const ann = screen("ann");
    const bob = screen("bob", { fields: "callReason history { agentId state }" });
    await ann.until(1);

    await transfer(callId, "bob");
    await transfer(callId, "bob");

    await ann.until(2);
    const [message] = await bob.until(1);
    expect(statesOf(ann)).toEqual(["RINGING", "TRANSFERRED_AWAY"]);
    expect(message).toMatchObject({
      callId,
      state: "RINGING",
      callReason: "invoice",
      history: [
        { agentId: "ann", state: "TRANSFERRED_AWAY" },
        { agentId: "bob", state: "RINGING" },
      ],
    });
  });

  test("logging the call under the same key takes it down, and the call is the interaction", async () => {
    const { callId } = await announce("1", "ann");
    const ann = screen("ann");
    await ann.until(1);

    const startedAt = new Date().toISOString();
    const { data } = await house.ask(
      "mutation ($input: LogCallInput!) { logCall(input: $input) { interaction { id } } }",
      { input: { source: "cti", sourceId: "1", startedAt, durationSeconds: 60 } },
    );

    await ann.until(2);
    expect(statesOf(ann)).toEqual(["RINGING", "ENDED"]);
    expect(data.logCall.interaction.id).toBe(callId);
    expect((await announce("1", "ann")).pop).toMatchObject({ state: "ENDED" });
    expect((await transfer(callId, "bob")).userErrors).toEqual([{ code: "CONFLICT" }]);
  });

  test("a pop that nobody takes up expires, one that was taken up stays", async () => {
    const left = await announce("1", "ann");
    const taken = await announce("2", "ann");
    await acknowledge(taken.pop.id);
    const ann = screen("ann");
    await ann.until(2);

    await house.db.run(sql`
      update pops set expires_at = expires_at - interval '601 seconds' where state = 'RINGING'
    `);

    await ann.until(3);
    expect(ann.messages.at(-1)).toMatchObject({ id: left.pop.id, state: "EXPIRED" });
    expect((await acknowledge(left.pop.id)).userErrors).toEqual([{ code: "CONFLICT" }]);
  });

  test("many announcements at once come in the order of their numbers, each once", async () => {
    const ann = screen("ann");
    await pause(200);

    await Promise.all(Array.from({ length: 60 }, (_, i) => announce(String(i), "ann")));

    const messages = await ann.until(60);
    await pause(100);
    expect(new Set(messages.map(({ id }) => id)).size).toBe(60);
    expect(ann.messages).toHaveLength(60);
  });
});

describe("what is announced wrongly", () => {
  test("is data that says what to change", async () => {
    expect((await announce(" ", "ann")).userErrors).toMatchObject([{ code: "BAD_INPUT", path: ["input", "sourceId"] }]);
    expect((await announce("1", "ann", { identities: [{ namespace: "shoe", value: "44" }] })).userErrors).toMatchObject(
      [{ code: "BAD_INPUT", path: ["input", "identities", "0", "namespace"] }],
    );
    expect((await end("nothing")).userErrors).toEqual([{ code: "NOT_FOUND" }]);
  });

  test("a call that was logged before does not ring", async () => {
    const startedAt = new Date().toISOString();
    await house.post("/v1/calls", { source: "cti", sourceId: "1", startedAt });

    expect((await announce("1", "ann")).userErrors).toMatchObject([{ code: "CONFLICT" }]);
  });

  test("messages are forgotten after a day, calls after a week", async () => {
    await announce("1", "ann");
    await house.db.run(sql`update outbox set created_at = created_at - interval '25 hours'`);
    const announcer = openAnnouncer({ database: house.db, identityKey: Buffer.alloc(32), rules: house.app.core.rules });

    await announcer.housekeep();

    expect(await read(house.db, sql`select from outbox`)).toEqual([]);
    expect(await read(house.db, sql`select from pops`)).toHaveLength(1);
  });
});
