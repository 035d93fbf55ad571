import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { verifyReceipt } from "../../src/cli/verify-receipt.ts";
import { publicKeyOf, receiptKeyOf, signed } from "../../src/ingest/forgetting/signed-receipt.ts";

const key = receiptKeyOf("a secret that lies outside the database");
const counts = { customerRecords: 1, interactions: 2, touchpoints: 3, identities: 4, verdicts: 0, earlierVersions: 0 };
const more = { rejections: 0, originals: 0, calls: 0, answers: 0, texts: 0 };
const receipt = signed(
  {
    id: "01a22e51-8685-7e7c-900b-b9fe29c3f182",
    at: "2026-11-30T21:17:04.620Z",
    by: "privacy officer",
    reason: "asked to",
    counts: { ...counts, ...more },
    identities: ["255fcfd4-51df-8ab7-8063-efab70a847b4"],
    recordsDigest: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  },
  key,
);

function verifying(said: object, publicKey = publicKeyOf(key)): Promise<number> {
  const file = join(mkdtempSync(join(tmpdir(), "c360-receipt-")), "receipt.json");
  writeFileSync(file, JSON.stringify(said));
  return verifyReceipt([file, "--public-key", publicKey]);
}

test("a receipt is checked offline, in whatever order its fields were stored", async () => {
  const turned = Object.fromEntries(Object.entries(receipt).reverse());

  expect(await verifying(turned)).toBe(0);
});

test.each([
  ["what went", { counts: { ...receipt.counts, touchpoints: 2 } }],
  ["when", { at: "2026-11-30T21:17:04.621Z" }],
  ["by whom", { by: "nobody" }],
  ["who", { identities: [] }],
  ["the key", { publicKey: publicKeyOf(receiptKeyOf("another secret")) }],
])("a receipt that was changed in %s is not genuine", async (_, change) => {
  expect(await verifying({ ...receipt, ...change })).toBe(1);
});

test("a receipt of another key is not genuine, and what is no receipt is refused with the remedy", async () => {
  expect(await verifying(receipt, publicKeyOf(receiptKeyOf("another secret")))).toBe(1);
  await expect(verifyReceipt(["/nowhere", "--public-key", "x"])).rejects.toMatchObject({ code: "BAD_INPUT" });
});

test("an embedded database without a secret verifies by the key that lies beside it", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "c360-receipt-"));
  const file = join(dataDir, "receipt.json");
  writeFileSync(file, JSON.stringify(receipt));
  for (const name of ["DATABASE_URL", "C360_SECRET"]) vi.stubEnv(name, undefined);
  vi.stubEnv("DATA_DIR", dataDir);
  try {
    await expect(verifyReceipt([file])).rejects.toMatchObject({ code: "BAD_INPUT" });
    writeFileSync(join(dataDir, "receipt.key"), "a secret that lies outside the database");

    expect(await verifyReceipt([file])).toBe(0);
  } finally {
    vi.unstubAllEnvs();
  }
});
