import { groupBy } from "../kit/group.ts";
import { type Contact, contactOf, MOST_OF_CONTACT, type Tied, tiedBy } from "./contacts.ts";

/** A row of interactions and its keys. */
export interface Keyed {
  subjectId: string;
  id: string;
  keys: readonly string[];
}

/** What contacts may have changed by. */
export interface Changes {
  /** Rows that are new or may have other keys, as they stand. */
  rows: readonly Keyed[];
  /** The keys and ids of rows that are gone or had other keys, as they were. */
  keys: readonly string[];
  ids: readonly string[];
}

/** A row as it stands, with the contact that it is stored with. */
export interface Standing extends Tied {
  subjectId: string;
  contactId: string | null;
  sharesCall: boolean;
  /** Keys tie it to more rows than a contact has. */
  isCrowded: boolean;
}

/** Which rows to read: those with these keys, those of these ids, and those of each id that is found; of each key and id no more than so many. */
export interface Question {
  keys: readonly string[];
  ids: readonly string[];
  most: number;
}

/** What a row is found to be. */
export interface Found<Row extends Standing> {
  row: Row;
  contact: Contact | null;
  isCrowded: boolean;
}

interface Node<Row extends Standing> {
  row: Row;
  /** Towards the root, which speaks for all that are tied together. */
  parent: Node<Row> | null;
  size: number;
  /** Something went loose, so that the rows are fewer than they were. */
  isDoubted: boolean;
  /** It holds a row that was crowded before. */
  hasCrowded: boolean;
}

/** The same, to be asked. */
interface Changed {
  fresh: ReadonlySet<string>;
  /** How many fresh rows a key or an id has at most. */
  mostFresh: number;
  loosened: ReadonlySet<string>;
  most: number;
}

/** Keys and ids that a search starts from. */
interface Start {
  keys: readonly string[];
  ids: readonly string[];
}

/** Where one search starts: an import that is withdrawn has millions of keys, and what a search reads is in memory. */
const AT_ONCE = 10_000;

/** The searches that find all contacts which changes reach, one after the other. */
export function* searchesOf<Row extends Standing>(
  { rows, keys, ids }: Changes,
  most = MOST_OF_CONTACT,
): Generator<ContactSearch<Row>> {
  const freshOf = new Map<string, number>();
  for (const row of rows) for (const key of [row.id, ...row.keys]) freshOf.set(key, (freshOf.get(key) ?? 0) + 1);
  let mostFresh = 0;
  for (const count of freshOf.values()) mostFresh = Math.max(mostFresh, count);
  const changed = {
    fresh: new Set(rows.map(rowKey)),
    mostFresh,
    loosened: new Set([...keys, ...ids]),
    most,
  };
  const allKeys = [...new Set([...keys, ...rows.flatMap((row) => row.keys)])];
  const allIds = [...new Set([...ids, ...rows.map(({ id }) => id)])];
  for (let from = 0; from < Math.max(allKeys.length, allIds.length); from += AT_ONCE) {
    const part = (all: readonly string[]) => all.slice(from, from + AT_ONCE);
    yield new ContactSearch(changed, { keys: part(allKeys), ids: part(allIds) });
  }
}

const rowKey = ({ subjectId, id }: { subjectId: string; id: string }): string => subjectId + id;

/**
 * Finds again the contacts that changes reach. A contact is all that keys tie together, directly or through others, and an
 * id ties the rows of one interaction. More rows than a contact has are crowded: each of them stands alone, and says so, so that
 * what ties itself to one of them need not read the others. Where something went loose, that is not believed.
 *
 * The answer follows from the rows that stand, in whatever order they came: what is added can only make crowded rows more,
 * and whatever breaks up lies next to a row or a key that changed.
 */
export class ContactSearch<Row extends Standing> {
  readonly #changed: Changed;
  readonly #nodes = new Map<string, Node<Row>>();
  /** Rows whose keys were not asked for. */
  readonly #closed = new Set<Node<Row>>();
  readonly #asked = new Set<string>();
  #start: Start | null;
  #readOfId: ReadonlyMap<string, readonly Row[]> = new Map();
  /** Keys that tie nothing, whatever they are on. */
  readonly #constants = new Set<string>();

  constructor(changed: Changed, start: Start) {
    this.#changed = changed;
    this.#start = start;
  }

