import fc from "fast-check";
import { expect, test } from "vitest";
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
    /^(version|id|detail-type|source|account|time|region|resources\.|Type$|MessageId|TopicArn|Signature|Unsubscribe|requestId|timestamp|records\.|Timestamp|SigningCert|Message$|MessageAttributes\.|Name$)/,
  ],
  cloudevents: [/^(specversion|type|source|id|time|subject|datacontenttype|dataschema|data_base64)$/],
  twilio: [/^(start|end|page|page_size|uri|first_page_uri|next_page_uri|previous_page_uri)$/],
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
  const kept = said.map(([path, value]) => placed(path.replace(/^.*?\b(?:sent|row)\./, "."), value));
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
