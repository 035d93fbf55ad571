import type { Mapping } from "../../connectors/mapping/language.ts";
import type { Db } from "../../db/client.ts";
import type { SourceSettings } from "../../facts/identity.ts";
import { type Rules, settingsOf } from "../../facts/rules.ts";
import { saveSource } from "../../identity/rules.repository.ts";
import { canonical } from "../../kit/canonical.ts";
import { AppError } from "../../kit/errors.ts";

/** The settings of the mapping's source: those of the mapping first, then the stored ones, then the defaults. */
function settingsFor({ source, settings }: Mapping, rules: Rules): SourceSettings {
  return { ...settingsOf(rules, source), ...settings };
}

/** The rules as they will be once the source is stored. */
export function rulesWith(mapping: Mapping, rules: Rules): Rules {
  return { ...rules, sources: new Map([...rules.sources, [mapping.source, settingsFor(mapping, rules)]]) };
}

/**
 * Stores the settings of a new source. Those of an existing source are replaced only on request, since somebody chose
 * them and records were read by them.
 */
export async function settleSource(
  db: Db,
  mapping: Mapping,
  { rules, replaces }: { rules: Rules; replaces: boolean },
): Promise<void> {
  const known = rules.sources.get(mapping.source);
  const wanted = settingsFor(mapping, rules);
  const different = known ? differencesOf(known, wanted) : [];
  if (different.length > 0 && !replaces) {
    throw new AppError(
      "CONFLICT",
      `The source ${mapping.source} has other settings than the mapping (${different.join(", ")}): change the mapping's settings, or let them replace the source's with --update-source.`,
    );
  }
  if (!known || different.length > 0) await saveSource(db, wanted);
}

function differencesOf(known: SourceSettings, wanted: SourceSettings): string[] {
  const keys = Object.keys(wanted) as (keyof SourceSettings)[];
  return keys.filter((key) => canonical(known[key]) !== canonical(wanted[key]));
}
