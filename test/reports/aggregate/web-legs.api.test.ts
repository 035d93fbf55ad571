import { expect, test } from "vitest";
import { useApp } from "../../app/use-app.ts";

const house = useApp();
const period = { from: "2026-11-20T00:00:00Z", to: "2026-11-21T00:00:00Z" };

interface Row {
  group: { value: string | null }[];
  units: number;
}

async function rowsOf(input: object): Promise<(string | number | null)[][]> {
  const reply = await house.post("/v1/reports/aggregate", { of: "INTERACTIONS", period, ...input });
  const { rows } = (await reply.json()) as { rows: Row[] };
  return rows.map(({ group, units }) => [...group.map(({ value }) => value), units]);
}

test("touchpoints say what is said of their leg on the web; a leg that is an event says it itself", async () => {
  const of = (custid: string) => ({ source: "site", identities: [{ namespace: "custid", value: custid }] });
  const session = (channelType: string, id: string) => ({
    ...of("2"),
    ...{
      sourceId: id,
      sessionId: id,
      channelType,
      sessionStartTime: "2026-11-20T12:00:00Z",
      intentCategory: "complaint",
    },
  });
  const moment = (channel: string, kind: string, id: string) => ({
    ...of("2"),
    ...{ sourceId: `${id}/1`, sessionId: id, channel, kind, name: "first", occurredAt: "2026-11-20T12:00:30Z" },
  });
  await house.post("/v1/interactions", [session("WEB", "w1"), session("IVR", "i1")]);
  await house.post("/v1/touchpoints", [
    moment("WEB", "FORM", "w1"),
    moment("IVR", "PROMPT", "i1"),
    moment("WEB", "PAGE_VIEW", "w2"),
  ]);
  const matcher = { attributes: [{ attribute: "intentCategory", in: ["complaint"] }] };
  const by = (dimension: string) => ({ matcher, groupBy: [{ dimension }] });

  const interactions = await rowsOf(by("CHANNEL"));
  const touchpoints = await rowsOf({ of: "TOUCHPOINTS", ...by("CHANNEL") });
  const all = await rowsOf({
    matcher: { sources: ["site"] },
    groupBy: [{ attribute: { attribute: "intentCategory" } }],
  });

  expect(interactions.toSorted()).toEqual([
    ["IVR", 1],
    ["WEB", 1],
  ]);
  expect(touchpoints.toSorted()).toEqual([
    ["IVR", 1],
    ["WEB", 1],
  ]);
  expect(all).toEqual([
    ["complaint", 2],
    [null, 1],
  ]);
});
