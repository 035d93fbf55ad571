import { expect, test } from "vitest";
import { publicErrorOf } from "../../src/graphql/engine/public-error.ts";
import { AppError } from "../../src/kit/errors.ts";
import { useApp } from "../app/use-app.ts";

const house = useApp();

function remembering() {
  const lines: { event: string; facts?: Record<string, unknown> }[] = [];
  const note = (event: string, facts?: Record<string, unknown>) => void lines.push({ event, facts });
  const failed = { requestId: "0195-abc", log: { debug: note, info: note, warn: note, error: note } };
  return { lines, failed };
}

test("says a fault that the caller can mend, and logs nothing", () => {
  const { lines, failed } = remembering();

  const told = publicErrorOf(new AppError("NOT_FOUND", "No customer has this id."), failed);

  expect(told).toMatchObject({ code: "NOT_FOUND", message: "No customer has this id." });
  expect(lines).toEqual([]);
});

test("masks what cannot happen, logs it, and gives the caller the request's id", () => {
  const { lines, failed } = remembering();

  const told = publicErrorOf(new Error("the flux capacitor is out of line"), failed);

  expect(told.code).toBe("INTERNAL");
  expect(told.message).not.toContain("flux");
  expect(told.message).toContain("0195-abc");
  expect(told.requestId).toBe("0195-abc");
  expect(lines).toMatchObject([{ event: "request.failed", facts: { message: "the flux capacitor is out of line" } }]);
});

test("never logs what PostgreSQL quotes from a row", () => {
  const { lines, failed } = remembering();
  const quoting = Object.assign(new Error("duplicate key value (phone)=(+46701234567)"), {
    code: "23505",
    severity: "ERROR",
  });

  publicErrorOf(quoting, failed);

  expect(lines).toHaveLength(1);
  expect(JSON.stringify(lines)).toContain("23505");
  expect(JSON.stringify(lines)).not.toContain("4670123");
});

test.each([
  [{ code: "57014" }, "TIMEOUT"],
  [{ code: "57P01" }, "UNAVAILABLE"],
  [{ code: "53300" }, "UNAVAILABLE"],
  [{ code: "ECONNREFUSED" }, "UNAVAILABLE"],
  [{ message: "Connection terminated unexpectedly" }, "UNAVAILABLE"],
  [{ code: "22021" }, "BAD_INPUT"],
  [{ code: "23505" }, "INTERNAL"],
])("tells %j as %s", (facts, code) => {
  const { failed } = remembering();

  const told = publicErrorOf(Object.assign(new Error(""), facts), failed);

  expect(told.code).toBe(code);
});

test.each([
  ["a document that cannot be read", "{ customer("],
  ["an unknown field", "{ unicorns }"],
  ["an operation that is not there", "query a { __typename } query b { __typename }"],
  [
    "a time without a zone",
    '{ customers(filter: { seenIn: { from: "2026-11-20T09:00:00", to: "2026-11-21T09:00:00Z" } }) { totalCount } }',
  ],
  [
    "the 30th of February",
    '{ customers(filter: { seenIn: { from: "2026-02-30T09:00:00Z", to: "2026-11-21T09:00:00Z" } }) { totalCount } }',
  ],
  ["an enum value that does not exist", "{ interactions(filter: { channels: [PIGEON] }) { totalCount } }"],
])("tells %s as BAD_INPUT", async (_name, query) => {
  const { errors } = await house.ask(query);

  expect(errors?.[0]?.extensions.code).toBe("BAD_INPUT");
});

test("carries nothing but the code beside an error", async () => {
  const { errors } = await house.ask("{ unicorns }");

  expect(errors?.[0]?.extensions).toEqual({ code: "BAD_INPUT" });
});

const LOG_CALL = "mutation ($i: LogCallInput!) { logCall(input: $i) { status } }";
const CALL = { source: "cti", sourceId: "1", startedAt: "2026-11-20T09:00:00Z" };

test.each([
  ["a field of another type", { ...CALL, callReason: { of: "anna@example.com; really" } }, 'at "i.callReason"'],
  [
    "a field that there is none of",
    { ...CALL, identities: [{ namespace: "email", value: "anna@example.com", x: 1 }] },
    "x",
  ],
  ["a word that is no value", { ...CALL, outcome: "anna@example.com" }, 'enum "Outcome"'],
  ["no number", { ...CALL, durationSeconds: "anna@example.com" }, "Int cannot represent"],
])("never repeats what was sent: %s", async (_name, input, said) => {
  const { errors } = await house.ask(LOG_CALL, { i: input });

  expect(errors?.[0]?.extensions?.code).toBe("BAD_INPUT");
  expect(errors?.[0]?.message).toContain(said);
  expect(JSON.stringify(errors)).not.toContain("anna");
});

test("never repeats what was sent where a time belongs", async () => {
  const query = "query ($f: CustomerFilterInput) { customers(filter: $f) { totalCount } }";

  const { errors } = await house.ask(query, { f: { seenIn: { from: "anna@example.com", to: "anna@example.com" } } });
  const { data } = await house.ask(LOG_CALL.replace("status", "userErrors { message }"), {
    i: { ...CALL, startedAt: "anna@example.com" },
  });

  expect(errors?.[0]).toMatchObject({
    message: expect.stringContaining("RFC 3339"),
    extensions: { code: "BAD_INPUT" },
  });
  expect(data.logCall.userErrors[0].message).toContain("RFC 3339");
  expect(JSON.stringify([errors, data])).not.toContain("anna");
});

test.each(["callReason: anna", "outcome: anna", "durationSeconds: anna", "identities: { namespace: 1, value: anna }"])(
  "never repeats what a document says: %s",
  async (field) => {
    const { errors } = await house.ask(
      `mutation { logCall(input: { source: "cti", sourceId: "1", startedAt: "2026-11-20T09:00:00Z", ${field} }) { status } }`,
    );

    expect(errors?.length).toBeGreaterThan(0);
    expect(JSON.stringify(errors)).not.toContain("anna");
  },
);

test("refuses what is nested too deep to be read, however deep", async () => {
  const depth = 20_000;
  const query = "query Deep($input: HistogramInput!) { histogram(input: $input) { total } }";
  const metric = `${'{"not":'.repeat(depth)}{}${"}".repeat(depth)}`;
  const period = '{"from":"2026-11-01T00:00:00Z","to":"2026-12-01T00:00:00Z"}';

  const reply = await house.post(
    "/graphql",
    `{"query":${JSON.stringify(query)},"variables":{"input":{"period":${period},"metric":${metric}}}}`,
  );

  const { errors } = (await reply.json()) as { errors: { message: string; extensions: { code: string } }[] };
  expect(errors[0]?.extensions.code).toBe("LIMIT_EXCEEDED");
  expect(errors[0]?.message).toContain("flatter");
});

test("asks for a search without NUL instead of failing", async () => {
  const { errors } = await house.ask('{ customers(filter: { search: "a\\u0000" }) { totalCount } }');

  expect(errors?.[0]?.extensions?.code).toBe("BAD_INPUT");
});
