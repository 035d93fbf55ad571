import { expect, test } from "vitest";
import { GROUPS } from "../../src/reports/filter.type.ts";
import { ADMIN_KEY, useApp } from "../app/use-app.ts";

const house = useApp();

test.each(Object.entries(GROUPS))("over REST, contacts are grouped by %s", async (dimension, { name, type }) => {
  const value = type === "choice" ? "HANDLED" : `${name} of the leg`;
  const leg = { source: "acd", sourceId: "1", channelType: "VOICE", sessionStartTime: "2026-11-20T09:00:00Z" };
  await house.post("/v1/interactions", { ...leg, identities: [{ namespace: "custid", value: "1" }], [name]: value });
  const period = { from: "2026-11-20T00:00:00Z", to: "2026-11-21T00:00:00Z" };
  const input = encodeURIComponent(JSON.stringify({ period, groupBy: [dimension] }));

  const reply = await fetch(`${house.url}/v1/reports/contact-centre-kpis?input=${input}`, {
    headers: { authorization: `Bearer ${ADMIN_KEY}` },
  });

  expect(await reply.json()).toMatchObject({ rows: [{ group: [{ dimension, value }] }] });
});
