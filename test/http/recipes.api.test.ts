import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parse, validate } from "graphql";
import { build } from "vite";
import { afterEach, beforeEach, expect, inject, test, vi } from "vitest";
import { createSchema } from "../../src/graphql/engine/schema.ts";
import { useApp } from "../app/use-app.ts";
import { useRoutingRules } from "../live/telling.ts";

// The recipes of the README, taken out of it and run as they stand. What vendors add around them is acted here.

const house = useApp();
useRoutingRules(house);
const PHONE = "+46701234567";
const CARD = { known: "true", displayName: "Ann", vvip: "true", priority: "1" };

/** What a reader copies: the code block of one language after a phrase. */
function recipe(after: string, language: string): string {
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const rest = readme.slice(readme.indexOf(after));
  const [, code] = rest.match(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``)) ?? [];
  if (!readme.includes(after) || !code) throw new Error(`The README has no ${language} after "${after}".`);
  return code;
}

let ivr: string;
beforeEach(async () => {
  const identities = [
    { namespace: "custid", value: "4587" },
    { namespace: "phone", value: PHONE },
  ];
  const ann = { source: "crm", sourceId: "1", observedAt: "2026-11-01T09:00:00Z", identities, displayName: "Ann" };
  await house.post("/v1/customers", { ...ann, vvip: true });
  ({ ivr } = await house.keys());
});
afterEach(() => vi.unstubAllEnvs());

test("Twilio Studio's function answers its widget", async () => {
  const exports: { handler?: (context: object, event: object, callback: (...args: unknown[]) => void) => unknown } = {};
  new Function("exports", recipe("Twilio Studio:", "js"))(exports);

  const answer = await new Promise((resolve, reject) => {
    const callback = (error: unknown, card: unknown) => (error ? reject(error) : resolve(card));
    void exports.handler!({ C360_URL: house.url, C360_KEY: ivr }, { From: PHONE, To: "+46812345678" }, callback);
  });

  expect(answer).toMatchObject(CARD);
});

test("Twilio Studio's flow leads from the call to a queue, whatever the function answers", () => {
  const { initial_state: first, states } = JSON.parse(recipe("Twilio Studio:", "json")) as StudioFlow;
  const names = states.map(({ name }) => name);
  const nexts = states.flatMap(({ transitions }) => transitions.flatMap(({ next }) => next ?? []));

  expect([first, ...nexts].filter((name) => !names.includes(name))).toEqual([]);
  expect(states.find(({ type }) => type === "run-function")!.transitions.map(({ event }) => event)).toEqual([
    "success",
    "fail",
  ]);
  expect(states.flatMap(({ properties }) => properties.queue_name ?? [])).toEqual([
    "{{widgets.who_calls.parsed.skill}}",
    "general",
  ]);
});

interface StudioFlow {
  initial_state: string;
  states: {
    name: string;
    type: string;
    properties: { queue_name?: string };
    transitions: { event: string; next?: string }[];
  }[];
}

test("Amazon Connect's Lambda answers the flow with a flat map of texts", async () => {
  const file = join(mkdtempSync(join(inject("directory"), "lambda-")), "index.mjs");
  writeFileSync(file, recipe("Amazon Connect: a Lambda", "js"));
  vi.stubEnv("C360_URL", house.url).stubEnv("C360_KEY", ivr);
  const { handler } = await import(/* @vite-ignore */ pathToFileURL(file).href);
  const ContactData = {
    Channel: "VOICE",
    ContactId: "c-1",
    CustomerEndpoint: { Address: PHONE, Type: "TELEPHONE_NUMBER" },
    SystemEndpoint: { Address: "+46812345678", Type: "TELEPHONE_NUMBER" },
  };

  const answer = await handler({ Name: "ContactFlowEvent", Details: { ContactData, Parameters: {} } });

  expect(answer).toMatchObject(CARD);
  expect(Object.values(answer).every((value) => typeof value === "string")).toBe(true);
});

test("Genesys Cloud's data action asks what it should", async () => {
  const action = JSON.parse(recipe("Genesys Cloud:", "json"));
  const input: Record<string, string> = { ani: PHONE, dnis: "+46812345678" };
  const url = action.requestUrlTemplate
    .replace("https://c360.example.com", house.url)
    .replace(/\$esc\.url\(\$\{input\.(\w+)\}\)/g, (_: string, name: string) => encodeURIComponent(input[name]!));
  const headers = { "x-api-key": action.headers["x-api-key"].replace("${" + "credentials.apiKey}", ivr) };

  const reply = await fetch(url, { method: action.requestType, headers });

  expect(reply.status).toBe(200);
  expect(await reply.json()).toMatchObject(CARD);
});

test("Salesforce's component shows who calls", async () => {
  const { default: Shown } = await compiled(recipe("Salesforce: a Lightning", "js"));
  const { agent } = await house.keys();
  const component = Object.assign(new Shown(), { url: house.url, key: agent });

  await component.ring(PHONE);

  expect(component.customer).toMatchObject({ displayName: "Ann", summary: { callsLast30Days: 0 } });
});

interface Component {
  customer?: object;
  ring(phone: string): Promise<void>;
}

/** As Salesforce compiles it: decorators and all, over a base class that it provides. */
async function compiled(code: string): Promise<{ default: new () => Component }> {
  const folder = mkdtempSync(join(inject("directory"), "lwc-"));
  const [input, lwc] = [join(folder, "component.ts"), join(folder, "lwc.js")];
  writeFileSync(input, code);
  writeFileSync(lwc, "export class LightningElement {}\nexport const api = () => {};\n");
  await build({
    root: folder,
    configFile: false,
    logLevel: "silent",
    resolve: { alias: { lwc } },
    oxc: { decorator: { legacy: true } },
    build: {
      ssr: input,
      outDir: folder,
      emptyOutDir: false,
      rolldownOptions: { output: { entryFileNames: "built.mjs" } },
    },
  });
  return import(/* @vite-ignore */ pathToFileURL(join(folder, "built.mjs")).href);
}

test("the typed client's document is one of the schema's", () => {
  const [, document] = /graphql\(`([\s\S]*?)`\)/.exec(recipe("A program in TypeScript", "ts"))!;

  expect(validate(createSchema(), parse(document!))).toEqual([]);
});

test("the routing rules that the README speaks of are those of the command", async () => {
  const { rulesIn } = await import("../../src/cli/rules.ts");

  const rules = rulesIn(recipe("Where calls go is decided", "yaml"));

  expect(rules.map(({ name }) => name)).toEqual(["gold-desk"]);
});
