import { LongNumber } from "../kit/json.ts";
import { wholeText } from "../kit/text.ts";

// A record keeps what its connector has no field for, under the sender's names. So a new field of a vendor is stored before
// the connector reads it.

/** The most characters of it as JSON, the connector's own metadata included; the validator allows a quarter more. */
const MOST = 49_152;
/** The levels that stay JSON; what is nested deeper becomes the text of its JSON. */
const LEVELS = 32;
/** Shorter values are never taken for repetitions: a 0 in one field is not the 0 of another. */
const TELLING = 5;

export interface Rest {
  /** Null when the fields hold everything. */
  sent: Readonly<Record<string, unknown>> | null;
  /** A sentence that says what was cut or left out; null when nothing was. */
  cut: string | null;
  /** What the connector names itself. Without the two names above: what a sender calls so is in `sent`. */
  own: Readonly<Record<string, unknown>>;
}

/** What a connector read out of a message. */
interface Told {
  fields: Readonly<Record<string, unknown>>;
  /** Its metadata, or a customer's extra, under the names that the connector gave. */
  named: Readonly<Record<string, unknown>>;
}

/** What the record's fields do not hold of its message. Where that is too much, the longest texts are cut. */
export function restOf(message: unknown, { fields, named }: Told): Rest {
  const { sent: _, cut: __, ...own } = named;
  if (!isObject(message)) return { sent: null, cut: null, own };
  const isTold = tellerOf(leavesOf({ ...fields, own }, []).map(({ value }) => String(value).trim()));
  const leaves = leavesOf(message, []).filter(({ value }) => !isTold(String(value).trim()));
  if (leaves.length === 0) return { sent: null, cut: null, own };
  const { kept, lost } = within(leaves, Math.max(0, MOST - JSON.stringify(own).length));
  const sent = listed(kept.reduce<Record<string, unknown>>(planted, {}), message) as Record<string, unknown>;
  if (lost.length === 0) return { sent, cut: null, own };
  const names = [...new Set(lost.map(({ path }) => path.join(".").slice(0, 64)))].slice(0, 5).join(", ");
  const cut = `The message says more than ${MOST} characters that no field takes; cut or left out: ${names}.`;
  return { sent, cut, own };
}

/** Whether the fields hold a text. The query string of an address counts as held: fields leave it out on purpose. */
function tellerOf(texts: readonly string[]): (text: string) => boolean {
  const parts = texts.filter((text) => ADDRESS.test(text)).flatMap((text) => text.match(/\?[^#]*|#.*/g) ?? []);
  const told = new Set([...texts, ...parts]);
  return (text) => text.length >= TELLING && told.has(text);
}

const ADDRESS = /^(?:[a-z][a-z\d+.-]*:)?\/\S*[?#]/i;

/** Whether a record may hold the number; a larger whole number is stored as a text. */
function isExact(value: number): boolean {
  return !Number.isInteger(value) || Number.isSafeInteger(value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

interface Leaf {
  path: readonly string[];
  value: unknown;
}

function leavesOf(value: unknown, path: readonly string[]): Leaf[] {
  if (value === null || value === undefined || value === "") return [];
  if (value instanceof LongNumber) return [{ path, value: value.digits }];
  if (typeof value === "number" && !isExact(value)) return [{ path, value: String(value) }];
  if (typeof value !== "object") return [{ path, value: typeof value === "string" ? wholeText(value) : value }];
  if (path.length >= LEVELS) return [{ path, value: wholeText(JSON.stringify(value)) }];
  return Object.entries(value).flatMap(([name, part]) => leavesOf(part, [...path, wholeText(name)]));
}

/** What stands near the top first, the shorter first: as many as there is room for, the next text cut to what is left. */
function within(leaves: readonly Leaf[], most: number): { kept: Leaf[]; lost: Leaf[] } {
  const sized = leaves.map((leaf, position) => ({ leaf, position, size: sizeOf(leaf) }));
  let room = most;
  const kept: { leaf: Leaf; position: number }[] = [];
  const lost: Leaf[] = [];
  for (const { leaf, position, size } of sized.sort(
    (a, b) => a.leaf.path.length - b.leaf.path.length || a.size - b.size,
  )) {
    const short = size <= room ? leaf : cut(leaf, room);
    if (short) kept.push({ leaf: short, position });
    if (short !== leaf) lost.push(leaf);
    room -= short === leaf ? size : room;
  }
  return { kept: kept.sort((a, b) => a.position - b.position).map(({ leaf }) => leaf), lost };
}

/** With its name, and with the names above it as if they were one more: most leaves share them. */
function sizeOf({ path, value }: Leaf): number {
  return JSON.stringify(value).length + 2 * (JSON.stringify(path.at(-1)).length + 4);
}

const SHORTEST = 100;

function cut({ path, value }: Leaf, room: number): Leaf | null {
  if (typeof value !== "string") return null;
  for (let length = room; length >= SHORTEST; length = Math.floor(length * 0.8)) {
    const short = { path, value: wholeText(value.slice(0, length)) };
    if (sizeOf(short) <= room) return short;
  }
  return null;
}

function planted(tree: Record<string, unknown>, { path, value }: Leaf): Record<string, unknown> {
  let place = tree;
  for (const name of path.slice(0, -1))
    place = (Object.hasOwn(place, name) ? place[name] : grown(place, name)) as typeof tree;
  define(place, path.at(-1)!, value);
  return tree;
}

function grown(place: object, name: string): object {
  const next = {};
  define(place, name, next);
  return next;
}

/** Also where the sender calls a field `__proto__`. */
function define(place: object, name: string, value: unknown): void {
  Object.defineProperty(place, name, { value, enumerable: true, configurable: true, writable: true });
}

/** The list again, without the values that were removed. */
function listed(tree: unknown, sent: unknown): unknown {
  if (!isObject(tree) || typeof sent !== "object" || sent === null) return tree;
  const parts = Object.entries(tree).map(([name, part]) => [
    name,
    listed(part, (sent as Record<string, unknown>)[name]),
  ]);
  return Array.isArray(sent) ? parts.map(([, part]) => part) : Object.fromEntries(parts);
}
