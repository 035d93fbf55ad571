import type { Db } from "../../db/client.ts";
import type { Fact } from "../../facts/fact.ts";
import { type Rules, settingsOf } from "../../facts/rules.ts";
import { isGuest, isOneAgents, maySource, type RecordWriter } from "../../facts/writer.ts";
import { keyBy } from "../../kit/group.ts";
import { forbidden, type IncomingRecord, isForbidden, type Refusal } from "../receipt.ts";
import { findHandlings, type Handling } from "./forbidden.repository.ts";
import type { Rejected } from "./rejections.repository.ts";

/** A fact, and the record that it was read from. */
interface Item {
  fact: Fact;
  record: IncomingRecord;
}

/** The records that the keys of their writers do not allow. Who may write what is asked in the transaction that writes. */
export async function findForbidden<One extends Item>(
  db: Db,
  items: readonly One[],
  rules: Rules,
): Promise<Map<One, Refusal>> {
  const legs = items.flatMap(({ fact, record: { writer } }) =>
    writer && isOneAgents(writer) && fact.kind === "interaction" ? [{ id: fact.id, agentId: writer.agentId }] : [],
  );
  const handlings = keyBy(await findHandlings(db, legs), keyOf);
  const found = new Map<One, Refusal>();
  for (const item of items) {
    const { writer } = item.record;
    const handling = writer && handlings.get(keyOf({ id: item.fact.id, askedBy: writer.agentId }));
    const refusal = writer
      ? (refusalOf(writer, item.fact, handling) ?? joiningRefusal(writer, item.fact, rules))
      : null;
    if (refusal) found.set(item, refusal);
  }
  return found;
}

/** Whether a refused record is kept: not where its key may not write it, since a replay knows no keys. */
export function isKept({ record: { writer }, refusal, source }: Rejected): boolean {
  return !writer || (!isForbidden(refusal) && maySource(writer.sources, source));
}

function keyOf({ id, askedBy }: Pick<Handling, "id" | "askedBy">): string {
  return `${id} ${askedBy ?? ""}`;
}

/** What the writer's key does not allow of a fact; null where it allows it. */
function refusalOf(writer: RecordWriter, fact: Fact, handling?: Handling): Refusal | null {
  const isNamed = maySource(writer.sources, fact.source);
  if (!isNamed && !handling?.isOwnCall) return forbidden(SOURCE, ["source"]);
  if (fact.kind !== "interaction" || !isOneAgents(writer)) return null;
  const { agentId } = fact.body;
  if (agentId !== null && agentId !== writer.agentId) return forbidden(NAME, ["agentId"]);
  const stored = handling?.storedAgent ?? null;
  if (stored !== null && stored !== writer.agentId) return forbidden(RECORD, ["sourceId"]);
  return handling?.ringsElsewhere ? forbidden(SCREEN, ["sourceId"]) : null;
}

/** Of a source that may join, a key whose holder may not is refused what would join: two persons, or a customer's record. */
function joiningRefusal(writer: RecordWriter, { kind, source, subject, others }: Fact, rules: Rules): Refusal | null {
  if (!isGuest(writer) || !settingsOf(rules, source).joins) return null;
  if (kind === "customer") return forbidden(CUSTOMER, ["source"]);
  const persons = [subject, ...others].filter((identity) => identity.kind === "ANCHOR" || identity.kind === "PERSONAL");
  return persons.length > 1 ? forbidden(PERSONS, ["identities"]) : null;
}

const CUSTOMER =
  "This key may not state customers as a source that joins them: write as another source, or have its setting changed (`c360 sources set <name> --joins no`).";
const PERSONS =
  "This key may not tie persons together as a source that joins them: name one of them, write as another source, or have its setting changed (`c360 sources set <name> --joins no`).";
const SOURCE =
  "This key may not write as this source: name one of the key's own sources (`viewer { sources }`), or ask for a key that has this one.";
const NAME = "This key may only name its own agent: send its agent id, or leave the field out.";
const RECORD = "Another agent stands in this record, who alone may change it: log under an id of your own.";
const SCREEN = "The call rings on another agent's screen: it is theirs to log. Log under an id of your own.";
