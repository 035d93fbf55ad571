import { EVENT_COLUMNS } from "./declared.ts";
import { PackedRows } from "./packed-rows.ts";
import type { Scratch } from "./scratch.ts";

/** An event as it is read. */
export interface StagedEvent {
  at: number;
  lasts: number;
  customer: number;
  sequence: number;
  kind: number;
  channel: number;
  isLeg: boolean;
  namesPerson: boolean;
  source: number;
  item: number;
  context: number;
  /** The number of its interaction's id. */
  interaction: number;
  /** Of a leg: its row among those that are staged. */
  link: number;
}

export const blankEvent = (): StagedEvent => ({
  at: 0,
  lasts: 0,
  customer: 0,
  sequence: 0,
  kind: 0,
  channel: 0,
  isLeg: false,
  namesPerson: false,
  source: 0,
  item: -1,
  context: -1,
  interaction: 0,
  link: -1,
});

/** Where each number of an event stands in its row of 64 bytes, a line of the cache; the first two are doubles. */
const [AT, LASTS, CUSTOMER, SEQUENCE, ID, ITEM, CONTEXT, INTERACTION, LINK, SOURCE, CODES, WIDTH] = [
  0, 2, 4, 5, 6, 10, 11, 12, 13, 14, 15, 16,
] as const;
/** Within `CODES`: the kind in the first byte, the channel in the second. */
const IS_LEG = 1 << 16;
const NAMES_PERSON = 1 << 17;

/** Room for so many rows at least. */
const FEW = 64;

/** Events of the customers whose ids begin with the same byte. */
export class EventRows {
  private readonly rows: PackedRows;
  /** Of an event that is worth money, or part of a transaction: the row that says so. */
  readonly worth = new Map<number, number>();

  constructor(expected = 0) {
    this.rows = new PackedRows(WIDTH, Math.max(FEW, expected));
  }

  get length(): number {
    return this.rows.length;
  }

  clear(): void {
    this.rows.length = 0;
    this.worth.clear();
  }

  push(event: StagedEvent, id: Uint32Array): void {
    const place = this.rows.add();
    const { words, doubles } = this.rows;
    doubles[(place + AT) / 2] = event.at;
    doubles[(place + LASTS) / 2] = event.lasts;
    words[place + CUSTOMER] = event.customer;
    words[place + SEQUENCE] = event.sequence;
    words[place + ID] = id[0]!;
    words[place + ID + 1] = id[1]!;
    words[place + ID + 2] = id[2]!;
    words[place + ID + 3] = id[3]!;
    words[place + ITEM] = event.item;
    words[place + CONTEXT] = event.context;
    words[place + INTERACTION] = event.interaction;
    words[place + LINK] = event.link;
    words[place + SOURCE] = event.source;
    words[place + CODES] =
      event.kind | (event.channel << 8) | (event.isLeg ? IS_LEG : 0) | (event.namesPerson ? NAMES_PERSON : 0);
  }

  customer(row: number): number {
    return this.rows.words[row * WIDTH + CUSTOMER]!;
  }

  sequence(row: number): number {
    return this.rows.words[row * WIDTH + SEQUENCE]!;
  }

  interaction(row: number): number {
    return this.rows.words[row * WIDTH + INTERACTION]!;
  }

  setInteraction(row: number, number: number): void {
    this.rows.words[row * WIDTH + INTERACTION] = number;
  }

  /** A word of the id. */
  id(row: number, place: number): number {
    return this.rows.words[row * WIDTH + ID + place]! >>> 0;
  }

  /** Whether it is a touchpoint that others may be counted with. */
  isTied(row: number): boolean {
    const { words } = this.rows;
    return words[row * WIDTH + LINK] !== -1 && (words[row * WIDTH + CODES]! & IS_LEG) === 0;
  }

  /** The total order of events (facts/event-order). */
  compare(a: number, b: number): number {
    const { words, doubles } = this.rows;
    const [i, j] = [a * WIDTH, b * WIDTH];
    const difference = doubles[(i + AT) / 2]! - doubles[(j + AT) / 2]! || words[i + SEQUENCE]! - words[j + SEQUENCE]!;
    if (difference !== 0) return difference;
    const [codes, others] = [words[i + CODES]!, words[j + CODES]!];
    const byCode = (codes & 0xff00) - (others & 0xff00) || (codes & 0xff) - (others & 0xff);
    if (byCode !== 0) return byCode;
    for (let place = 0; place < 4; place += 1) {
      const byId = this.id(a, place) - this.id(b, place);
      if (byId !== 0) return byId;
    }
    return 0;
  }

  countTied(): number {
    let count = 0;
    for (let row = 0; row < this.length; row += 1) if (this.isTied(row)) count += 1;
    return count;
  }

  /** The columns of these rows, in that order, until the scratch is used for others. */
  columns(order: Uint32Array, scratch: Scratch): Record<keyof typeof EVENT_COLUMNS, Float64Array> {
    const { words, doubles } = this.rows;
    const columns = columnsFor(order.length, scratch);
    const { at, lasts, kind, channel, isLeg, namesPerson, source, item, context, interaction, link } = columns;
    for (let row = 0; row < order.length; row += 1) {
      const place = order[row]! * WIDTH;
      const codes = words[place + CODES]!;
      at[row] = doubles[(place + AT) / 2]!;
      lasts[row] = doubles[(place + LASTS) / 2]!;
      kind[row] = codes & 0xff;
      channel[row] = (codes >>> 8) & 0xff;
      isLeg[row] = codes & IS_LEG ? 1 : 0;
      namesPerson[row] = codes & NAMES_PERSON ? 1 : 0;
      source[row] = words[place + SOURCE]!;
      item[row] = words[place + ITEM]!;
      context[row] = words[place + CONTEXT]!;
      interaction[row] = words[place + INTERACTION]!;
      link[row] = words[place + LINK]!;
    }
    return columns;
  }
}

/** Code that writes into arrays of one type is several times as fast as code that writes into many. */
function columnsFor(rows: number, scratch: Scratch): Record<keyof typeof EVENT_COLUMNS, Float64Array> {
  const columns = Object.keys(EVENT_COLUMNS).map((name) => [name, scratch.column(name, rows)]);
  return Object.fromEntries(columns) as Record<keyof typeof EVENT_COLUMNS, Float64Array>;
}

const NO_EVENTS = new EventRows();

/** Staged events by the first byte of their customer's id. */
export class StagedEvents {
  private readonly byByte: EventRows[] = [];

  /**
   * Rows that grow are copied, and what they stood in before is garbage. So is what others stood in who were read before,
   * unless it is spare.
   */
  constructor(
    private readonly expectedOfEach: number,
    private readonly spare: EventRows[],
  ) {}

  /** Those of a byte, to add to. */
  at(byte: number): EventRows {
    const known = this.byByte[byte];
    if (known) return known;
    const rows = this.spare.pop() ?? new EventRows(this.expectedOfEach);
    this.byByte[byte] = rows;
    return rows;
  }

  /** Those of a byte, which are given away. */
  take(byte: number): EventRows {
    const rows = this.byByte[byte] ?? NO_EVENTS;
    delete this.byByte[byte];
    return rows;
  }

  /** The room of rows that were laid down is for others. */
  giveBack(rows: EventRows): void {
    if (rows === NO_EVENTS) return;
    rows.clear();
    this.spare.push(rows);
  }
}
