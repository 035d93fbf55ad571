import type { ErasureLedger } from "../../src/ingest/forgetting/erasure-ledger.ts";
import { openForgetter } from "../../src/ingest/forgetting/forget.ts";
import { receiptKeyOf } from "../../src/ingest/forgetting/signed-receipt.ts";
import type { TestDatabase } from "../kit/database.ts";
import { TEST_KEYS, type TestIngest } from "../kit/ingest.ts";

const RECEIPT_KEY = receiptKeyOf("a secret that lies outside the database");

/** Forgets in the database of this file. */
export const forgetterOf = (house: TestDatabase, ingest: TestIngest, ledger: ErasureLedger | null = null) =>
  openForgetter({ database: house.db, rules: ingest.rules, ...TEST_KEYS, receiptKey: RECEIPT_KEY, ledger });

export const BECAUSE = { by: { id: "test", name: "privacy officer" }, reason: "asked to" };
