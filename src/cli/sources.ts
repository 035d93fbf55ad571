import { parseArgs } from "node:util";
import { CONNECTORS } from "../connectors/connectors.ts";
import type { Database } from "../db/client.ts";
import type { SourceSettings } from "../facts/identity.ts";
import { isPhoneRegion } from "../facts/phone.ts";
import { isRedacted, REDACTED_KINDS, type RedactedKind } from "../facts/redacting/redact-text.ts";
import {
  MOST_AHEAD_MINUTES,
  MOST_ANCHOR_DIGITS,
  MOST_VISIT_TIMEOUT_MINUTES,
  type Rules,
  settingsOf,
} from "../facts/rules.ts";
import { TOUCHPOINT_KINDS, type TouchpointKind } from "../fields/choices.ts";
import { saveSource } from "../identity/rules.repository.ts";
import { AppError } from "../kit/errors.ts";
import { isTimeZone } from "../kit/time-zone.ts";
import { noteCommand } from "./note-command.ts";
import { nothingMore } from "./nothing-more.ts";
import { withCore } from "./with-core.ts";

const USAGE = `Usage:
  npm run c360 -- sources list
  npm run c360 -- sources set <name> [--region SE] [--time-zone Europe/Stockholm] [--issuer crm-se] [--digits 8] [--rank 10]
      [--keep PROMPT,INTENT] [--own +4680000000,…] [--foreign gbr0,clarity] [--volatile metadata,…] [--ahead 10] [--orders-of shop]
      [--originals-days 30] [--visit-timeout 30] [--joins yes|no]
      [--redact iban,card,ssn,email,phone,digits]
What is left out stays as it is; an empty text clears. Rank 1 is believed before rank 2; 100 is the default. Of
qubit, responsetap, infinity and call-tracking-metrics, visitor ids that begin with gbr0 or clarity are foreign by default. --visit-timeout is the pause in
minutes that ends a visit of page views without a session id; a rebuild cuts earlier visits by it too. With --joins no its
records join no two customers whom others know; a rebuild applies it to what is stored. --redact says what is taken out of
texts before they are stored, all six by default: numbers of accounts, cards and people everywhere, and of pages and searches
e-mail addresses, telephone numbers and long numbers too.`;

/** Lists and changes the settings of sources; they apply to the records that come after. */
export async function sources([verb, ...args]: readonly string[]): Promise<number> {
  const run = { list, set }[verb ?? ""];
  if (!run) throw new AppError("BAD_INPUT", USAGE);
  await withCore((core) => run(core.database, core.rules(), args));
  return 0;
}

async function list(_: Database, rules: Rules, args: readonly string[]): Promise<void> {
  nothingMore(args, USAGE);
  for (const source of rules.sources.values()) process.stdout.write(`${JSON.stringify(source)}\n`);
}

async function set(database: Database, rules: Rules, args: readonly string[]): Promise<void> {
  const source = sourceIn(args, rules);
  await noteCommand(database, "source.changed", { about: `source ${source.name}` });
  await saveSource(database, source);
  process.stdout.write(`${JSON.stringify(source)}\n`);
}

/** The settings of a source as these arguments change them; a setting that would do nothing is refused. */
export function sourceIn(args: readonly string[], rules: Rules): SourceSettings {
  const text = { type: "string" } as const;
  const options = {
    region: text,
    "time-zone": text,
    issuer: text,
    rank: text,
    keep: text,
    digits: text,
    own: text,
    foreign: text,
    volatile: text,
    ahead: text,
    "orders-of": text,
    "originals-days": text,
    "visit-timeout": text,
    joins: text,
    redact: text,
  };
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
  const [name, ...more] = positionals;
  if (!name || more.length > 0) throw new AppError("BAD_INPUT", USAGE);
  if (Object.keys(values).length === 0) throw new AppError("BAD_INPUT", USAGE);
  const source = changed(settingsOf(rules, name), values);
  if (source.anchorDigits !== null && source.anchorIssuer === null) throw new AppError("BAD_INPUT", NO_ISSUER);
  if (source.originalDays > 0 && !CONNECTORS.some((connector) => connector.name === name)) {
    const known = CONNECTORS.map((connector) => connector.name).join(", ");
    throw new AppError("BAD_INPUT", `--originals-days keeps the messages of a connector: name one of ${known}.`);
  }
  return source;
}

