import type { Db } from "../../db/client.ts";
import { sql } from "../../db/sql.ts";
import type { Item } from "./items.ts";

/** Which names this process knows to be stored. */
export interface Dictionary {
  /** For one transaction. */
  open(): DictionaryPage;
}

/** What one transaction writes into the dictionary. */
export interface DictionaryPage {
  /** Adds the names that are missing. */
  save(db: Db, items: readonly (Item | null)[]): Promise<void>;
  /** To be called once the transaction has committed: until then its names may yet vanish. */
  remember(): void;
}

/** Names remembered at most; the memory is only ever a shortcut. */
const REMEMBERED = 200_000;

export function openDictionary(): Dictionary {
  const known = new Set<string>();
  return { open: () => openPage(known) };
}

function openPage(known: Set<string>): DictionaryPage {
  const saved = new Set<string>();
  return {
    async save(db, items) {
      const wanted = new Map<string, Item>();
      for (const item of items) if (item && !known.has(item.id)) wanted.set(item.id, item);
      if (wanted.size === 0) return;
      await insertItems(db, [...wanted.values()]);
      for (const id of wanted.keys()) saved.add(id);
    },
    remember() {
      if (known.size > REMEMBERED) known.clear();
      for (const id of saved) known.add(id);
    },
  };
}

/** In the order of ids, so that writers never wait for each other. */
async function insertItems(db: Db, items: readonly Item[]): Promise<void> {
  const sorted = items.toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
  const names = sql`unnest(
    ${sorted.map((item) => item.id)}::bigint[],
    ${sorted.map((item) => item.kind)}::text[],
    ${sorted.map((item) => item.name)}::text[],
    ${sorted.map((item) => item.section)}::text[]
  ) as n (id, kind, name, section)`;
  const [, clashes] = await Promise.all([
    db.run(sql`insert into items (id, kind, name, section) select * from ${names} on conflict (id) do nothing`),
    db.run(sql`
      select i.id from items i join ${names} using (id)
      where (i.kind, i.name, i.section) <> (n.kind, n.name, n.section)
    `),
  ]);
  if (clashes > 0) throw new Error("Two names of the dictionary share one id.");
}
