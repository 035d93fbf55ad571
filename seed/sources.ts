import type { SourceSettings } from "../src/facts/identity.ts";
import { REDACTED_KINDS } from "../src/facts/redacting/redact-text.ts";
import { OWN_NUMBERS } from "./campaigns.ts";

/** The settings of the demo data's sources, where they differ from the defaults. */
export const DEMO_SOURCES: readonly SourceSettings[] = [
  // The CRM is believed before billing, billing before the insurance partner.
  source("crm", { rank: 10 }),
  source("billing", { rank: 20 }),
  // The partner numbers its customers from 1001, as we do: its custid is another identity.
  source("partner", { rank: 50, anchorIssuer: "partner" }),
  source("telephony", { ownNumbers: OWN_NUMBERS, foreignPrefixes: ["gbr0", "clarity"] }),
  source("connect", { ownNumbers: OWN_NUMBERS, foreignPrefixes: ["gbr0", "clarity"] }),
  // The menu system also reports its own time-outs; only prompts are kept.
  source("ivr", { ownNumbers: OWN_NUMBERS, keepKinds: ["PROMPT"] }),
];

function source(name: string, settings: Partial<SourceSettings>): SourceSettings {
  return {
    name,
    defaultRegion: "GB",
    timeZone: "Europe/London",
    anchorIssuer: null,
    keepKinds: [],
    foreignPrefixes: [],
    ownNumbers: [],
    rank: 100,
    volatileFields: [],
    transactionIssuer: null,
    anchorDigits: null,
    aheadMinutes: 10,
    visitTimeoutMinutes: 30,
    originalDays: 0,
    joins: true,
    redacts: REDACTED_KINDS,
    ...settings,
  };
}