const NO_ISSUER =
  'Digits are those of the numbers of one issuer, and this source names none: add --issuer, or take them away with --digits "".';

type Given = Partial<Record<string, string>>;

function changed(now: SourceSettings, given: Given): SourceSettings {
  return {
    name: now.name,
    defaultRegion: given.region === undefined ? now.defaultRegion : region(given.region),
    timeZone: given["time-zone"] === undefined ? now.timeZone : zone(given["time-zone"]),
    anchorIssuer: given.issuer === undefined ? now.anchorIssuer : given.issuer || null,
    anchorDigits: given.digits === undefined ? now.anchorDigits : digits(given.digits),
    rank: given.rank === undefined ? now.rank : rank(given.rank),
    keepKinds: given.keep === undefined ? now.keepKinds : kinds(given.keep),
    ownNumbers: given.own === undefined ? now.ownNumbers : words(given.own),
    foreignPrefixes: given.foreign === undefined ? now.foreignPrefixes : words(given.foreign),
    volatileFields: given.volatile === undefined ? now.volatileFields : words(given.volatile),
    transactionIssuer: given["orders-of"] === undefined ? now.transactionIssuer : given["orders-of"] || null,
    aheadMinutes: given.ahead === undefined ? now.aheadMinutes : minutes(given.ahead),
    visitTimeoutMinutes:
      given["visit-timeout"] === undefined ? now.visitTimeoutMinutes : timeout(given["visit-timeout"]),
    originalDays: given["originals-days"] === undefined ? now.originalDays : days(given["originals-days"]),
    joins: given.joins === undefined ? now.joins : yesOrNo(given.joins),
    redacts: given.redact === undefined ? now.redacts : redacted(given.redact),
  };
}

function words(text: string): string[] {
  return text
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
}

function region(text: string): string | null {
  if (text !== "" && !isPhoneRegion(text))
    throw new AppError("BAD_INPUT", "--region takes the two letters of a country with telephone numbers, such as SE.");
  return text || null;
}

function zone(text: string): string | null {
  if (text !== "" && !isTimeZone(text))
    throw new AppError("BAD_INPUT", "--time-zone takes an IANA name, such as Europe/Stockholm.");
  return text || null;
}

function rank(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new AppError("BAD_INPUT", "--rank takes a whole number from 1.");
  return value;
}

function digits(text: string): number | null {
  const value = Number(text);
  if (text === "") return null;
  if (Number.isInteger(value) && value >= 1 && value <= MOST_ANCHOR_DIGITS) return value;
  throw new AppError("BAD_INPUT", `--digits takes a whole number of digits, 1 to ${MOST_ANCHOR_DIGITS}.`);
}

function minutes(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isInteger(value) && value >= 0 && value <= MOST_AHEAD_MINUTES) return value;
  throw new AppError("BAD_INPUT", `--ahead takes a whole number of minutes, 0 to ${MOST_AHEAD_MINUTES}.`);
}

function timeout(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= MOST_VISIT_TIMEOUT_MINUTES) return value;
  throw new AppError(
    "BAD_INPUT",
    `--visit-timeout takes a whole number of minutes, 1 to ${MOST_VISIT_TIMEOUT_MINUTES}.`,
  );
}

/** A year: personal data is not kept for longer because it might be of use. */
const MOST_ORIGINAL_DAYS = 366;

function days(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0 && value <= MOST_ORIGINAL_DAYS && text !== "") return value;
  throw new AppError("BAD_INPUT", `--originals-days takes a whole number of days, 0 to ${MOST_ORIGINAL_DAYS}.`);
}

function yesOrNo(text: string): boolean {
  if (text === "yes" || text === "no") return text === "yes";
  throw new AppError("BAD_INPUT", "--joins takes yes or no.");
}

function redacted(text: string): RedactedKind[] {
  const named = words(text);
  if (named.every(isRedacted)) return named;
  throw new AppError("BAD_INPUT", `--redact takes some of ${REDACTED_KINDS.join(", ")}, or an empty text.`);
}

function kinds(text: string): TouchpointKind[] {
  const named = words(text);
  if (named.every(isKind)) return named;
  throw new AppError("BAD_INPUT", `--keep takes kinds of touchpoint: ${TOUCHPOINT_KINDS.join(", ")}.`);
}

function isKind(word: string): word is TouchpointKind {
  return (TOUCHPOINT_KINDS as readonly string[]).includes(word);
}
