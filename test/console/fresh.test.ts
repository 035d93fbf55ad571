import { cacheExchange, createClient, fetchExchange } from "@urql/core";
import { expect, test } from "vitest";
import { freshExchange } from "../../src/console/api/fresh.ts";

const QUERY = "{ customer { id name } }";

/** A client whose server counts how often it was asked, and a clock that stands still. */
function open() {
  const clock = { now: 0 };
  const asked: number[] = [];
  const client = createClient({
    url: "http://127.0.0.1/graphql",
    preferGetMethod: false,
    exchanges: [freshExchange(() => clock.now), cacheExchange, fetchExchange],
    fetch: async () => {
      asked.push(clock.now);
      const data = { customer: { __typename: "Customer", id: "1", name: `asked ${asked.length}` } };
      return new Response(JSON.stringify({ data }), { headers: { "content-type": "application/json" } });
    },
  });
  /** What is shown, as it comes. */
  const show = async () => {
    const shown: string[] = [];
    const { unsubscribe } = client.query(QUERY, {}).subscribe(({ data }) => shown.push(data.customer.name));
    await new Promise((done) => setTimeout(done, 20));
    unsubscribe();
    return shown;
  };
  return { clock, asked, show };
}

test("asks no second time for what was answered a moment ago", async () => {
  const { clock, asked, show } = open();

  await show();
  clock.now = 14_000;
  const shown = await show();

  expect(shown).toEqual(["asked 1"]);
  expect(asked).toEqual([0]);
});

test("shows what is known at once, and what is true now as soon as it comes", async () => {
  const { clock, asked, show } = open();

  await show();
  clock.now = 16_000;
  const shown = await show();

  expect(shown).toEqual(["asked 1", "asked 2"]);
  expect(asked).toEqual([0, 16_000]);
});
