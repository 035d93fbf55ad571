import { parseArgs } from "node:util";
import { CONNECTORS } from "../connectors/connectors.ts";
import type { Core } from "../core.ts";
import { messagesIn } from "../http/routes/webhook-body.ts";
import { recordsOfMessages } from "../http/routes/webhooks.route.ts";
import { countReceipts, type ReceiptCounts } from "../ingest/receipt.ts";
import { originalsOf } from "../ingest/storing/originals.ts";
import { AppError } from "../kit/errors.ts";
import { noteCommand } from "./note-command.ts";
import { withCore } from "./with-core.ts";

const USAGE = `Usage: npm run c360 -- replay-originals <connector>
Reads the kept messages of a connector again, as it reads them now; sources set <connector> --originals-days keeps them.`;

/** Sends kept messages through their connector once more, as after an upgrade that reads more out of them. */
export async function replayOriginals(args: readonly string[]): Promise<number> {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} });
  const [name, ...more] = positionals;
  if (!name || more.length > 0) throw new AppError("BAD_INPUT", USAGE);
  const counts = await withCore(async (core) => {
    await noteCommand(core.database, "originals.replayed", { about: `connector ${name}` });
    return replayedFrom(core, name);
  });
  process.stdout.write(`${JSON.stringify(counts)}\n`);
  return 0;
}

/** Messages that were read again, and what became of their records. */
export async function replayedFrom(
  { database, keyring, ingest }: Core,
  name: string,
): Promise<{ messages: number; receipts: ReceiptCounts }> {
  const connector = CONNECTORS.find((one) => one.name === name);
  if (!connector) {
    const known = CONNECTORS.map((one) => one.name).join(", ");
    throw new AppError("BAD_INPUT", `No such connector: name one of ${known}.`);
  }
  const answer = { messages: 0, receipts: {} as ReceiptCounts };
  for await (const { headers, body } of originalsOf(database, { connector: name, key: keyring.rejectionKey })) {
    const records = recordsOfMessages(connector, messagesIn(body, headers));
    const receipts = await ingest.accept(records, { entryPoint: "replay", renews: true, keepsRejections: false });
    answer.messages += 1;
    for (const [status, count] of Object.entries(countReceipts(receipts))) {
      const key = status as keyof ReceiptCounts;
      answer.receipts[key] = (answer.receipts[key] ?? 0) + count;
    }
  }
  return answer;
}
