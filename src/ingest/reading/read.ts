import type { Fact } from "../../facts/fact.ts";
import type { SourceSettings } from "../../facts/identity.ts";
import type { RedactedKind, Redacting } from "../../facts/redacting/redact-text.ts";
import { type Rules, regionOf, settingsOf } from "../../facts/rules.ts";
import { legKindOf } from "../../facts/vocabulary.ts";
import type { TouchpointKind } from "../../fields/choices.ts";
import { takeTurns } from "../../kit/paced.ts";
import { isShallow, MAX_LEVELS, withoutNul } from "../../kit/text.ts";
import type { IncomingRecord, Refusal } from "../receipt.ts";
import type { StepClock } from "../steps.ts";
import { refusalAhead } from "./ahead.ts";
import { type Naming, openNaming } from "./naming.ts";
import { bodyHashOf, factOf } from "./normalise.ts";
import { redactRecord, redactRefusal } from "./redact-record.ts";
import { type Validated, validate } from "./validate.ts";

/** What the records of a batch mean, without a look at the database. Each keeps the place that it was sent in. */
export interface ReadBatch {
  facts: TakenRecord[];
  refused: RefusedRecord[];
  /** Left out by the settings of their source. */
  filtered: { position: number; source: string }[];
  /** What was taken out of texts, a line for each field and kind. */
  redacted: Redaction[];
}

/** What was taken out, and of whose record: "other" stands for sources that have no settings, whose names anybody may make up. */
interface Redaction {
  kind: RedactedKind;
  record: Validated["kind"];
  source: string;
}

interface TakenRecord {
  position: number;
  fact: Fact;
  record: IncomingRecord;
}

interface RefusedRecord extends Named {
  position: number;
  record: IncomingRecord;
  refusal: Refusal;
}

export interface Reading {
  rules: Rules;
  identityKey: Uint8Array;
  /** The time of reading: what lies too far ahead of it is refused. */
  now: Date;
  clock: Pick<StepClock, "mark" | "skip">;
}

/** Validates and normalises the records of a batch; others are served in between, however long their texts are. */
export async function readRecords(records: readonly IncomingRecord[], reading: Reading): Promise<ReadBatch> {
  const { rules, identityKey, now, clock } = reading;
  const batch: ReadBatch = { facts: [], refused: [], filtered: [], redacted: [] };
  const naming = openNaming(rules, identityKey);
  const turns = takeTurns();
  for (const [position, record] of records.entries()) {
    if (turns.isOver()) await turns.next().then(clock.skip);
    const one = check(record, position, { rules, now });
    clock.mark("validate");
    if ("refusal" in one) batch.refused.push(one);
    else if (isFiltered(one.validated, one.settings)) batch.filtered.push({ position, source: one.named.source });
    else takeUp(batch, one, naming);
    clock.mark("normalise");
  }
  return batch;
}

/** The source of each record, in the order in which they came. */
export function sourcesOf({ facts, refused, filtered }: ReadBatch): string[] {
  const sources: string[] = [];
  for (const { position, fact } of facts) sources[position] = fact.source;
  for (const { position, source } of [...refused, ...filtered]) sources[position] = source;
  return sources;
}

/** The batch with some of its facts refused. */
export function refusing<Batch extends ReadBatch>(batch: Batch, found: ReadonlyMap<TakenRecord, Refusal>): Batch {
  if (found.size === 0) return batch;
  const refused = [...found].map(([{ position, record, fact }, refusal]) => {
    return { position, record, refusal, source: fact.source, sourceId: fact.sourceId };
  });
  return {
    ...batch,
    facts: batch.facts.filter((one) => !found.has(one)),
    refused: [...batch.refused, ...refused].sort((a, b) => a.position - b.position),
  };
}

interface ValidRecord {
  position: number;
  record: IncomingRecord;
  named: Named;
  settings: SourceSettings;
  validated: Validated;
}

function check(
  record: IncomingRecord,
  position: number,
  { rules, now }: Pick<Reading, "rules" | "now">,
): ValidRecord | RefusedRecord {
  const named = namesOf(record.body);
  const settings = settingsOf(rules, named.source);
  const redacting = redactingOf(rules, settings);
  const refused = (refusal: Refusal, kept = record) => {
    return { position, record: kept, refusal: redactRefusal(refusal, redacting), ...named };
  };
  if (record.rejected) return refused({ ...record.rejected, path: [] });
  if (!isShallow(record.body)) return refused(TOO_DEEP, { ...record, body: null });
  const validated = validate(record, settings.timeZone);
  if ("reason" in validated) return refused(validated);
  const ahead = refusalAhead(record.kind, validated, { now, minutes: settings.aheadMinutes });
  return ahead ? refused(ahead) : { position, record, named, settings, validated };
}

function takeUp(batch: ReadBatch, { position, record, named, settings, validated }: ValidRecord, naming: Naming): void {
  const redacting = redactingOf(naming.rules, settings);
  const { validated: told, found } = redactRecord(validated, redacting);
  const source = naming.rules.sources.has(named.source) ? named.source : "other";
  for (const { kind } of found) batch.redacted.push({ kind, record: told.kind, source });
  const fact = factOf(told, settings, naming);
  if ("reason" in fact) batch.refused.push({ position, record, refusal: redactRefusal(fact, redacting), ...named });
  else batch.facts.push({ position, fact: found.length === 0 ? fact : sentAs(fact, validated, settings), record });
}

function redactingOf(rules: Rules, settings: SourceSettings): Redacting {
  return { kinds: new Set(settings.redacts), region: regionOf(rules, settings) };
}

/** A fact that is known again where it was stored as it was sent, before its source's settings had this taken out. */
function sentAs(fact: Fact, sent: Validated, { volatileFields }: SourceSettings): Fact {
  return { ...fact, sentHash: bodyHashOf(sent, volatileFields) };
}

/** What can be said of a record that cannot be read. */
interface Named {
  source: string;
  sourceId: string | null;
}

function namesOf(body: unknown): Named {
  const { source, sourceId } = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
  return {
    source: typeof source === "string" ? withoutNul(source.trim().slice(0, 64)) || "unknown" : "unknown",
    sourceId: typeof sourceId === "string" ? withoutNul(sourceId.trim().slice(0, 256)) : null,
  };
}

/** Not even its body can be kept: writing it down would go as deep. */
const TOO_DEEP: Refusal = {
  reason: "TOO_DEEP",
  message: `The record is nested too deeply: send at most ${MAX_LEVELS} levels of lists and objects.`,
  path: [],
};

/** A source may keep some kinds only: of an IVR, the prompts. */
function isFiltered(validated: Validated, { keepKinds }: SourceSettings): boolean {
  if (keepKinds.length === 0 || validated.kind === "customer") return false;
  const kind: TouchpointKind | null =
    validated.kind === "touchpoint" ? validated.body.kind : legKindOf(validated.body.channelType);
  return kind !== null && !keepKinds.includes(kind);
}
