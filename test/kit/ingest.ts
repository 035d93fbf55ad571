import { beforeEach } from "vitest";
import type { AuditLog } from "../../src/audit/audit-log.ts";
import type { Rules } from "../../src/facts/rules.ts";
import { findRules } from "../../src/identity/rules.repository.ts";
import { type Ingest, openIngest } from "../../src/ingest/ingest.ts";
import { openLog } from "../../src/kit/log.ts";
import type { TestDatabase } from "./database.ts";

/** Any 32 bytes serve as a key. */
export const TEST_KEYS = { identityKey: Buffer.alloc(32, 7), rejectionKey: Buffer.alloc(32, 9) };

/** Milliseconds of a look-up in tests: what is waited for is a fact, not its speed. */
export const PATIENT_MS = 15_000;

/** Notes nothing, for tests without an audit. */
export const NO_AUDIT_LOG: AuditLog = { note() {}, async settle() {}, async close() {} };

export interface TestIngest extends Ingest {
  /** Reads the rules again, after a test changed a namespace or a source. */
  refresh(): Promise<void>;
}

/** Ingest over the database of this file. It reads the rules again before each test. */
export function useIngest(house: TestDatabase): TestIngest {
  const entryPoint = {} as TestIngest;
  beforeEach(async () => {
    let rules: Rules = await findRules(house.db, "SE");
    const refresh = async () => {
      rules = await findRules(house.db, "SE");
    };
    const ingest = openIngest({ database: house.db, log: openLog("silent"), ...TEST_KEYS, rules: () => rules });
    Object.assign(entryPoint, ingest, { refresh });
  });
  return entryPoint;
}
