/** Of keys of so many words of 32 bits, the number that each was given, in the order in which they came. */
export class KeyIndex {
  private keys: Uint32Array;
  private slots: Int32Array;
  size = 0;

  constructor(
    private readonly words: number,
    capacity = 1024,
  ) {
    this.keys = new Uint32Array(capacity * words);
    this.slots = new Int32Array(capacity * 2).fill(-1);
  }

  /** The number of the key that begins at `offset`, which is the next one if it is new. */
  add(key: Uint32Array, offset = 0): number {
    const slot = this.slotOf(key, offset);
    const known = this.slots[slot]!;
    if (known !== -1) return known;
    const number = this.size;
    if (number * this.words === this.keys.length) {
      this.grow();
      return this.add(key, offset);
    }
    for (let i = 0; i < this.words; i += 1) this.keys[number * this.words + i] = key[offset + i]!;
    this.slots[slot] = number;
    this.size += 1;
    return number;
  }

  /** The number of a key; -1 for one that never came. */
  find(key: Uint32Array, offset = 0): number {
    return this.slots[this.slotOf(key, offset)]!;
  }

  /** A word of the key with that number. */
  word(number: number, place: number): number {
    return this.keys[number * this.words + place]!;
  }

  /** Where a key stands, or would: the first place from its hash on that holds it, or nothing. */
  private slotOf(key: Uint32Array, offset: number): number {
    const { keys, slots, words } = this;
    const mask = slots.length - 1;
    let hash = 0;
    for (let i = 0; i < words; i += 1) hash = Math.imul(hash ^ key[offset + i]!, 0x9e3779b1) ^ (hash >>> 15);
    for (let slot = (hash ^ (hash >>> 16)) & mask; ; slot = (slot + 1) & mask) {
      const number = slots[slot]!;
      if (number === -1) return slot;
      let place = 0;
      while (place < words && keys[number * words + place] === key[offset + place]) place += 1;
      if (place === words) return slot;
    }
  }

  private grow(): void {
    const keys = this.keys;
    this.keys = new Uint32Array(keys.length * 2);
    this.keys.set(keys);
    this.slots = new Int32Array(this.slots.length * 2).fill(-1);
    for (let number = 0; number < this.size; number += 1) this.slots[this.slotOf(keys, number * this.words)] = number;
  }
}
