import { expect, test } from "vitest";
import { withdrawBatch } from "../../src/ingest/correcting/withdraw.ts";
import { newId } from "../../src/kit/id.ts";
import { ask } from "../customers/reading.ts";
import { useDatabase } from "../kit/database.ts";
import { useIngest } from "../kit/ingest.ts";

const house = useDatabase();
const ingest = useIngest(house);

/** Page views of one visitor without a session, by minutes after nine; answers their batch. */
async function pages(...minutes: number[]): Promise<string> {
  const batchId = newId();
  await ingest.accept(
    minutes.map((minute) => ({
      kind: "touchpoint",
      body: {
        source: "web",
        sourceId: `p${minute}`,
        occurredAt: new Date(Date.UTC(2026, 10, 1, 9, minute)),
        kind: "PAGE_VIEW",
        channel: "WEB",
        name: `/${minute}`,
        identities: [{ namespace: "cookie", value: "c" }],
      },
    })),
    { entryPoint: "test", batchId },
  );
  return batchId;
}

const VISITS = `{
  interactions(first: 10) { totalCount nodes { id sourceId sessionSeconds touchpoints { nodes { name } } } }
}`;

async function visits(): Promise<{ id: string; sourceId: string; pages: string; sessionSeconds: number }[]> {
  const { data } = await ask(house.db, VISITS);
  return data.interactions.nodes.map(({ touchpoints, ...rest }: { touchpoints: { nodes: { name: string }[] } }) => ({
    ...rest,
    pages: touchpoints.nodes.map(({ name }) => name).join(" "),
  }));
}

test("a visit ends where a visitor does nothing for longer than half an hour, and goes on over midnight", async () => {
  await pages(0, 30, 61, 880, 905);

  const found = await visits();

  expect(found.map((visit) => [visit.pages, visit.sessionSeconds])).toEqual([
    ["/880 /905", 1_500],
    ["/61", 0],
    ["/0 /30", 1_800],
  ]);
});

test("every id that a visit had leads to it, whatever was found before it, in between or taken away", async () => {
  const find = async (id: string) => {
    const { data } = await ask(
      house.db,
      `query ($id: ID!, $sourceId: String!) {
        node(id: $id) { id __typename }
        interaction(source: "web", sourceId: $sourceId) { id }
        elsewhere: interaction(source: "shop", sourceId: $sourceId) { id }
      }`,
      { id, sourceId: id },
    );
    expect(data.elsewhere).toBeNull();
    if (data.node === null) return expect(data.interaction).toBeNull();
    expect(data.node).toEqual({ id: data.interaction.id, __typename: "Interaction" });
    return data.node.id;
  };
  await pages(50);
  const [second] = await visits();
  await pages(0);
  const [, first] = await visits();
  const between = await pages(25);
  const all = await visits();

  expect(all).toEqual([expect.objectContaining({ id: first!.id, sourceId: first!.id, pages: "/0 /25 /50" })]);
  expect([await find(first!.id), await find(second!.id)]).toEqual([first!.id, first!.id]);

  await withdrawBatch(house.db, between, { by: "test", rules: ingest.rules() });

  expect((await visits()).map(({ id }) => id)).toEqual([second!.id, first!.id]);
  expect([await find(first!.id), await find(second!.id)]).toEqual([first!.id, second!.id]);
});
