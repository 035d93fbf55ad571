import { beforeEach } from "vitest";
import type { Database } from "../../src/db/client.ts";
import { SCOPES } from "../../src/graphql/engine/policy.ts";
import { findRules } from "../../src/identity/rules.repository.ts";
import type { IncomingRecord } from "../../src/ingest/receipt.ts";
import { ensureRoutingRules } from "../../src/ingest/ringing/routing-rules.repository.ts";
import { openLog } from "../../src/kit/log.ts";
import { openRequest, type RequestContext } from "../../src/request.ts";
import type { TestApp } from "../app/use-app.ts";
import type { TestDatabase } from "../kit/database.ts";
import { NO_AUDIT_LOG, PATIENT_MS, TEST_KEYS, type TestIngest } from "../kit/ingest.ts";
import { BOUND_TO_NOTHING } from "../kit/viewer.ts";
import { journeysOf } from "../kit/workers.ts";

/** The default routing rules before each test, as `openCore` leaves them. */
export function useRoutingRules(house: TestDatabase | TestApp): void {
  beforeEach(async () => {
    await ensureRoutingRules(house.db);
    if ("app" in house) await house.app.core.refreshRules();
  });
}

/** A request of somebody who may see everything. */
export async function requestOn(db: Database): Promise<RequestContext> {
  return openRequest({
    db,
    journeys: journeysOf(db),
    log: openLog("silent"),
    rules: await findRules(db, "SE"),
    ...TEST_KEYS,
    auditLog: NO_AUDIT_LOG,
    lookupDeadlineMs: PATIENT_MS,
    requestId: "test",
    viewer: { name: "test", role: "admin", scopes: new Set<string>(SCOPES), ...BOUND_TO_NOTHING },
  });
}

export const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

type Identities = Readonly<Record<string, string>>;

interface Told {
  at: Date;
  [field: string]: unknown;
}

/** Sends what happened to ingest, in a line each. */
export function telling(ingest: TestIngest) {
  let counter = 0;
  const send = async (kind: IncomingRecord["kind"], body: object) => {
    counter += 1;
    const sourceId = `${kind}-${counter}`;
    const [receipt] = await ingest.accept([{ kind, body: { sourceId, ...body } }], { entryPoint: "test" });
    if (receipt!.status === "REJECTED") throw new Error(receipt!.message ?? "rejected");
    return receipt!;
  };
  return {
    page: (who: Identities, { at, ...rest }: Told) =>
      send("touchpoint", {
        source: "web",
        identities: listOf(who),
        occurredAt: at,
        kind: "PAGE_VIEW",
        channel: "WEB",
        ...rest,
      }),
    call: (who: Identities, { at, ...rest }: Told) =>
      send("call", { source: "telephony", identities: listOf(who), startedAt: at, ...rest }),
    leg: (who: Identities, { at, ...rest }: Told) =>
      send("interaction", {
        source: "desk",
        channelType: "CHAT",
        identities: listOf(who),
        sessionStartTime: at,
        ...rest,
      }),
    state: (who: Identities, fields: object = {}) =>
      send("customer", { source: "crm", observedAt: minutesAgo(100_000), identities: listOf(who), ...fields }),
  };
}

export function listOf(who: Identities) {
  return Object.entries(who).map(([namespace, value]) => ({ namespace, value }));
}
