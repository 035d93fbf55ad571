import { withdrawBatch } from "../ingest/correcting/withdraw.ts";
import { COMMAND_LINE } from "../kit/actor.ts";
import { AppError } from "../kit/errors.ts";
import { noteCommand } from "./note-command.ts";
import { nothingMore } from "./nothing-more.ts";
import { withCore } from "./with-core.ts";

const USAGE = "Usage: npm run c360 -- withdraw-batch <id of a batch or an import>";

/** Undoes a bad import, by the id of its batch or of the whole import. */
export async function withdrawBatchOf([id, ...more]: readonly string[]): Promise<number> {
  nothingMore(more, USAGE);
  if (!id || !/^[0-9a-f-]{36}$/i.test(id)) throw new AppError("BAD_INPUT", USAGE);
  const answer = await withCore(async ({ database, rules }) => {
    await noteCommand(database, "import.withdrawn", { about: `import ${id.toLowerCase()}` });
    return withdrawBatch(database, id, { by: COMMAND_LINE.name, rules: rules() });
  });
  process.stdout.write(`${JSON.stringify(answer)}\n`);
  return 0;
}
