import type { IncomingMessage } from "node:http";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApp } from "../../src/app.ts";
import { authenticator } from "../../src/http/auth.ts";
import { findKeys, revokeKeys } from "../../src/keys/keys.repository.ts";
import { createKey } from "../../src/keys/keys.ts";
import { openLog } from "../../src/kit/log.ts";
import { configFor, useApp } from "../app/use-app.ts";
import { watched } from "../kit/watch.ts";

const UNLIMITED = { trustedProxies: [], strangersPerSecond: 1_000 };
const FROM = { headers: {}, socket: { remoteAddress: "127.0.0.1" } } as IncomingMessage;

const house = useApp();
const ASK = "{ __typename }";
const touchpoint = {
  source: "web",
  sourceId: "1",
  occurredAt: "2026-11-20T09:00:00Z",
  kind: "PAGE_VIEW",
  channel: "WEB",
};

describe("API keys", () => {
  test("opens for a stored key, by either header", async () => {
    const key = await createKey(house.db, { name: "desk", role: "agent" });

    const bearer = await house.ask(ASK, {}, key);
    const header = await house.post("/graphql", { query: ASK }, { authorization: "", "x-api-key": key });

    expect([bearer.status, header.status]).toEqual([200, 200]);
  });

  test("stores no key, only its hash", async () => {
    const key = await createKey(house.db, { name: "desk", role: "agent" });

    const rows = await house.db.orm.apiKey.findMany();

    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(key.slice(5));
  });

  test.each([
    ["no key", null],
    ["a made-up key", "c360_madeup"],
    ["a token, where no issuer is set", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.x"],
  ])("stays shut for %s", async (_name, key) => {
    const reply = await house.ask(ASK, {}, key);

    expect(reply).toMatchObject({ status: 401, errors: [{ extensions: { code: "UNAUTHENTICATED" } }] });
  });

  test("stays shut for an expired key", async () => {
    const key = await createKey(house.db, { name: "old", role: "agent", expiresAt: new Date(Date.now() - 1_000) });

    expect((await house.ask(ASK, {}, key)).status).toBe(401);
  });

  test.each([
    ["is away", () => Promise.reject(new Error("ECONNREFUSED"))],
    ["does not answer", () => new Promise<never>(() => {})],
  ])("goes on opening for a key that was good while the database %s, and for no other", async (_name, fault) => {
    let now = 0;
    let before: () => unknown = () => {};
    const asking = watched(house.db, () => before());
    const authenticate = authenticator({ db: asking, adminKey: null, tokens: null, ...UNLIMITED, now: () => now });
    const [good, stranger] = [await createKey(house.db, { name: "menu", role: "ivr" }), "c360_stranger"];
    const open = (key: string) => authenticate({ authorization: `Bearer ${key}` }, FROM);
    await open(good);

    before = fault;
    now += 60_000;
    const startedAt = performance.now();
    const credential = await open(good);
    const took = performance.now() - startedAt;
    const refused = await Promise.race([open(stranger).catch(() => "refused"), open(good).then(() => "waits")]);
    now += 600_000;

    expect(credential.viewer.role).toBe("ivr");
    expect(took).toBeLessThan(200);
    expect(refused).not.toHaveProperty("viewer");
    await expect(Promise.race([open(good), pause(150).then(() => Promise.reject("late"))])).rejects.toBeTruthy();
  });

  test("asks again for a key that was good, whatever made-up keys of its address are refused", async () => {
    let now = 0;
    const settings = { adminKey: null, tokens: null, ...UNLIMITED, strangersPerSecond: 1 };
    const authenticate = authenticator({ db: house.db, ...settings, now: () => now });
    const statusOf = (key: string) =>
      authenticate({ authorization: `Bearer ${key}` }, FROM).then(
        () => 200,
        ({ status }: { status?: number }) => status ?? 401,
      );
    const key = await createKey(house.db, { name: "menu", role: "ivr" });
    await statusOf(key);
    now += 60_000;
    const guesses = [];
    for (let i = 0; i < 20; i += 1) guesses.push(await statusOf(`c360_guess_${i}`));

    expect(guesses).toEqual([...Array(10).fill(401), ...Array(10).fill(429)]);
    expect(await statusOf(key)).toBe(200);
    await revokeKeys(house.db, "menu");
    now += 5_001;
    expect(await statusOf(key)).not.toBe(200);
  });

  test("notices five seconds later that a key was revoked", async () => {
    let now = 0;
    const authenticate = authenticator({ db: house.db, adminKey: null, tokens: null, ...UNLIMITED, now: () => now });
    const key = await createKey(house.db, { name: "gone", role: "agent" });
    const ask = () =>
      authenticate({ authorization: `Bearer ${key}` }, FROM).then(
        () => "in",
        () => "out",
      );

    const before = await ask();
    await revokeKeys(house.db, "gone");
    now = 5_001;
    const after = await ask();

    expect([before, after]).toEqual(["in", "out"]);
  });

  test("opens with a key that was made over the API, and lists it without its secret", async () => {
    const made = await house.ask('mutation { createApiKey(input: { name: "IVR", role: ivr }) { secret } }');
    const { secret } = made.data.createApiKey;

    const opened = await house.ask("{ viewer { name role } }", {}, secret);
    const listed = await house.ask("{ apiKeys { id name role agentId lastUsedAt } }");

    expect(opened.data.viewer).toEqual({ name: "IVR", role: "ivr" });
    expect(listed.data.apiKeys).toMatchObject([{ name: "IVR", role: "ivr", lastUsedAt: expect.any(String) }]);
    expect(JSON.stringify(listed)).not.toContain(secret.slice(5));
  });

  test("makes no key that has expired already", async () => {
    const input = '{ name: "old", role: agent, expiresAt: "2020-01-01T00:00:00Z" }';

    const { data } = await house.ask(`mutation { createApiKey(input: ${input}) { secret userErrors { path } } }`);

    expect(data.createApiKey).toEqual({ secret: null, userErrors: [{ path: ["input", "expiresAt"] }] });
    expect(await findKeys(house.db)).toEqual([]);
  });

  test("remembers when a key was used", async () => {
    const key = await createKey(house.db, { name: "desk", role: "agent" });

    await house.ask(ASK, {}, key);

    expect((await findKeys(house.db))[0]?.lastUsedAt).toBeInstanceOf(Date);
  });

  test("refuses a route to a role without its scope, before it reads the body", async () => {
    const { analyst, ivr } = await house.keys();

    const refused = await house.post("/v1/touchpoints", "not json", { authorization: `Bearer ${analyst}` });
    const taken = await house.post("/v1/touchpoints", touchpoint, { authorization: `Bearer ${ivr}` });

    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ error: { code: "FORBIDDEN" } });
    expect(taken.status).toBe(200);
  });
});

