import type { Db } from "../../db/client.ts";
import type { SourceSettings } from "../../facts/identity.ts";
import { type Rules, settingsOf } from "../../facts/rules.ts";
import { isGuest, maySource } from "../../facts/writer.ts";
import { addSource } from "../../identity/rules.repository.ts";
import type { IncomingRecord } from "../receipt.ts";
import { wasWritten } from "./guests.repository.ts";

/** Sources that a menu, an agent or a browser was the first to write as: nobody set them up, so they may not join. */
export interface Guests {
  /** The rules with the sources that these records introduce. */
  introduce(records: readonly IncomingRecord[], rules: Rules): Promise<Rules>;
}

export function openGuests(db: Db): Guests {
  const written = new Set<string>();
  const introduced = new Map<string, SourceSettings>();
  return {
    async introduce(records, rules) {
      for (const name of strangersIn(records, rules)) {
        if (written.has(name)) continue;
        if (!introduced.has(name) && (await wasWritten(db, name))) {
          written.add(name);
          continue;
        }
        const settings = { ...settingsOf(rules, name), joins: false };
        await addSource(db, settings);
        introduced.set(name, settings);
      }
      // Until the rules are read again.
      for (const name of introduced.keys()) if (rules.sources.has(name)) introduced.delete(name);
      return introduced.size === 0 ? rules : { ...rules, sources: new Map([...rules.sources, ...introduced]) };
    },
  };
}

function strangersIn(records: readonly IncomingRecord[], { sources }: Rules): Set<string> {
  const names = new Set<string>();
  for (const { writer, body } of records) {
    if (!writer || !isGuest(writer) || typeof body !== "object" || body === null || !("source" in body)) continue;
    const name = typeof body.source === "string" ? body.source.trim() : "";
    if (name !== "" && name.length <= MAX_SOURCE && !sources.has(name) && maySource(writer.sources, name))
      names.add(name);
  }
  return names;
}

/** Characters of the longest name of a source. */
const MAX_SOURCE = 64;
