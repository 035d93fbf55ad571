import { existsSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { readConfig } from "../config.ts";
import {
  isGenuine,
  publicKeyOf,
  receiptKeyFileIn,
  receiptKeyOf,
  type SignedReceipt,
} from "../ingest/forgetting/signed-receipt.ts";
import { AppError } from "../kit/errors.ts";

const USAGE =
  "Usage: npm run c360 -- verify-receipt <file> [--public-key <base64>]; else C360_SECRET says which key, or receipt.key in DATA_DIR.";

/** Checks a receipt of forgetting, offline: it is what was signed, and by this key. */
export async function verifyReceipt(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: { "public-key": { type: "string" } },
    allowPositionals: true,
  });
  const [file, ...more] = positionals;
  const key = values["public-key"] ?? ownKey();
  if (!file || more.length > 0 || !key) throw new AppError("BAD_INPUT", USAGE);
  const receipt = receiptIn(file);
  const genuine = isGenuine(receipt, key);
  const { id, at, by } = receipt;
  const said = genuine
    ? `Genuine: ${id}, forgotten at ${at} by ${by}.`
    : "Not genuine: changed, or signed by another key.";
  process.stdout.write(`${said}\n`);
  return genuine ? 0 : 1;
}

function ownKey(): string | null {
  const { secret, databaseUrl, dataDir } = readConfig();
  if (secret !== null) return publicKeyOf(receiptKeyOf(secret));
  const file = receiptKeyFileIn(dataDir);
  const isEmbedded = databaseUrl === null;
  return isEmbedded && existsSync(file) ? publicKeyOf(receiptKeyOf(readFileSync(file, "utf8"))) : null;
}

function receiptIn(file: string): SignedReceipt {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as SignedReceipt;
  } catch {
    throw new AppError(
      "BAD_INPUT",
      `${file} is no receipt: give the JSON that forgetCustomer answered as \`receipt\`.`,
    );
  }
}
