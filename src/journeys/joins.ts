import { KeyIndex } from "./key-index.ts";
import { PackedRows } from "./packed-rows.ts";

/** Where each number of an interaction stands in its row; `begins` is a double. */
const [BEGINS, SUBJECT, DEVICE, CONTACT, NEXT, PERSON, WIDTH] = [0, 2, 6, 7, 8, 9, 10] as const;
/** Where an interaction stands that is not there. */
export const NO_INTERACTION = -1;

/** What touchpoints take from the interaction that they are of. */
interface Joined {
  begins: number;
  /** The number of a text. */
  device: number;
  /** The number of its contact; `OWN_CONTACT` where its own id is one, -1 where nothing ties it to others. */
  contact: number;
}
export const OWN_CONTACT = -2;

/**
 * Subjects that are a person, and interactions by subject and id. Rows are joined to them by hand: SQL would hash all
 * interactions anew for each part of the touchpoints.
 */
export class Joins {
  private readonly persons = new KeyIndex(4);
  /** Numbers the ids of interactions, of those that nothing is known of too. */
  readonly ids = new KeyIndex(4);
  /** Of each id: its interactions, one a subject, as places in `interactions`. */
  private readonly firsts = new PackedRows(2);
  private readonly interactions = new PackedRows(WIDTH);

  /** Says that a subject is a person, and not what anybody may carry; to be said before its interactions are added. */
  addPerson(subject: Uint32Array): void {
    this.persons.add(subject);
  }

  isPerson(subject: Uint32Array): boolean {
    return this.persons.find(subject) !== -1;
  }

  addInteraction(subject: Uint32Array, id: Uint32Array, { begins, device, contact }: Joined): void {
    const place = this.interactions.add();
    const { words, doubles } = this.interactions;
    const number = this.ids.add(id);
    if (number === this.firsts.length) this.startChain();
    doubles[(place + BEGINS) / 2] = begins;
    for (let i = 0; i < 4; i += 1) words[place + SUBJECT + i] = subject[i]!;
    words[place + DEVICE] = device;
    words[place + CONTACT] = contact;
    words[place + PERSON] = this.isPerson(subject) ? 1 : 0;
    words[place + NEXT] = this.firsts.words[number * 2]!;
    this.firsts.words[number * 2] = place;
  }

  private startChain(): void {
    // Adding may move the words.
    const first = this.firsts.add();
    this.firsts.words[first] = NO_INTERACTION;
  }

  /** Where the interaction of that number among the ids stands that is this subject's; -1 if there is none. */
  find(number: number, subject: Uint32Array): number {
    if (number >= this.firsts.length) return NO_INTERACTION;
    const { words } = this.interactions;
    let place = this.firsts.words[number * 2]!;
    while (place !== NO_INTERACTION && !isAt(words, place + SUBJECT, subject)) place = words[place + NEXT]!;
    return place;
  }

  device(place: number): number {
    return this.interactions.words[place + DEVICE]!;
  }

  contact(place: number): number {
    return this.interactions.words[place + CONTACT]!;
  }

  isOfPerson(place: number): boolean {
    return this.interactions.words[place + PERSON] === 1;
  }

  /** Whether an event began its interaction, and none of the same id began before. */
  beganFirst(place: number, { at, interaction }: { at: number; interaction: number }): boolean {
    const { words, doubles } = this.interactions;
    if (doubles[(place + BEGINS) / 2] !== at) return false;
    for (let other = this.firsts.words[interaction * 2]!; other !== NO_INTERACTION; other = words[other + NEXT]!) {
      if (doubles[(other + BEGINS) / 2]! < at) return false;
    }
    return true;
  }
}

function isAt(words: Int32Array, place: number, key: Uint32Array): boolean {
  return (
    words[place] === (key[0]! | 0) &&
    words[place + 1] === (key[1]! | 0) &&
    words[place + 2] === (key[2]! | 0) &&
    words[place + 3] === (key[3]! | 0)
  );
}
