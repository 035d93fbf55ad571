/** Which side of a NEVER a component is on. */
type Side = 0 | 1;

/** Union-find that also remembers which sets must not be united. */
export class Components {
  readonly #parent: Int32Array;
  readonly #size: Int32Array;
  /** By root: the NEVERs that name a member of the component, the side it is on, and the member. */
  readonly #marks = new Map<number, Map<number, { side: Side; member: number }>>();

  constructor(count: number) {
    this.#parent = Int32Array.from({ length: count }, (_, i) => i);
    this.#size = new Int32Array(count).fill(1);
  }

  find(member: number): number {
    const parent = this.#parent;
    let at = member;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!;
      at = parent[at]!;
    }
    return at;
  }

  sizeOf(member: number): number {
    return this.#size[this.find(member)]!;
  }

  /** Puts a member's component on one side of a NEVER. */
  mark(member: number, never: number, side: Side): void {
    const root = this.find(member);
    const marks = this.#marks.get(root) ?? new Map();
    if (!marks.has(never)) marks.set(never, { side, member });
    this.#marks.set(root, marks);
  }

  /**
   * Two members that a NEVER keeps apart and that uniting these two components would bring together; null if there are
   * none.
   */
  forbidden(a: number, b: number): [number, number] | null {
    if (this.#marks.size === 0) return null;
    const ours = this.#marks.get(this.find(a));
    const theirs = this.#marks.get(this.find(b));
    if (!ours || !theirs || ours === theirs) return null;
    const [few, many] = ours.size <= theirs.size ? [ours, theirs] : [theirs, ours];
    for (const [never, { side, member }] of few) {
      const other = many.get(never);
      if (other && other.side !== side) return [member, other.member];
    }
    return null;
  }

  /** Unites two components and answers the root of both. */
  unite(a: number, b: number): number {
    const [x, y] = [this.find(a), this.find(b)];
    if (x === y) return x;
    const [root, child] = this.#size[x]! >= this.#size[y]! ? [x, y] : [y, x];
    this.#parent[child] = root;
    this.#size[root]! += this.#size[child]!;
    this.#moveMarks(child, root);
    return root;
  }

  #moveMarks(from: number, to: number): void {
    const moving = this.#marks.get(from);
    if (!moving) return;
    this.#marks.delete(from);
    const there = this.#marks.get(to);
    if (!there) {
      this.#marks.set(to, moving);
      return;
    }
    const [few, many] = moving.size <= there.size ? [moving, there] : [there, moving];
    for (const [never, mark] of few) if (!many.has(never)) many.set(never, mark);
    this.#marks.set(to, many);
  }
}
