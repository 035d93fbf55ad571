import { parseArgs } from "node:util";
import type { Core } from "../core.ts";
import { retainingOf } from "../housekeeping.ts";
import { previewRetention, RETAINED, readRetention, retain } from "../ingest/forgetting/retain.ts";
import { AppError } from "../kit/errors.ts";
import { isId } from "../kit/page.ts";
import { noteCommand } from "./note-command.ts";
import { releaseHold, saveHold, saveRetentionRule } from "./retain.repository.ts";
import { withCore } from "./with-core.ts";

const KINDS = Object.values(RETAINED);
const ALL_SOURCES = "";
/** Runs that are shown. */
const LAST = 20;
const FOR_GOOD = "for-good";
/** A century: beyond it the setting would mean nothing. */
const MOST_DAYS = 36_500;
const USAGE = `Usage:
  npm run c360 -- retain --dry-run                       what each rule would let go of now
  npm run c360 -- retain                                 lets go of it, as servers do once a day
  npm run c360 -- retain set <kind> <days|${FOR_GOOD}> [--source <name>]   ${KINDS.join(", ")}; a source's own rule comes before that of all
  npm run c360 -- retain hold (--customer <id> | --source <name>) --reason <why>   nothing of theirs goes until it is released
  npm run c360 -- retain release <id of the hold>
  npm run c360 -- retain holds | runs                    the holds in force; the last twenty runs`;

type Work = (core: Core) => Promise<unknown>;

/** Shows and changes how long things are kept, and lets go of what is kept no longer. */
export async function retainNow(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      "dry-run": { type: "boolean", default: false },
      source: { type: "string" },
      customer: { type: "string" },
      reason: { type: "string" },
    },
  });
  const work = workOf(positionals, values);
  if (work === null) throw new AppError("BAD_INPUT", USAGE);
  const answer = await withCore(work);
  for (const line of [answer].flat()) process.stdout.write(`${JSON.stringify(line)}\n`);
  return 0;
}

interface Given {
  "dry-run": boolean;
  source?: string;
  customer?: string;
  reason?: string;
}

function workOf([verb, ...rest]: readonly string[], given: Given): Work | null {
  const isBare = rest.length === 0 && !given.source && !given.customer && !given.reason;
  if (given["dry-run"]) {
    return verb === undefined && isBare ? ({ database }) => previewRetention(database, new Date()) : null;
  }
  switch (verb) {
    case undefined:
      return isBare ? run : null;
    case "holds":
      return isBare ? async ({ database }) => (await readRetention(database, LAST)).holds : null;
    case "runs":
      return isBare ? async ({ database }) => (await readRetention(database, LAST)).runs : null;
    case "set":
      return given.customer || given.reason ? null : set(rest, given.source ?? ALL_SOURCES);
    case "hold":
      return rest.length === 0 ? hold(given) : null;
    case "release":
      return release(rest);
    default:
      return null;
  }
}

const run: Work = async ({ database, rules, keyring }) => {
  await noteCommand(database, "retention.applied");
  const gone = await retain(database, new Date(), retainingOf({ rules, keyring }));
  if (gone) return gone;
  throw new AppError("CONFLICT", "Another process is letting go of what is kept no longer: wait until it has ended.");
};

function set([kind, days, ...more]: readonly string[], source: string): Work | null {
  if (!kind || !days || more.length > 0) return null;
  const known = KINDS.find((name) => name === kind);
  if (!known) throw new AppError("BAD_INPUT", `Nothing is kept by the kind ${kind}: name one of ${KINDS.join(", ")}.`);
  if (known === RETAINED.AUDIT && source !== ALL_SOURCES) {
    throw new AppError("BAD_INPUT", "Entries of the audit have no source: leave out --source.");
  }
  const isForGood = days === FOR_GOOD;
  const count = Number(days);
  if (!isForGood && !(Number.isInteger(count) && count >= 1 && count <= MOST_DAYS)) {
    throw new AppError("BAD_INPUT", `Days are a whole number from 1 to ${MOST_DAYS}, or ${FOR_GOOD}.`);
  }
  const key = { kind: known, source };
  return async ({ database }) => {
    const about = `${kind} of ${source || "every source"}, ${isForGood ? FOR_GOOD : `${count} days`}`;
    await noteCommand(database, "retention-rule.changed", { about });
    await saveRetentionRule(database, key, isForGood ? null : count);
    return (await readRetention(database, LAST)).rules;
  };
}

function hold({ source, customer, reason }: Given): Work | null {
  if (!reason?.trim() || Boolean(source) === Boolean(customer) || (customer && !isId(customer))) return null;
  const whom = { source: source ?? null, customerId: customer?.toLowerCase() ?? null };
  return async ({ database }) => {
    const about = whom.source === null ? {} : { about: `source ${whom.source}` };
    await noteCommand(database, "hold.placed", { customerId: whom.customerId, ...about });
    return saveHold(database, { ...whom, reason });
  };
}

function release([id, ...more]: readonly string[]): Work | null {
  if (!id || !isId(id) || more.length > 0) return null;
  return async ({ database }) => {
    await noteCommand(database, "hold.released", { about: `hold ${id.toLowerCase()}` });
    if (await releaseHold(database, id.toLowerCase())) return { released: id };
    throw new AppError("NOT_FOUND", "No hold in force has this id: `retain holds` lists them.");
  };
}
