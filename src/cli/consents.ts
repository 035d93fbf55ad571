import type { Core } from "../core.ts";
import { CONSENT_USES, PURPOSES } from "../fields/choices.ts";
import { AppError } from "../kit/errors.ts";
import { findConsentRules, saveConsentRule } from "./consents.repository.ts";
import { noteCommand } from "./note-command.ts";
import { nothingMore } from "./nothing-more.ts";
import { withCore } from "./with-core.ts";

const NONE = "none";
const USAGE = `Usage:
  npm run c360 -- consents list                      which consent each use asks for, and how many customers it leaves out
  npm run c360 -- consents set <use> <purpose>       ${CONSENT_USES.join(", ")}: ${PURPOSES.join(", ")}, or ${NONE}
A use leaves out whoever refuses its purpose, or withdrew it; of whom nothing is said, it leaves out nobody. It holds at once.`;

/** Shows and changes which consent is asked for where. */
export async function consents([verb, ...args]: string[]): Promise<number> {
  const run = { list, set }[verb ?? ""];
  if (!run) throw new AppError("BAD_INPUT", USAGE);
  await withCore(run(args));
  return 0;
}

type Work = (core: Core) => Promise<void>;

function list(args: string[]): Work {
  nothingMore(args, USAGE);
  return async ({ database }) => {
    for (const rule of await findConsentRules(database)) process.stdout.write(`${JSON.stringify(rule)}\n`);
  };
}

function set([use, purpose, ...more]: string[]): Work {
  nothingMore(more, USAGE);
  const known = CONSENT_USES.find((name) => name === use);
  const asked = purpose === NONE ? null : PURPOSES.find((name) => name === purpose);
  if (!known || asked === undefined) throw new AppError("BAD_INPUT", USAGE);
  return async (core) => {
    await noteCommand(core.database, "consent-rule.changed", { about: `${known} asks for ${asked ?? NONE}` });
    await saveConsentRule(core.database, known, asked);
    await list([])(core);
  };
}
