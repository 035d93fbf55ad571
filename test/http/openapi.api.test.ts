import { expect, test } from "vitest";
import { z } from "zod";
import { CONNECTORS } from "../../src/connectors/connectors.ts";
import { ADMIN_KEY, useApp } from "../app/use-app.ts";
import { FORM, freePort, proofOf } from "./vendors.ts";

const publicUrl = `http://127.0.0.1:${await freePort()}`;
const secrets = Object.fromEntries(CONNECTORS.map(({ name }) => [name, `secret of ${name}`]));
const house = useApp({
  settings: {
    PORT: new URL(publicUrl).port,
    C360_PUBLIC_URL: publicUrl,
    C360_WEBHOOK_SECRETS: JSON.stringify(secrets),
  },
});

// biome-ignore lint/suspicious/noExplicitAny: a document is looked into, not modelled
type Json = any;

/** For people: GraphiQL, the console's pages, which have more below them, and what they are made of. */
const isPage = (route: string) =>
  /^GET \/(favicon\.svg|assets\/.*|graphiql|.*\/\*)?$/.test(route) || house.app.routes.includes(`${route}/*`);
const readDocument = async (): Promise<Json> => (await fetch(`${house.url}/openapi.json`)).json();

/** Every operation, by its verb and address. */
function operationsOf(document: Json): [string, Json][] {
  return Object.entries<Json>(document.paths).flatMap(([path, verbs]) =>
    Object.entries<Json>(verbs).map(([verb, operation]): [string, Json] => [
      `${verb.toUpperCase()} ${path}`,
      operation,
    ]),
  );
}

/** Makes validators of schemas of the document, of JSON Schema by zod: each once, since it reads all components. */
function validatorsOf(document: Json): (schema: Json) => z.ZodType {
  const made = new Map<string, z.ZodType>();
  return (schema) => {
    const key = JSON.stringify(schema);
    const known = made.get(key);
    if (known) return known;
    const text = JSON.stringify({ ...schema, $defs: document.components.schemas });
    const validator = z.fromJSONSchema(JSON.parse(text.replaceAll("#/components/schemas/", "#/$defs/")));
    made.set(key, validator);
    return validator;
  };
}

test("every address that the server answers is described, and no other", async () => {
  const document = await readDocument();
  const isForProgrammes = (route: string) => /^(GET|POST) /.test(route) && !isPage(route);
  const spoken = (route: string) =>
    route.includes(":connector")
      ? CONNECTORS.map(({ name }) => route.replace(":connector", name))
      : [route.replace(/:(\w+)/g, "{$1}")];

  const answered = house.app.routes.filter(isForProgrammes).flatMap(spoken);

  expect(
    operationsOf(document)
      .map(([name]) => name)
      .toSorted(),
  ).toEqual([...new Set(answered)].toSorted());
});

test("every operation has a name of its own, every reference leads somewhere, every proof is explained", async () => {
  const document = await readDocument();
  const operations = operationsOf(document);
  const referred = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name!);
  const proofs = [document.security, ...operations.map(([, { security = [] }]) => security)]
    .flat()
    .flatMap(Object.keys);

  expect(document.openapi).toBe("3.1.0");
  expect(new Set(operations.map(([, { operationId }]) => operationId)).size).toBe(operations.length);
  expect(operations.filter(([, { summary, responses }]) => !summary || !responses["200"])).toEqual([]);
  expect(referred.filter((name) => !(name in document.components.schemas))).toEqual([]);
  expect(proofs.filter((name) => !(name in document.components.securitySchemes))).toEqual([]);
});

test("every schema can be read, and every example fits the schema beside it", async () => {
  const document = await readDocument();
  const contents = operationsOf(document).flatMap(([name, { requestBody, responses }]) =>
    [requestBody, ...Object.values<Json>(responses)].flatMap((part) =>
      Object.values<Json>(part?.content ?? {}).map((content) => ({ name, ...content })),
    ),
  );

  const validatorOf = validatorsOf(document);
  const shown = contents.filter(({ example }) => example !== undefined);
  const wrong = contents.flatMap(({ name, schema, example }) => {
    const validator = validatorOf(schema ?? {});
    return example === undefined || validator.safeParse(example).success ? [] : [name];
  });

  expect(shown.length).toBeGreaterThan(25);
  expect(wrong).toEqual([]);
});

test("every example can be sent as it stands, and is answered as described", async () => {
  const document = await readDocument();
  // A stream has no end, and an export needs a customer's id or a link made of one: test/privacy asks for these.
  const operations = operationsOf(document).filter(([name]) => !/\/graphql\/stream$|\/exports?$/.test(name));

  const validatorOf = validatorsOf(document);
  const wrong: string[] = [];
  for (const [name, operation] of operations) {
    const reply = await sendExample(name, operation);
    const text = await reply.text();
    const type = reply.headers.get("content-type")!.split(";")[0]!;
    const described = operation.responses[reply.status]?.content?.[type];
    const answer = type === "application/json" ? JSON.parse(text) : text;
    const isFitting = described && validatorOf(described.schema ?? {}).safeParse(answer).success;
    const isRefused = Boolean(answer.counts?.REJECTED || answer.errors);
    if (reply.status !== 200 || !isFitting || isRefused) wrong.push(`${name}: ${text.slice(0, 500)}`);
  }

  expect(wrong).toEqual([]);
});

function sendExample(name: string, operation: Json): Promise<Response> {
  const [verb, path] = name.split(" ") as [string, string];
  const query = new URLSearchParams(
    (operation.parameters ?? []).flatMap(({ in: place, name: parameter, example, content }: Json) => {
      const value = example ?? (content && JSON.stringify(content["application/json"].example));
      return place === "query" && value !== undefined ? [[parameter, value]] : [];
    }),
  );
  const address = query.size > 0 ? `${path}?${query}` : path;
  if (verb === "GET") {
    return fetch(`${house.url}${address}`, { headers: { authorization: `Bearer ${ADMIN_KEY}`, accept: "*/*" } });
  }
  const [[type, { example }]] = Object.entries<Json>(operation.requestBody.content).filter(
    ([, content]) => content.example !== undefined,
  ) as [[string, Json]];
  const body = type === FORM ? new URLSearchParams(example).toString() : JSON.stringify(example);
  const connector = /^\/v1\/webhooks\/(.+)$/.exec(path)?.[1];
  const proof = connector && proofOf(connector, { secret: secrets[connector]!, body, address: publicUrl + path });
  return house.post(path, body, { "content-type": type, ...(proof && { authorization: "", ...proof }) });
}
