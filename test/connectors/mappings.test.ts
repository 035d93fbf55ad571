import { describe, expect, test } from "vitest";
import type { AdaptedRecord } from "../../src/connectors/adapter.ts";
import { type FileRow, openMapping } from "../../src/connectors/mapping/adapt.ts";
import { readShipped, shippedMappings } from "../../src/connectors/mapping/shipped.ts";
import { readApacheLine } from "../../src/ingest/reading/decode/apache.ts";
import { EXAMPLE_ROWS } from "./example-rows.ts";

const adapt = (name: string, row: FileRow): readonly AdaptedRecord[] =>
  openMapping(readShipped(name), { modifiedAt: new Date("2026-11-20T06:00:00Z") }).adapt(row);

test("every shipped mapping can be read and says what it is for", () => {
  const mappings = shippedMappings().map(readShipped);

  expect(mappings).toHaveLength(9);
  expect(mappings.filter(({ description }) => !description)).toEqual([]);
});

/** Columns that a mapping leaves out on purpose; docs/connectors.md says why. */
const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  "web-log": ["ip", "request"],
  "retail-bank-clients": ["day", "month", "year"],
};

test.each(Object.entries(EXAMPLE_ROWS))("%s keeps every column of its file", (name, row) => {
  // What was only hashed is not kept.
  const told = (cells: FileRow) => JSON.stringify(adapt(name, cells)).replace(/[0-9a-f]{32}/g, "");

  const lost = Object.keys(row).filter((column) => told({ ...row, [column]: `${row[column]}7` }) === told(row));

  expect(lost).toEqual(LEFT_OUT[name] ?? []);
});

test.each(["calls", "customers", "pages"])("%s keeps a column that it does not know", (name) => {
  const [record] = adapt(name, {
    sourceId: "1",
    startedAt: "2026-03-20T10:00:00Z",
    occurredAt: "2026-03-20T10:00:00Z",
    "Fav. colour": "mauve",
  });

  expect(record?.body[name === "customers" ? "extra" : "metadata"]).toMatchObject({ "Fav. colour": "mauve" });
});

describe("the retail bank", () => {
  const identityOf = (spelling: string) =>
    adapt("retail-bank-contacts", {
      complaint_id: "CR1",
      client_id: spelling,
      submitted_via: "Web",
      date_received: "05-03-2012",
    })[0]?.body.identities;

  test.each(["C00004587", "4587", "4587.0", "00004587"])("%s is client 4587", (spelling) => {
    expect(identityOf(spelling)).toEqual([{ namespace: "custid", value: "4587" }]);
  });

  test("a contact that came by phone shares its universal session with its call, and is no call", () => {
    const contact = { complaint_id: "CR7", client_id: "10", submitted_via: "Phone", date_received: "05-03-2012" };
    const call = {
      "Complaint ID": "CR7",
      "rand client": "C00000010",
      phonefinal: "508-555-0100",
      "Date received": "2012-03-05",
      ser_start: "09:00:00",
      ser_exit: "09:01:00",
    };

    const written = adapt("retail-bank-contacts", contact)[0]?.body;
    const spoken = adapt("retail-bank-calls", call)[0]?.body;

    expect(written).toMatchObject({ channelType: "TASK", universalSessionId: "retail/CR7" });
    expect(spoken).toMatchObject({ universalSessionId: "retail/CR7" });
    expect(spoken).not.toHaveProperty("outcome");
    expect(spoken).not.toHaveProperty("answeredAt");
  });
});

