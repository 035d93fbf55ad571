import type { IncomingRecord } from "../../src/ingest/receipt.ts";
import type { TestIngest } from "../kit/ingest.ts";

/** A day of November 2026, at noon, plus minutes. */
export function day(at: number): Date {
  return new Date(Date.UTC(2026, 10, 1, 12) + (at - 1) * 86_400_000);
}

export interface Told {
  /** Day of November 2026; fractions are parts of a day. */
  at: number;
  [namespace: string]: unknown;
}

const NAMESPACES = ["custid", "email", "phone", "ecid", "cookie"];

/** Sends stories to ingest, a line for each record. */
export function teller(ingest: TestIngest) {
  return {
    /** A call by source `phone-system`; what is no identity is a field of the call. */
    call: (sourceId: string, { at, ...rest }: Told) =>
      send(ingest, { kind: "call", body: { source: "phone-system", sourceId, startedAt: day(at), ...fieldsOf(rest) } }),
    /** A leg by source `desk`. */
    leg: (sourceId: string, { at, ...rest }: Told) =>
      send(ingest, {
        kind: "interaction",
        body: { source: "desk", sourceId, channelType: "CHAT", sessionStartTime: day(at), ...fieldsOf(rest) },
      }),
    /** A page view by source `web`. */
    page: (sourceId: string, { at, ...rest }: Told) =>
      send(ingest, {
        kind: "touchpoint",
        body: { source: "web", sourceId, occurredAt: day(at), kind: "PAGE_VIEW", channel: "WEB", ...fieldsOf(rest) },
      }),
    /** What a source states of a customer. */
    state: (source: string, sourceId: string, identities: object, fields: object = {}) =>
      send(ingest, {
        kind: "customer",
        body: { source, sourceId, observedAt: day(1), ...fieldsOf({ ...identities }), ...fields },
      }),
  };
}

function fieldsOf(rest: Record<string, unknown>) {
  const identities = NAMESPACES.flatMap((namespace) =>
    rest[namespace] === undefined ? [] : [{ namespace, value: String(rest[namespace]) }],
  );
  const fields = Object.fromEntries(Object.entries(rest).filter(([name]) => !NAMESPACES.includes(name)));
  return { identities, ...fields };
}

async function send(ingest: TestIngest, record: IncomingRecord) {
  const [receipt] = await ingest.accept([record], { entryPoint: "test" });
  return receipt!;
}
