import { readConfig } from "../config.ts";
import { openCore } from "../core.ts";
import { withdrawBatch } from "../ingest/withdraw.ts";
import { AppError } from "../kit/errors.ts";
import { openLog } from "../kit/log.ts";

/** Undoes a bad import, by the id of its batch or of the whole import. */
export async function withdrawBatchOf([id]: readonly string[]): Promise<number> {
  if (!id || !/^[0-9a-f-]{36}$/i.test(id)) {
    throw new AppError("BAD_INPUT", "Usage: npm run c360 -- withdraw-batch <id of a batch or an import>");
  }
  const core = await openCore({ config: readConfig(), log: openLog("warn"), statementTimeoutMs: 0, mayShare: true });
  try {
    const answer = await withdrawBatch(core.database, id, { by: "command line", rules: core.rules() });
    process.stdout.write(`${JSON.stringify(answer)}\n`);
    return 0;
  } finally {
    await core.close();
  }
}
