import fc from "fast-check";
import { expect, test } from "vitest";
import type { AdaptedRecord } from "../../src/connectors/adapter.ts";
import { CONNECTORS } from "../../src/connectors/connectors.ts";
import { restOf } from "../../src/connectors/rest.ts";
import { messagesIn } from "../../src/http/routes/webhook-body.ts";
import { validate } from "../../src/ingest/reading/validate.ts";
import { anyCharacter, draws } from "../kit/draws.ts";
import { FIXTURE_LIST, payloads } from "./senders.ts";

/**
 * What no record holds, by the path in the message, and why: envelopes, which say how a message came; recordings inside a
 * vCon, which are no text.
 */
const LEFT_OUT: Readonly<Record<string, readonly RegExp[]>> = {
  "amazon-connect": [
    /^(version|id|detail-type|source|account|time|region|resources\.\d+|requestId|timestamp)$/,
    /^(Type|MessageId|TopicArn|Timestamp|SignatureVersion|Signature|SigningCertURL|UnsubscribeURL)$/,
    // The message itself, as text.
    /^(Message|records\.\d+\.data)$/,
  ],
  cloudevents: [/^(specversion|datacontenttype|data_base64)$/, /^type$/],
  vcon: [/^dialog\.\d+\.body$/],
};

const leaves = (value: unknown, path = ""): [string, unknown][] => {
  if (value === null || value === undefined || value === "") return [];
  // Rows of CSV: each of their cells.
  if (path === "" && typeof value === "string") return value.split(/[",\n]+/).map((cell) => [cell, cell]);
  if (typeof value !== "object") return [[path.slice(1), value]];
  return Object.entries(value).flatMap(([name, part]) => leaves(part, `${path}.${name}`));
};

/** Where a leaf stands, its places in lists left aside: what was told is taken out of them. */
const placed = (path: string, value: unknown) => `${path.replace(/\.\d+(?=\.|$)/g, "")}=${textOf(value)}`;
const textOf = (value: unknown) => String(value).replaceAll("\u0000", "").trim();

/** What of a message no record says that was made of it, where none says that something was cut. */
function lostOf(connector: string, message: unknown): string[] {
  const records = CONNECTORS.find(({ name }) => name === connector)!.adapt(message);
  if (records.every(({ rejected }) => rejected)) return [];
  const said = records.flatMap(({ body }) => leaves(body));
  if (records.some(({ notes }) => notes) || said.some(([path]) => /\.cut$/.test(path))) return [];
  const told = new Set(said.map(([, value]) => textOf(value)));
  const kept = said.map(([path, value]) =>
    placed(path.replace(/^.*?\b(?:sent|row)\./, ".").replace(".@envelope.", "."), value),
  );
  const cells = typeof message === "string" ? [...told].join() : "";
  const isTold = ([path, value]: [string, unknown]) =>
    // Short values are those of many fields.
    (textOf(value).length >= 5 && told.has(textOf(value))) ||
    kept.some((one) => placed(`.${path}`, value).endsWith(one)) ||
    cells.includes(textOf(value));
  return leaves(message)
    .filter(([path]) => !LEFT_OUT[connector]?.some((pattern) => pattern.test(path)))
    .filter((leaf) => !isTold(leaf))
    .map(([path]) => path);
}

test("whatever a message says stands in a record that was made of it, or in its metadata", () => {
  const lost = FIXTURE_LIST.flatMap(({ connector, name, given }) =>
    lostOf(connector, given).map((path) => `${connector} ${name}: ${path}`),
  );

  expect(lost).toEqual([]);
});

test("whatever real senders said stands in a record that was made of it, or in its metadata", () => {
  const lost = payloads().flatMap(({ connector, file, bytes }) =>
    messagesIn(bytes, {}).flatMap((message) =>
      lostOf(connector, message).map((path) => `${connector} ${file}: ${path}`),
    ),
  );

  expect(lost).toEqual([]);
});

test("what is put into any place of a message, or beside it, is in a record or refused", () => {
  const lost = FIXTURE_LIST.flatMap(({ connector, name, given }) => {
    const { adapt } = CONNECTORS.find((one) => one.name === connector)!;
    const refused = refusedIn(adapt(given));
    // What is refused is told: the change made one more so.
    const isHeard = (records: readonly AdaptedRecord[]) =>
      JSON.stringify(records).includes(MARK) || refusedIn(records) > refused;
    return changesOf(given)
      .filter(({ path }) => !LEFT_OUT[connector]?.some((pattern) => pattern.test(path.join("."))))
      .filter(({ message }) => !isHeard(adapt(message)))
      .map(({ path, how }) => `${connector} ${name}: ${how} ${path.join(".")}`);
  });

  expect(lost).toEqual([]);
});

const MARK = "zqmarkqz";

function refusedIn(records: readonly AdaptedRecord[]): number {
  return records.filter(({ rejected }) => rejected).length;
}

interface Change {
  path: readonly string[];
  how: string;
  message: unknown;
}

/** A message with the mark in place of each of its parts, and as one member more of each list and object. */
function changesOf(given: unknown): Change[] {
  const change = (path: readonly string[], how: string, made: (part: unknown) => unknown): Change => {
    return { path, how, message: changed(given, path, made) };
  };
  const at = (part: unknown, path: readonly string[]): Change[] => {
    const own = path.length > 0 ? [change(path, "instead of", () => MARK)] : [];
    if (typeof part !== "object" || part === null) return own;
    const more = Array.isArray(part)
      ? [MARK, { unheard: MARK }].map((one) => change(path, "last in", (list) => [...(list as unknown[]), one]))
      : [change(path, "beside those of", (row) => ({ ...(row as object), unheard: MARK }))];
    return [...own, ...more, ...Object.entries(part).flatMap(([name, inner]) => at(inner, [...path, name]))];
  };
  return at(given, []);
}

function changed(value: unknown, [name, ...path]: readonly string[], made: (part: unknown) => unknown): unknown {
  if (name === undefined) return made(value);
  const inner = changed((value as Record<string, unknown>)[name], path, made);
  return Array.isArray(value)
    ? value.map((one, at) => (String(at) === name ? inner : one))
    : { ...(value as object), [name]: inner };
}

test("each member of a list has a receipt, also what is no message", () => {
  const page = { type: "page", anonymousId: "visitor-1", timestamp: "2026-03-20T10:00:00Z", messageId: "m-1" };

  const records = CONNECTORS.find(({ name }) => name === "segment")!.adapt({ batch: [page, page, null, 5] });

  expect(records.map(({ rejected }) => rejected?.reason)).toEqual([undefined, undefined, "MALFORMED", "MALFORMED"]);
});

test("what a sender adds to a message stays, under its own name", () => {
  const call = { id: 9, start_time: "2026-03-20T10:00:00Z", duration: "13", customer_phone_number: "+46701740605" };
  const added = { recording: "https://calls.example/9.mp3", sentiment: { score: 0, words: ["late", "late"] } };

  const [record] = CONNECTORS.find(({ name }) => name === "callrail")!.adapt({ ...call, ...added });

  expect(record?.body.metadata).toMatchObject({ sent: added });
});

test("a long text is cut, short ones stay, and the record says so", () => {
  const { sent, cut } = restOf({ transcript: "ä".repeat(90_000), language: "sv-SE" }, { fields: {}, named: {} });

  expect(sent?.language).toBe("sv-SE");
  expect(String(sent?.transcript).length).toBeGreaterThan(25_000);
  expect(cut).toMatch(/cut or left out: transcript\.$/);
});

test("no message makes more metadata than a record may have, or such as it may not", () => {
  const value = fc.oneof(fc.jsonValue({ maxDepth: 4 }), fc.string({ unit: anyCharacter, maxLength: 60_000 }));
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: anyCharacter }), value, { maxKeys: 30 }), (extra) => {
      const message = { ...extra, id: 9, start_time: "2026-03-20T10:00:00Z", tracking_phone_number: "+46812345678" };

      const [record] = CONNECTORS.find(({ name }) => name === "callrail")!.adapt(message);

      expect(validate(record!, "UTC")).toHaveProperty("body");
    }),
    draws(200),
  );
});
