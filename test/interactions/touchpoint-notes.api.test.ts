import { expect, test } from "vitest";
import { useApp } from "../app/use-app.ts";

const house = useApp();

test("a touchpoint says what was taken out of it, and what is odd about it", async () => {
  const identities = [{ namespace: "login", value: "ann" }];
  const search = { source: "web", occurredAt: "2026-11-01T09:00:00Z", channel: "WEB", kind: "SEARCH", identities };
  const odd = [...identities, { namespace: "phone", value: "+46701" }];
  const records = [
    { ...search, sourceId: "1", name: "card 4111 1111 1111 1111" },
    { ...search, sourceId: "2", name: "invoice", occurredAt: "2026-11-01T09:01:00Z", identities: odd },
    { ...search, sourceId: "3", name: "opening hours", occurredAt: "2026-11-01T09:02:00Z" },
  ];
  await house.post("/v1/touchpoints", { records });

  const { data } = await house.ask(
    '{ customer(identity: { namespace: "login", value: "ann" }) { recentTouchpoints { name dataQuality { field message } } } }',
  );

  expect(data.customer.recentTouchpoints).toEqual([
    { name: "opening hours", dataQuality: [] },
    {
      name: "invoice",
      dataQuality: [{ field: "identities.1", message: "No such phone number is possible (read in region SE)." }],
    },
    {
      name: "card [card]",
      dataQuality: [{ field: "name", message: "A card number was taken out before it was stored." }],
    },
  ]);
});
