import { expect, test } from "vitest";
import { isAuthentic, SHARED_SECRET, type SignedRequest } from "../../src/connectors/proof.ts";
import { twilioProof } from "../../src/connectors/twilio/proof.ts";

const TOKEN = "12345";
/** The example that Twilio publishes of its signature. */
const published = (changes: Partial<SignedRequest> = {}): SignedRequest => ({
  headers: {
    "content-type": "application/x-www-form-urlencoded",
    "x-twilio-signature": "RSOYDt4T1cUTdK1PDd93/VVr8B8=",
  },
  body: Buffer.from(
    "To=%2B18005551212&CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309",
  ),
  path: "/myapp.php?foo=1&bar=2",
  publicUrl: "https://mycompany.com",
  ...changes,
});
const isTwilios = (request: SignedRequest, secrets = [TOKEN]) => isAuthentic(twilioProof, request, secrets);

test("agrees with the signature that Twilio publishes, whatever the order of the parameters and the secrets", () => {
  expect(isTwilios(published())).toBe(true);
  expect(isTwilios(published(), ["another", TOKEN])).toBe(true);
});

test.each<[string, Partial<SignedRequest>]>([
  ["another parameter", { body: Buffer.from("CallSid=CA1234567890ABCDE") }],
  ["another query", { path: "/myapp.php?foo=1" }],
  ["another host", { publicUrl: "https://elsewhere.com" }],
  ["no address of ours", { publicUrl: null }],
  ["no signature", { headers: { "content-type": "application/x-www-form-urlencoded" } }],
  ["a body that is no form", { headers: { ...published().headers, "content-type": "application/json" } }],
])("does not believe it with %s", (_name, changes) => {
  expect(isTwilios(published(changes))).toBe(false);
});

test("an empty secret or an empty password opens nothing", () => {
  const bare = { body: Buffer.alloc(0), path: "/", publicUrl: null };
  const attempts = [
    {},
    { authorization: "Bearer " },
    { authorization: `Basic ${btoa("user:")}` },
    { "x-webhook-secret": "" },
  ];

  const opened = attempts.filter((headers) => isAuthentic(SHARED_SECRET, { ...bare, headers }, ["", "a-secret"]));

  expect(opened).toEqual([]);
});
