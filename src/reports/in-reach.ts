import { MINUTE_MS } from "../kit/time.ts";
import type { CreditRule } from "./credit-rule.ts";
import type { TouchDedup } from "./model.type.ts";
import type { Touches } from "./touches.ts";

/** Below this a double would be 0. */
const LEAST_POWER = -1000;
/** Half-lives from the instant that weights are relative to: beyond, they are weighed again. */
const MOST_POWER = 64;
/** So many items are sought one by one. */
const FEW = 16;

/**
 * The touches in reach of a conversion, by item. From one conversion to the next, new touches come in and those that are too
 * old fall out. To share each conversion among all its touches anew takes a time that grows with the square of the journey.
 */
export class InReach {
  /** How many items there are. Each has a slot, in no order. */
  size = 0;
  readonly items: number[] = [];
  /** Of each item: its touches, those that count, and the first and the last of them among those met. */
  private readonly touches: number[] = [];
  private readonly units: number[] = [];
  private readonly first: number[] = [];
  private readonly last: number[] = [];
  /** Of each rule, what the touches of each item weigh, relative to an instant. */
  private readonly weights: number[][];
  private readonly bases: number[];
  /** The numbers of the rules by which touches weigh less the older they are. */
  private readonly decaying: readonly number[];
  /** Whether of several touches of an item only one counts. */
  private readonly isOneOfMany: boolean;
  /** Of each item its slot, once there are many: few are sought one by one. */
  private readonly slots = new Map<number, number>();
  /** Of each touch, the next one of its item. */
  private readonly next: number[] = [];
  /** The touches in reach are those from `from` up to `to`. */
  private from = 0;
  private to = 0;
  private counting = 0;
  /** The latest touch that counts beside others of its item. */
  private latest = 0;

  constructor(
    private readonly met: Touches,
    private readonly plan: { dedup: TouchDedup; rules: readonly CreditRule[] },
  ) {
    this.isOneOfMany = plan.dedup === "FIRST" || plan.dedup === "LAST";
    this.decaying = plan.rules.flatMap(({ kind }, rule) => (kind === "DECAY" ? [rule] : []));
    this.weights = plan.rules.map(() => []);
    this.bases = plan.rules.map(() => 0);
  }

  /** Lets go of all touches: the next ones are of another journey. */
  begin(): void {
    this.restart(0);
  }

  /** All touches that were met from one on are in reach now; it comes no earlier than the one before. */
  reach(from: number): void {
    if (from >= this.to) this.restart(from);
    for (; this.from < from; this.from += 1) this.leave(this.from);
    for (; this.to < this.met.length; this.to += 1) this.enter(this.to);
    this.moveBases();
  }

  private restart(from: number): void {
    this.from = from;
    this.to = from;
    this.size = 0;
    this.counting = 0;
    if (this.slots.size > 0) this.slots.clear();
  }

  private enter(touch: number): void {
    if (this.size === 0) this.bases.fill(this.met.at[touch]!);
    const slot = this.slotFor(touch);
    if (this.touches[slot]! > 0) this.next[this.last[slot]!] = touch;
    this.last[slot] = touch;
    this.touches[slot]! += 1;
    if (!this.isUnit(touch)) return;
    this.units[slot]! += 1;
    this.counting += 1;
    this.latest = touch;
    this.weigh(slot, touch, 1);
  }

  private slotFor(touch: number): number {
    const item = this.met.items[touch]!;
    const known = this.find(item);
    if (known !== -1) return known;
    const slot = this.size;
    this.size += 1;
    this.items[slot] = item;
    this.touches[slot] = 0;
    this.units[slot] = 0;
    this.first[slot] = touch;
    for (const rule of this.decaying) this.weights[rule]![slot] = 0;
    if (this.slots.size > 0) this.slots.set(item, slot);
    else if (slot === FEW) for (let each = 0; each <= slot; each += 1) this.slots.set(this.items[each]!, each);
    return slot;
  }

  /** The slot of an item; -1 where none of its touches is in reach. */
  private find(item: number): number {
    if (this.slots.size > 0) return this.slots.get(item) ?? -1;
    for (let slot = 0; slot < this.size; slot += 1) if (this.items[slot] === item) return slot;
    return -1;
  }

  /** The first one in reach falls out. */
  private leave(touch: number): void {
    const { items } = this.met;
    const slot = this.find(items[touch]!);
    this.touches[slot]! -= 1;
    const goesOn = this.plan.dedup === "CONSECUTIVE" && items[touch + 1] === items[touch];
    if (!goesOn) {
      this.units[slot]! -= 1;
      this.counting -= 1;
    }
    if (this.touches[slot] === 0) {
      this.close(slot);
      return;
    }
    this.first[slot] = this.next[touch]!;
    this.weigh(slot, touch, -1);
    if (!goesOn) return;
    this.weigh(slot, touch + 1, 1);
    this.latest = Math.max(this.latest, touch + 1);
  }