describe("the Technion's bank", () => {
  const row = EXAMPLE_ROWS["technion-calls"]!;

  test("a row is an IVR leg and a call of one contact, across midnight", () => {
    const [ivr, call] = adapt("technion-calls", row).map(({ body }) => body);

    expect(ivr).toMatchObject({
      sourceId: "AA0101/7/990105/ivr",
      channelType: "IVR",
      outcome: "TRANSFERRED_OUT",
      sessionStartTime: new Date("1999-01-05T21:58:00Z"),
      interactionEndTime: new Date("1999-01-05T21:58:10Z"),
      identities: [{ namespace: "custid", value: "4711" }],
    });
    expect(call).toMatchObject({
      sourceId: "AA0101/7/990105",
      universalSessionId: ivr?.universalSessionId,
      startedAt: new Date("1999-01-05T21:58:10Z"),
      answeredAt: new Date("1999-01-05T22:00:19Z"),
      endedAt: new Date("1999-01-05T22:04:19Z"),
      queueSeconds: 130,
      agentId: "MIA",
      callReason: "Regular activity",
      outcome: "HANDLED",
      metadata: { outcome: "AGENT" },
    });
  });

  const NEVER = { q_start: "0:00:00", q_exit: "0:00:00", q_time: "0", ser_start: "0:00:00", ser_exit: "0:00:00" };

  test("a caller who hung up in the VRU is an abandoned call that never queued", () => {
    const hung = { ...row, ...NEVER, outcome: "HANG", server: "NO_SERVER", customer_id: "0" };

    const [ivr, call] = adapt("technion-calls", hung).map(({ body }) => body);

    expect(ivr).toMatchObject({ outcome: "ABANDONED", identities: [] });
    expect(call).toMatchObject({ outcome: "ABANDONED", startedAt: call?.endedAt, identities: [] });
    expect(call).not.toHaveProperty("queueSeconds");
    expect(call).not.toHaveProperty("agentId");
  });

  test("an id that a spreadsheet mangled is nobody's, and a VRU that ends before it starts has no end", () => {
    const odd = { ...row, customer_id: "6.02E+11", vru_exit: "23:57:00", vru_time: "-60" };

    const [ivr, call] = adapt("technion-calls", odd).map(({ body }) => body);

    expect(ivr).toMatchObject({ identities: [], metadata: { vru_time: "-60", customer_id: "6.02E+11" } });
    expect(ivr).not.toHaveProperty("interactionEndTime");
    expect(call).toMatchObject({ outcome: "HANDLED" });
  });
});

describe("the web log", () => {
  const legsOf = (request: string, { status = "200", agent = "Mozilla/5.0 Firefox/28.0", ip = "10.0.0.1" } = {}) => {
    const text = `${ip} - - [17/May/2015:10:05:03 +0200] "${request}" ${status} 7 "-" "${agent}"`;
    const decoded = readApacheLine({ line: 1, text });
    return "row" in decoded ? adapt("web-log", decoded.row) : [];
  };

  test("a page view is kept with its campaign, of a device that is an address with a browser", () => {
    const [view] = legsOf("GET /blog/a?utm_campaign=may&utm_medium=feed HTTP/1.1");

    expect(view?.body).toMatchObject({
      occurredAt: new Date("2015-05-17T08:05:03Z"),
      kind: "PAGE_VIEW",
      channel: "WEB",
      campaign: "may",
      medium: "feed",
      identities: [{ namespace: "device", value: expect.stringMatching(/^[0-9a-f]{32}$/) }],
    });
    expect(legsOf("GET /b HTTP/1.1")[0]?.body.identities).toEqual(view?.body.identities);
    expect(legsOf("GET /b HTTP/1.1", { ip: "10.0.0.2" })[0]?.body.identities).not.toEqual(view?.body.identities);
  });

  test.each([
    ["an image", "GET /images/logo.PNG?v=2 HTTP/1.1", {}],
    ["a feed", "GET /?flav=rss20 HTTP/1.1", {}],
    ["a page that is not there", "GET /nowhere HTTP/1.1", { status: "404" }],
    ["a form that was sent", "POST /form HTTP/1.1", {}],
    ["a robot", "GET / HTTP/1.1", { agent: "Mozilla/5.0 (compatible; Googlebot/2.1)" }],
    ["a sender that names no browser", "GET / HTTP/1.1", { agent: "-" }],
    ["no request at all", "-", {}],
  ])("%s is no page view", (_, request, more) => {
    expect(legsOf(request, more)).toEqual([]);
  });

  test("a page whose name only looks like an image's is one", () => {
    expect(legsOf("GET /blog/why-png-beats.jpg.html HTTP/1.1")).toHaveLength(1);
  });
});
