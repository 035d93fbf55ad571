import { TOUCHPOINT_KINDS } from "../fields/choices.ts";
import { Growing } from "./growing.ts";
import { KeyIndex } from "./key-index.ts";
import { Tables } from "./tables.ts";

// Texts exist once; columns hold their numbers. Dictionaries only grow, so a number means the same in every version.

/** Texts by number. */
class Texts {
  private readonly numbers = new Map<string, number>();
  private readonly texts: string[] = [];

  /** The number of a text, which is the next one if it is new; -1 for none. */
  add(text: string | null): number {
    if (text === null) return -1;
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    const number = this.texts.length;
    this.numbers.set(text, number);
    this.texts.push(text);
    return number;
  }

  find(text: string): number {
    return this.numbers.get(text) ?? -1;
  }

  of(number: number): string | null {
    return number === -1 ? null : this.texts[number]!;
  }

  get size(): number {
    return this.texts.length;
  }
}

/** What the dictionary of the database knows: pages, searches, reasons, campaigns, urls. */
class Items {
  private readonly index = new KeyIndex(2);
  /** Those whose name was not read yet. */
  private readonly unread = new Set<number>();
  /** The place of the kind among those of touchpoints; `OTHER_ITEM` for items that are no event's. */
  readonly kinds = new Growing(Uint8Array);
  /** Numbers of texts; -1 for no section. */
  readonly names = new Growing(Int32Array);
  readonly sections = new Growing(Int32Array);

  /** The number of the id in these two words. */
  add(id: Uint32Array): number {
    const number = this.index.add(id);
    if (number === this.kinds.length) {
      this.kinds.push(OTHER_ITEM);
      this.names.push(-1);
      this.sections.push(-1);
      this.unread.add(number);
    }
    return number;
  }

  /** The ids whose names have to be read, until `haveRead` says that they were. */
  idsUnread(): bigint[] {
    return Array.from(this.unread, (number) => {
      const unsigned = (BigInt(this.index.word(number, 0)) << 32n) | BigInt(this.index.word(number, 1));
      return BigInt.asIntN(64, unsigned);
    });
  }

  /** Whatever is not in the database has no name, and is not asked for again. */
  haveRead(ids: readonly bigint[]): void {
    for (const id of ids) this.unread.delete(this.add(wordsOf(id)));
  }

  /** Takes the names of these ids back, and asks for them again: whoever was forgotten may have left some to others. */
  forget(ids: readonly bigint[]): void {
    for (const id of ids) {
      const number = this.add(wordsOf(id));
      this.kinds.set(number, OTHER_ITEM);
      this.names.set(number, -1);
      this.sections.set(number, -1);
      this.unread.add(number);
    }
  }

  /** The same items, with the names that they have now. */
  asRead(): Items {
    const [kinds, names, sections] = [this.kinds.asRead(), this.names.asRead(), this.sections.asRead()];
    return Object.assign(Object.create(Items.prototype), this, { kinds, names, sections });
  }

  name(id: bigint, { kind, name, section }: { kind: number; name: number; section: number }): void {
    const number = this.add(wordsOf(id));
    this.kinds.set(number, kind);
    this.names.set(number, name);
    this.sections.set(number, section);
  }
}

const wordsOf = (id: bigint): Uint32Array =>
  new Uint32Array([Number(BigInt.asUintN(64, id) >> 32n), Number(id & 0xffffffffn)]);

/** Kinds of items that are not the name of an event, beside those of touchpoints. */
export const ITEM_KINDS: readonly string[] = [...TOUCHPOINT_KINDS, "URL", "CAMPAIGN", "CAMPAIGN_SOURCE", "REFERRER"];
export const OTHER_ITEM = 255;

const CONTEXT_COLUMNS = ["campaign", "campaignSource", "referrer", "landingPage", "device"] as const;
export type ContextColumn = (typeof CONTEXT_COLUMNS)[number];
/** Numbers of items, but for the device, which is a text's; -1 for none. */
type Context = Readonly<Record<ContextColumn, number>>;

/** What brought touchpoints, and on which device: few combinations of many events. */
class Contexts {
  private readonly index = new KeyIndex(CONTEXT_COLUMNS.length);
  private readonly key = new Uint32Array(CONTEXT_COLUMNS.length);
  readonly columns = Object.fromEntries(CONTEXT_COLUMNS.map((name) => [name, new Growing(Int32Array)])) as Readonly<
    Record<ContextColumn, Growing<Int32Array>>
  >;

  /** The number of a combination; -1 where there is nothing to say. */
  add(context: Context): number {
    const { campaign, campaignSource, referrer, landingPage, device } = context;
    // -1 has every bit.
    if ((campaign & campaignSource & referrer & landingPage & device) === -1) return -1;
    const { key, index } = this;
    key[0] = campaign;
    key[1] = campaignSource;
    key[2] = referrer;
    key[3] = landingPage;
    key[4] = device;
    const size = index.size;
    const number = index.add(key);
    if (number === size) for (const name of CONTEXT_COLUMNS) this.columns[name].push(context[name]);
    return number;
  }
}

/** Every dictionary, and the tables that a question makes of them. */
export class Dictionaries {
  readonly tables = new Tables();
  readonly texts = new Texts();
  readonly items = new Items();
  readonly contexts = new Contexts();
  readonly sources = new Texts();
  readonly contacts = new KeyIndex(4);
  readonly transactions = new Texts();
  /** Lists of products, each by its texts' numbers joined. */
  readonly productLists = new Texts();

  /** As they are now, for one question: what is forgotten or named meanwhile changes nothing of its names. */
  forQuestion(): Dictionaries {
    const own = { items: this.items.asRead(), tables: new Tables() };
    return Object.assign(Object.create(Dictionaries.prototype), this, own);
  }
}