  /** The last slot takes the place of one that has nothing any more. */
  private close(slot: number): void {
    this.size -= 1;
    const isMapped = this.slots.delete(this.items[slot]!);
    if (slot === this.size) return;
    for (const column of [this.items, this.touches, this.units, this.first, this.last])
      column[slot] = column[this.size]!;
    for (const rule of this.decaying) this.weights[rule]![slot] = this.weights[rule]![this.size]!;
    if (isMapped) this.slots.set(this.items[slot]!, slot);
  }

  /** Whether a touch counts beside others of its item: of a run of them, the first. */
  private isUnit(touch: number): boolean {
    const { items } = this.met;
    return this.plan.dedup !== "CONSECUTIVE" || touch === this.from || items[touch] !== items[touch - 1];
  }

  private weigh(slot: number, touch: number, times: 1 | -1): void {
    if (this.isOneOfMany) return;
    for (const rule of this.decaying) this.weights[rule]![slot]! += times * this.weightOf(rule, touch);
  }

  /** Halves with each half-life. */
  private weightOf(rule: number, touch: number, base = this.bases[rule]!): number {
    const age = this.met.at[touch]! - base;
    return 2 ** Math.max(age / halfLifeOf(this.plan.rules[rule]!), LEAST_POWER);
  }

  /** Weighs anew what is relative to an instant that is too long ago: powers of two would end. */
  private moveBases(): void {
    if (this.isOneOfMany) return;
    const latest = this.met.at[this.latest]!;
    for (const rule of this.decaying) {
      if (latest - this.bases[rule]! <= MOST_POWER * halfLifeOf(this.plan.rules[rule]!)) continue;
      this.bases[rule] = latest;
      this.weighAnew(rule);
    }
  }

  private weighAnew(rule: number): void {
    const weights = this.weights[rule]!;
    weights.fill(0, 0, this.size);
    for (let touch = this.from; touch < this.to; touch += 1) {
      if (this.isUnit(touch)) weights[this.slotOf(touch)]! += this.weightOf(rule, touch);
    }
  }

  /** The slot of an item that is in reach. */
  slotOfItem(item: number): number {
    return this.find(item);
  }

  private slotOf(touch: number): number {
    return this.find(this.met.items[touch]!);
  }

  /** How many touches of an item count. */
  unitsOf(slot: number): number {
    return this.isOneOfMany ? 1 : this.units[slot]!;
  }

  /** How many touches count. */
  get length(): number {
    return this.isOneOfMany ? this.size : this.counting;
  }

  /** The item of the event that is the conversion, if it is itself a touch that counts, which is the last then; else -1. */
  slotOfEvent(conversion: number): number {
    const touch = this.to - 1;
    if (this.met.events[touch] !== conversion) return -1;
    const slot = this.slotOf(touch);
    const counts = this.plan.dedup === "FIRST" ? this.first[slot] === touch : this.isUnit(touch);
    return counts ? slot : -1;
  }

  /** Writes what a rule gives each item whose touches weigh less the older they are. */
  writeDecay(rule: number, shares: Float64Array): void {
    const kept = this.plan.dedup === "FIRST" ? this.first : this.last;
    const latest = this.met.at[kept[this.slotOfLast()]!]!;
    let sum = 0;
    for (let slot = 0; slot < this.size; slot += 1) {
      shares[slot] = this.isOneOfMany ? this.weightOf(rule, kept[slot]!, latest) : this.weights[rule]![slot]!;
      sum += shares[slot]!;
    }
    for (let slot = 0; slot < this.size; slot += 1) shares[slot]! /= sum;
  }

  /** The items in the order of the touches that count, where of several touches of an item only one does. */
  itemsInOrder(): number[] {
    const kept = this.plan.dedup === "FIRST" ? this.first : this.last;
    const slots = Array.from({ length: this.size }, (_, slot) => slot).sort((a, b) => kept[a]! - kept[b]!);
    return slots.map((slot) => this.items[slot]!);
  }

  /** The item of the first touch that counts; where only the last of an item does, of the one whose last is the earliest. */
  slotOfFirst(): number {
    if (this.plan.dedup !== "LAST") return this.slotOf(this.from);
    let found = 0;
    for (let slot = 1; slot < this.size; slot += 1) if (this.last[slot]! < this.last[found]!) found = slot;
    return found;
  }

  slotOfLast(): number {
    if (this.plan.dedup !== "FIRST") return this.slotOf(this.to - 1);
    let found = 0;
    for (let slot = 1; slot < this.size; slot += 1) if (this.first[slot]! > this.first[found]!) found = slot;
    return found;
  }
}

const halfLifeOf = (rule: CreditRule): number =>
  rule.kind === "DECAY" ? rule.halfLifeMinutes * MINUTE_MS : Number.POSITIVE_INFINITY;
