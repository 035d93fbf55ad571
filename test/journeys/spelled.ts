import type { Partition } from "../../src/journeys/columns.ts";
import type { Followed } from "../../src/journeys/follow.ts";

type Row = Record<string, unknown>;

/**
 * All that lies in memory, row by row, with what its numbers stand for: two stores that read the same at different times
 * number it differently.
 */
export function spelled({
  partitions,
  dictionary,
  attributes = [],
}: Pick<Followed, "partitions" | "dictionary"> & Partial<Pick<Followed, "attributes">>): Row[] {
  const { texts, items, contexts, sources, transactions, productLists } = dictionary;
  const text = (number: number) => texts.of(number);
  const item = (number: number) =>
    number === -1
      ? null
      : [items.kinds.all()[number], text(items.names.all()[number]!), text(items.sections.all()[number]!)];
  const context = (number: number) =>
    number === -1
      ? null
      : Object.entries(contexts.columns).map(([name, column]) => {
          const value = column.all()[number]!;
          return name === "device" ? text(value) : item(value);
        });
  const contact = (number: number) =>
    number === -1 ? null : [0, 1, 2, 3].map((place) => dictionary.contacts.word(number, place));
  const words: Record<string, (number: number, isLeg: unknown) => unknown> = {
    item,
    context,
    contact,
    source: (number) => sources.of(number),
    transaction: (number) => transactions.of(number),
    products: (number) => productLists.of(number),
    link: (number, isLeg) => (isLeg ? number : contact(number)),
  };
  const spell = (name: string) => (TEXTS.has(name) ? text : (words[name] ?? ((value: number) => value)));
  return partitions.flatMap((partition) =>
    TABLES.flatMap((table) => {
      const columns = columnsOf(partition, table).map(([name, cells]) => ({ name, cells, spell: spell(name) }));
      const isLeg = columns.find(({ name }) => name === "isLeg")?.cells;
      // One more customer only says where the last one's rows end.
      const length = columns[0]!.cells.length - (table === "customers" ? 1 : 0);
      const rows = Array.from({ length }, (_, i) => {
        const row: Row = { table };
        for (const { name, cells, spell } of columns) row[name] = spell(cells[i]!, isLeg?.[i]);
        return Object.assign(row, saidOf(partition, table, i));
      });
      return table === "visits" ? inOneOrder(rows, partition.customers.visits) : rows;
    }),
  );

  /** Attributes by their names, of a row of the table that they are of. */
  function saidOf({ attributes: columns }: Partition, table: Table, row: number): Row {
    const said = attributes.filter(({ of }) => table === (of === "CUSTOMER" ? "customers" : "legs"));
    return Object.fromEntries(
      said.map(({ name, is }) => {
        const value = columns[name]![row]!;
        return [name, is === "NUMBER" ? value : is === "LIST" ? productLists.of(value) : text(value)];
      }),
    );
  }
}

/** Visits of one customer that began at one instant have no order, and no report asks for one. */
function inOneOrder(rows: readonly Row[], begins: ArrayLike<number>): Row[] {
  const byText = (a: Row, b: Row) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
  return Array.from({ length: begins.length - 1 }, (_, i) => rows.slice(begins[i], begins[i + 1]).sort(byText)).flat();
}

const TABLES = ["customers", "events", "legs", "visits", "tied", "worth"] as const;
type Table = (typeof TABLES)[number];

/** By name. */
function columnsOf(partition: Partition, table: Table): [string, Float64Array][] {
  return Object.entries(partition[table] as unknown as Record<string, Float64Array>);
}

/** Columns of numbers of texts, in whatever table. */
const TEXTS: ReadonlySet<string> = new Set([
  "segment",
  "region",
  "currency",
  "costCurrency",
  "revenueCurrency",
  "intent",
  "callReason",
  "journeyStep",
  "agentId",
  "agentSkillId",
  "team",
  "department",
  "callCentreId",
  "trackingNumber",
  "device",
  "campaign",
  "medium",
  "campaignSource",
  "referrer",
  "landingPage",
  "broughtCampaign",
  "broughtMedium",
  "broughtCampaignSource",
  "broughtReferrer",
  "broughtLandingPage",
]);
