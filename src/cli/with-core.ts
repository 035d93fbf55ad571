import { readConfig } from "../config.ts";
import { type Core, openCore } from "../core.ts";
import { openLog } from "../kit/log.ts";

/** Runs a command over the database, beside a server or alone, and closes what it opened. */
export async function withCore<Answer>(work: (core: Core) => Promise<Answer>): Promise<Answer> {
  const core = await openCore({ config: readConfig(), log: openLog("warn"), statementTimeoutMs: 0, mayShare: true });
  try {
    return await work(core);
  } finally {
    await core.close();
  }
}
