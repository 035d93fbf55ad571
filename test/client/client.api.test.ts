import { expect, test } from "vitest";
import { ClientError, openClient } from "../../src/client/client.ts";
import { graphql } from "../../src/client/graphql.ts";
import { ADMIN_KEY, useApp } from "../app/use-app.ts";

const house = useApp();

const WHO = graphql(`
  query Who($identity: IdentityInput!) { customer(identity: $identity) { displayName createdAt } }
`);
const LOOK = graphql("query Look($input: LookupCallerInput!) { lookupCaller(input: $input) { latencyMs } }");
const WATCH = graphql("subscription Watch($id: ID!) { customerActivity(customerId: $id) { id name } }");

test("an answer has the types of the schema", async () => {
  const client = openClient({ url: house.url, key: ADMIN_KEY });
  const identities = [{ namespace: "custid", value: "1" }];
  const ann = { source: "crm", sourceId: "1", observedAt: "2026-11-01T09:00:00Z", identities, displayName: "Ann" };
  await house.post("/v1/customers", ann);

  const { customer } = await client.ask(WHO, { identity: identities[0]! });
  // @ts-expect-error: a field that was not asked for is not there.
  const vvip = customer?.vvip;

  expect(customer?.displayName).toBe("Ann");
  expect(Date.parse(customer!.createdAt)).toBeGreaterThan(0);
  expect(vvip).toBeUndefined();
});

test("what the server refuses is thrown with its code", async () => {
  const stranger = openClient({ url: house.url, key: "c360_nobody" });
  const client = openClient({ url: house.url, key: ADMIN_KEY });
  const shoe = { input: { identities: [{ namespace: "shoe", value: "44" }] } };

  await expect(stranger.ask(LOOK, shoe)).rejects.toMatchObject({ codes: ["UNAUTHENTICATED"] });
  await expect(client.ask(LOOK, shoe)).rejects.toThrow(ClientError);
  await expect(client.ask(LOOK, shoe)).rejects.toMatchObject({ codes: ["BAD_INPUT"] });
  await expect(stranger.listen(WATCH, { id: "1" }).next()).rejects.toMatchObject({ codes: ["UNAUTHENTICATED"] });
  await expect(client.listen(WATCH, { id: "nobody" }).next()).rejects.toMatchObject({ codes: ["NOT_FOUND"] });
});

test("a subscription ends when nobody listens any more", async () => {
  const leaving = new AbortController();
  const client = openClient({ url: house.url, key: ADMIN_KEY });
  const heard = client.listen(WATCH, { id: "00000000-0000-7000-8000-000000000000" }, leaving.signal).next();

  setTimeout(() => leaving.abort(), 200);

  expect(await heard).toEqual({ value: undefined, done: true });
});
