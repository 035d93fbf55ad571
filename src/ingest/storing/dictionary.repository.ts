import type { Db } from "../../db/client.ts";
import { flag, int, row } from "../../db/row.ts";
import { sql } from "../../db/sql.ts";
import type { Item } from "./items.ts";

/** Which names this process knows to be stored. */
export interface Dictionary {
  /** For one transaction. */
  open(): DictionaryPage;
}

/** What one transaction writes into the dictionary. */
export interface DictionaryPage {
  /** Once the transaction shares the lock of stitching: asks whether names that this process knows were forgotten since. */
  begin(db: Db): Promise<void>;
  /** Adds the names that are missing. */
  save(db: Db, items: readonly (Item | null)[]): Promise<void>;
  /** To be called once the transaction has committed: until then its names may yet vanish. */
  remember(): void;
}

/** Names remembered at most; the memory is only ever a shortcut. */
const REMEMBERED = 200_000;

/** The names that were stored when somebody was last forgotten, in milliseconds, or since. */
interface Known {
  since: number;
  names: Set<string>;
}

export function openDictionary(): Dictionary {
  const known: Known = { since: 0, names: new Set() };
  return { open: () => openPage(known) };
}

function openPage(known: Known): DictionaryPage {
  const saved = new Set<string>();
  let since = 0;
  let begun = Promise.resolve();
  return {
    begin(db) {
      begun = findStored(db).then(({ at, isEmpty }) => {
        since = at;
        if (since !== known.since || isEmpty) Object.assign(known, { since, names: new Set() });
      });
      return begun;
    },
    async save(db, items) {
      await begun;
      const knows = (id: string) => since === known.since && known.names.has(id);
      const wanted = new Map<string, Item>();
      for (const item of items) if (item && !knows(item.id)) wanted.set(item.id, item);
      if (wanted.size === 0) return;
      await insertItems(db, [...wanted.values()]);
      for (const id of wanted.keys()) saved.add(id);
    },
    remember() {
      // Somebody may have been forgotten since, with some of these names.
      if (since !== known.since) return;
      if (known.names.size > REMEMBERED) known.names.clear();
      for (const id of saved) known.names.add(id);
    },
  };
}

/** When somebody was last forgotten, in milliseconds, 0 for never; and whether no name is stored. */
const Stored = row({ at: int, isEmpty: flag });

/** A dictionary is empty where somebody emptied the tables under a running server. */
async function findStored(db: Db): Promise<{ at: number; isEmpty: boolean }> {
  const [stored] = await db.hot("dictionary.stored").rows(
    Stored,
    sql`
      select coalesce(extract(epoch from max(at)) * 1000, 0)::bigint as at, not exists (select from items) as "isEmpty"
      from forgettings
    `,
  );
  return stored!;
}

/** In the order of ids, so that writers never wait for each other. */
export async function insertItems(db: Db, items: readonly Item[]): Promise<void> {
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