  /** What must be known next; null when all is. */
  next(): Question | null {
    const { keys, ids } = this.#start ?? { keys: this.#openKeys(), ids: [] };
    this.#start = null;
    for (const key of keys) this.#asked.add(key);
    if (keys.length + ids.length === 0) return null;
    return { keys, ids, most: this.#changed.most + 1 + this.#changed.mostFresh };
  }

  /** The question without those of its keys that are constants: their rows matter only where they were tied by them before. */
  without(question: Question, constants: readonly string[]): Question {
    for (const key of constants) this.#constants.add(key);
    const { loosened } = this.#changed;
    return { ...question, keys: question.keys.filter((key) => !this.#constants.has(key) || loosened.has(key)) };
  }

  /** Takes the answer to a question. */
  take({ keys, ids }: Question, rows: readonly Row[]): void {
    this.#readOfId = groupBy(rows, ({ id }) => id);
    const ofKey = new Map(keys.map((key): [string, Row[]] => [key, []]));
    for (const row of rows) for (const key of row.keys) ofKey.get(key)?.push(row);
    for (const [key, members] of ofKey) this.#tie(key, members);
    for (const id of ids) this.#tieId(id);
    for (const row of rows) if (this.#isFresh(row)) this.#reach(row);
  }

  /** What the rows are that were reached. */
  found(): Found<Row>[] {
    const groups = groupBy([...this.#nodes.values()], rootOf);
    return [...groups].flatMap(([root, nodes]) => {
      const isCrowded = root.size > this.#changed.most || (root.hasCrowded && !root.isDoubted);
      const rows = nodes.map(({ row }) => row);
      const contact = isCrowded ? null : contactOf(rows);
      // A row without keys ties nothing that it could be crowded by.
      return rows.map((row) => ({ row, contact, isCrowded: isCrowded && row.keys.length > 0 }));
    });
  }

  /** The keys that are not known yet, of rows that more may hang on. */
  #openKeys(): string[] {
    const keys = new Set<string>();
    for (const node of this.#closed) {
      const { isDoubted, size } = rootOf(node);
      if (node.row.isCrowded && !(isDoubted && size <= this.#changed.most)) continue;
      this.#closed.delete(node);
      for (const key of node.row.keys) if (!this.#asked.has(key)) keys.add(key);
    }
    return [...keys];
  }

  #tie(key: string, members: readonly Row[]): void {
    const tied = this.#constants.has(key) ? [] : tiedBy(key, members, this.#changed.most);
    for (const row of this.#loose(key, members, tied)) rootOf(this.#reach(row)).isDoubted = true;
    const [first, ...others] = tied.map((row) => this.#reach(row));
    for (const other of others) join(first!, other);
  }

  /** All rows of a key that may have tied some of them to others than it does now. */
  #loose(key: string, members: readonly Row[], tied: readonly Row[]): readonly Row[] {
    const { most, loosened } = this.#changed;
    const before = members.filter((row) => !this.#isFresh(row));
    if (before.length > most) return [];
    if (loosened.has(key) || members.length > most) return members;
    // A visit is fresh that only grew, but it has no keys of calls; of other keys so few rows are all tied.
    const now = new Set(tied);
    return tiedBy(key, before, most).every((row) => now.has(row)) ? [] : members;
  }

  /** The rows of one interaction, of which each customer in it has one. */
  #tieId(id: string): void {
    if (this.#asked.has(id)) return;
    this.#asked.add(id);
    this.#tie(id, this.#readOfId.get(id) ?? []);
  }

  #reach(row: Row): Node<Row> {
    const known = this.#nodes.get(rowKey(row));
    if (known) return known;
    const node: Node<Row> = { row, parent: null, size: 1, isDoubted: false, hasCrowded: row.isCrowded };
    this.#nodes.set(rowKey(row), node);
    this.#closed.add(node);
    this.#tieId(row.id);
    return node;
  }

  #isFresh(row: Row): boolean {
    return this.#changed.fresh.has(rowKey(row));
  }
}

function rootOf<Row extends Standing>(node: Node<Row>): Node<Row> {
  let root = node;
  while (root.parent) root = root.parent;
  if (root !== node) node.parent = root;
  return root;
}

function join<Row extends Standing>(one: Node<Row>, other: Node<Row>): void {
  const [root, child] = [rootOf(one), rootOf(other)].sort((a, b) => b.size - a.size) as [Node<Row>, Node<Row>];
  if (root === child) return;
  child.parent = root;
  root.size += child.size;
  root.isDoubted ||= child.isDoubted;
  root.hasCrowded ||= child.hasCrowded;
}
