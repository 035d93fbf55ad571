import type { Identity } from "../facts/identity.ts";
import { type Rules, ruleOf } from "../facts/rules.ts";
import type { Components } from "./components.ts";

/**
 * Counts the values of each limited namespace in a component. Most components hold one or two, so the counts are flat
 * lists.
 */
export class Holdings {
  readonly #namespaces = new Map<string, number>();
  readonly #limits: number[] = [];
  /** By root: namespace, count, namespace, count … */
  readonly #held = new Map<number, number[]>();

  /** Counts the components that verdicts alone made: anchors that a verdict joined count as one value. */
  constructor(people: readonly Identity[], components: Components, rules: Rules) {
    for (const [i, { namespace, kind }] of people.entries()) {
      const number = this.#numberOf(namespace, rules, kind === "ANCHOR");
      if (this.#limits[number] === Number.POSITIVE_INFINITY) continue;
      const root = components.find(i);
      const held = this.#held.get(root) ?? [];
      this.#held.set(root, held);
      const at = positionOf(held, number);
      if (at === -1) held.push(number, 1);
      else if (kind !== "ANCHOR") held[at + 1]! += 1;
    }
  }

  /** Whether both components hold values of one limited namespace that together exceed its limit. */
  exceed(a: number, b: number): boolean {
    const [ours, theirs] = [this.#held.get(a), this.#held.get(b)];
    if (!ours || !theirs) return false;
    for (let i = 0; i < ours.length; i += 2) {
      const at = positionOf(theirs, ours[i]!);
      if (at !== -1 && ours[i + 1]! + theirs[at + 1]! > this.#limits[ours[i]!]!) return true;
    }
    return false;
  }

  /** Adds up the counts of two roots that became one. */
  merge(a: number, b: number, root: number): void {
    const other = a === root ? b : a;
    const moving = this.#held.get(other);
    if (!moving || other === root) return;
    this.#held.delete(other);
    const held = this.#held.get(root) ?? [];
    this.#held.set(root, held);
    for (let i = 0; i < moving.length; i += 2) {
      const at = positionOf(held, moving[i]!);
      if (at === -1) held.push(moving[i]!, moving[i + 1]!);
      else held[at + 1]! += moving[i + 1]!;
    }
  }

  #numberOf(namespace: string, rules: Rules, isAnchor: boolean): number {
    const known = this.#namespaces.get(namespace);
    if (known !== undefined) return known;
    // Evidence never joins two values of one ANCHOR namespace, whatever its row says.
    this.#limits.push(isAnchor ? 1 : (ruleOf(rules, namespace)?.limit ?? Number.POSITIVE_INFINITY));
    this.#namespaces.set(namespace, this.#limits.length - 1);
    return this.#limits.length - 1;
  }
}

function positionOf(held: readonly number[], namespace: number): number {
  for (let i = 0; i < held.length; i += 2) if (held[i] === namespace) return i;
  return -1;
}