describe("JSON web tokens", () => {
  let issuer: Server;
  let stop: () => Promise<void>;
  let url: string;
  let sign: (claims: Record<string, unknown>, overrides?: { audience?: string; expires?: string }) => Promise<string>;

  beforeAll(async () => {
    const { publicKey, privateKey } = await generateKeyPair("RS256");
    const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: "k1", alg: "RS256" }] });
    issuer = createServer((_request, reply) => reply.setHeader("content-type", "application/json").end(keys));
    await new Promise<void>((done) => issuer.listen(0, "127.0.0.1", done));
    const app = await openApp(
      configFor(house.databaseUrl, {
        C360_JWKS_URL: `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/keys`,
        C360_JWT_ISSUER: "https://id.example.com",
        C360_JWT_AUDIENCE: "customer360",
        C360_JWT_ROLE_CLAIM: "roles",
      }),
      openLog("silent"),
    );
    url = app.url;
    stop = app.stop;
    sign = (claims, { audience = "customer360", expires = "1h" } = {}) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: "RS256", kid: "k1" })
        .setIssuer("https://id.example.com")
        .setAudience(audience)
        .setSubject("ann")
        .setExpirationTime(expires)
        .sign(privateKey);
  });
  afterAll(async () => {
    await stop?.();
    issuer?.close();
  });

  const ask = async (token: string, path = "/graphql", body: unknown = { query: ASK }) => {
    const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
    return (await fetch(`${url}${path}`, { method: "POST", headers, body: JSON.stringify(body) })).status;
  };

  test("opens for a token with a known role, and only as far as the role goes", async () => {
    const token = await sign({ roles: ["employee", "analyst"] });

    expect(await ask(token)).toBe(200);
    expect(await ask(token, "/v1/touchpoints", touchpoint)).toBe(403);
  });

  test("binds a token as its claims say, and opens for none whose claims bind to nothing readable", async () => {
    const claims = { roles: "agent", agent_id: "ann", sources: ["desk"], teams: "loans", call_centre_ids: ["leeds"] };
    const query = "{ viewer { agentId sources teams callCentreIds } }";
    const headers = { "content-type": "application/json", authorization: `Bearer ${await sign(claims)}` };

    const reply = await fetch(`${url}/graphql`, { method: "POST", headers, body: JSON.stringify({ query }) });
    const elsewhere = await sign({ ...claims, networks: ["203.0.113.0/24"] });
    const unread = await sign({ ...claims, teams: 7 });
    const noNetwork = await sign({ ...claims, networks: ["office"] });

    expect(await reply.json()).toEqual({
      data: { viewer: { agentId: "ann", sources: ["desk"], teams: ["loans"], callCentreIds: ["leeds"] } },
    });
    expect(await Promise.all([elsewhere, unread, noNetwork].map((token) => ask(token)))).toEqual([403, 401, 401]);
  });

  test("stays shut for another audience, an expired token, a stranger's role and a signature of nobody", async () => {
    const other = await sign({ roles: "agent" }, { audience: "payroll" });
    const old = await sign({ roles: "agent" }, { expires: "-1m" });
    const stranger = await sign({ roles: "emperor" });
    const unsigned = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${(await sign({ roles: "admin" })).split(".")[1]}.x`;

    expect(await Promise.all([other, old, stranger, unsigned].map((token) => ask(token)))).toEqual([
      401, 401, 401, 401,
    ]);
  });
});
