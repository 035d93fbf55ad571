import { expect, test } from "vitest";
import { ask } from "../customers/reading.ts";
import { teller } from "../customers/teller.ts";
import { useDatabase } from "../kit/database.ts";
import { useIngest } from "../kit/ingest.ts";

const house = useDatabase();
const ingest = useIngest(house);
const { call, page } = teller(ingest);

test("orders what happened in one instant by sequence, channel and kind, whatever the ids", async () => {
  const one = { at: 1, custid: "1" };
  const online = { ...one, sessionId: "s1" };
  await page("t1", { ...online, name: "order", kind: "TRANSACTION" });
  await page("t2", { ...online, name: "form", kind: "FORM" });
  await page("t3", { ...online, name: "page" });
  await page("t4", { ...online, name: "search", kind: "SEARCH" });
  await call("c1", { ...one, callReason: "any" });
  await call("c2", { ...one, callReason: "second", sequence: 2 });
  await call("c3", { ...one, callReason: "first", sequence: 1 });

  const { data } = await ask(
    house.db,
    `{
      customer(identity: { namespace: "custid", value: "1" }) {
        recentTouchpoints { name sequence }
        timeline { nodes { sourceId sequence } }
      }
      interaction(source: "web", sourceId: "s1") {
        touchpoints { nodes { name } edges { cursor } }
      }
    }`,
  );
  const { nodes, edges } = data.interaction.touchpoints;
  const rest = await ask(
    house.db,
    `query ($after: String) { interaction(source: "web", sourceId: "s1") { touchpoints(after: $after) { nodes { name } } } }`,
    { after: edges[1].cursor },
  );

  const names = (rows: { name: string }[]) => rows.map(({ name }) => name);
  expect(names(nodes)).toEqual(["page", "search", "form", "order"]);
  expect(names(rest.data.interaction.touchpoints.nodes)).toEqual(["form", "order"]);
  expect(names(data.customer.recentTouchpoints.toReversed())).toEqual([
    ...["first", "second", "page", "search", "form", "order", "any"],
  ]);
  expect(data.customer.timeline.nodes).toEqual([
    { sourceId: "c1", sequence: null },
    { sourceId: "s1", sequence: null },
    { sourceId: "c2", sequence: 2 },
    { sourceId: "c3", sequence: 1 },
  ]);
});
