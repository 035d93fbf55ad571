import { afterEach, describe, expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import { createKey } from "../../src/keys/keys.ts";
import { ADMIN_KEY, useApp } from "../app/use-app.ts";
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

const { announce, acknowledge } = ringing(house);

describe("whose screen", () => {
  test("an agent's key names only herself", async () => {
    const ann = await createKey(house.db, { name: "ann", role: "agent", agentId: "ann" });
    const nobody = await createKey(house.db, { name: "agent", role: "agent" });
    const { pop } = await announce("1", "ann");
    const { pop: bobs } = await announce("2", "bob");

    const own = screen("ann", { key: ann });
    const others = screen("bob", { key: ann });
    const whose = screen("ann", { key: nobody });

    expect(await own.until(1)).toMatchObject([{ id: pop.id }]);
    await pause(200);
    expect(others.messages).toEqual([]);
    expect(others.errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
    expect(whose.errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
    expect((await acknowledge(bobs.id, ann)).userErrors).toEqual([{ code: "NOT_FOUND" }]);
    expect((await acknowledge(pop.id, ann)).userErrors).toEqual([]);
  });

  test("a stranger hears nothing, nor does a role without pops", async () => {
    const { analyst } = await house.keys();

    const stranger = screen("ann", { key: "c360_nobody" });
    const reader = screen("ann", { key: analyst });
    await pause(300);

    expect(stranger.errors).toMatchObject([{ code: 4401 }]);
    expect(reader.errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  });

  test("a key that is revoked hears no more", async () => {
    const key = await createKey(house.db, { name: "ann", role: "agent", agentId: "ann" });
    const ann = screen("ann", { key });
    await announce("1", "ann");
    await ann.until(1);

    await house.db.run(sql`update api_keys set revoked_at = now()`);
    await pause(5_200);
    await announce("2", "ann");

    await pause(500);
    expect(ann.messages).toHaveLength(1);
    expect(ann.errors).toMatchObject([{ extensions: { code: "UNAUTHENTICATED" } }]);
  });
});

test("a pop is found by its id, by whose screen it is on", async () => {
  const ann = await createKey(house.db, { name: "ann", role: "agent", agentId: "ann" });
  const bob = await createKey(house.db, { name: "bob", role: "agent", agentId: "bob" });
  const { pop } = await announce("1", "ann");
  const find = async (key: string) =>
    (await house.ask("query ($id: ID!) { node(id: $id) { ... on ScreenPop { agentId state } } }", { id: pop.id }, key))
      .data.node;

  expect(await find(ann)).toEqual({ agentId: "ann", state: "RINGING" });
  expect(await find(bob)).toBeNull();
});
