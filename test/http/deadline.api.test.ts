import { expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import { ADMIN_KEY, useApp } from "../app/use-app.ts";

const house = useApp({ settings: { C360_LOOKUP_DEADLINE_MS: "200" } });
const ASK = `query ($identities: [IdentityInput!]!) {
  lookupCaller(input: { identities: $identities }) { partial candidates { customer { id } } advice { priority } }
}`;
const PHONE = "+46701234567";

test("both doors of a look-up answer at the deadline that is set, and say that it is not all", async () => {
  const identities = [{ namespace: "phone", value: PHONE }];
  await house.post("/v1/customers", { source: "crm", sourceId: "1", observedAt: "2026-11-01T09:00:00Z", identities });
  // A key is known by then, and a statement prepared.
  await house.ask(ASK, { identities });

  const answered = await house.db.transaction(async (tx) => {
    await tx.run(sql`lock table customers in access exclusive mode`);
    const graphql = await house.ask(ASK, { identities });
    const headers = { authorization: `Bearer ${ADMIN_KEY}` };
    const card = await fetch(`${house.url}/v1/callers?phone=${encodeURIComponent(PHONE)}`, { headers });
    return { graphql: graphql.data.lookupCaller, card: (await card.json()) as object };
  });

  expect(answered).toEqual({
    graphql: { partial: true, candidates: [], advice: { priority: 5 } },
    card: expect.objectContaining({ partial: "true", candidates: "0" }),
  });
  expect((await house.ask(ASK, { identities })).errors).toBeUndefined();
});
