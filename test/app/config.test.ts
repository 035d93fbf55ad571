import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ConfigError, readConfig, SETTING_NAMES } from "../../src/config.ts";

test("listens on this machine only, with demo data, unless told otherwise", () => {
  const config = readConfig({});

  expect(config).toMatchObject({ host: "127.0.0.1", port: 4000, seed: "demo", databaseUrl: null, introspection: true });
  expect(Object.isFrozen(config) && Object.isFrozen(config.limits)).toBe(true);
});

test("treats an empty setting as one that is left out", () => {
  const config = readConfig({ DATABASE_URL: "", C360_ADMIN_KEY: "  " });

  expect(config).toMatchObject({ databaseUrl: null, adminKey: null });
});

test("names every fault at once, in sentences, and no secret", () => {
  const faultsOf = (environment: Record<string, string>) => {
    try {
      readConfig(environment);
      return [];
    } catch (error) {
      return (error as ConfigError).faults;
    }
  };

  const faults = faultsOf({
    PORT: "seventy",
    SEED: "village",
    C360_ADMIN_KEY: "hunter2",
    C360_WEBHOOK_SECRETS: "{",
    C360_CORS_ORIGINS: "https://desk.example.com/path",
    C360_ADMINKEY: "x",
  });

  expect(faults).toEqual([
    "C360_ADMINKEY is not a setting; .env.example lists them all.",
    "PORT must be a whole number from 0 to 65535.",
    "SEED must be demo or none.",
    "C360_ADMIN_KEY must have at least 32 characters; `openssl rand -hex 32` makes one.",
    "C360_CORS_ORIGINS must be a list of origins separated by commas, such as https://desk.example.com, without a path.",
    'C360_WEBHOOK_SECRETS must be a JSON object of secrets by connector, such as {"twilio":["…"]}, of 8 characters or more each.',
  ]);
  expect(faultsOf({ C360_JWKS_URL: "https://id.example.com/keys" })).toEqual([
    "C360_JWT_ISSUER and C360_JWT_AUDIENCE must be set too: a token is checked against its keys, its issuer and its audience.",
  ]);
});

test("hides its schema in production unless told otherwise", () => {
  expect(readConfig({ NODE_ENV: "production" }).introspection).toBe(false);
  expect(readConfig({ NODE_ENV: "production", C360_INTROSPECTION: "true" }).introspection).toBe(true);
});

test("documents every setting, and none that does not exist", () => {
  const example = readFileSync(new URL("../../.env.example", import.meta.url), "utf8");

  const documented = [...example.matchAll(/^([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name);

  expect(documented.sort()).toEqual([...SETTING_NAMES].sort());
});

test("documents the defaults that the code has", () => {
  const example = readFileSync(new URL("../../.env.example", import.meta.url), "utf8");
  const environment = Object.fromEntries(
    [...example.matchAll(/^([A-Z][A-Z0-9_]+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
  );

  expect(readConfig(environment)).toEqual(readConfig({}));
});
