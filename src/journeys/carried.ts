import { SESSION_TIMEOUT_MINUTES } from "../facts/sessions.ts";
import { AppError } from "../kit/errors.ts";
import { MINUTE_MS } from "../kit/time.ts";
import type { Partition } from "./columns.ts";
import type { Container } from "./container.ts";
import type { ReadValue } from "./dimension.ts";
import type { IsMeant, Journey } from "./fold.ts";
import { type CutPlan, compileCut, cutPlanOf, type IsIn } from "./sender-sessions.ts";
import { noSession, type Stretch } from "./sessions.ts";

/** Which of the values of a session, or of all that a customer did, an event carries. */
type Allocation = "MOST_RECENT" | "ORIGINAL" | "FIRST_KNOWN" | "LAST_KNOWN" | "ALL";

/** How long a value is carried, as clients say it. */
export interface Expiry<Matcher> {
  container?: Container | null;
  sessionTimeoutMinutes?: number | null;
  minutes?: number | null;
  event?: Matcher | null;
}

/** How a value is carried, in numbers: lengths are milliseconds, and infinite where there is no limit. */
export interface Carriage extends CutPlan {
  allocation: Allocation;
  /** How long a value is carried from the event that has it. */
  lasts: number;
  /** What happens from here on carries nothing. */
  until: number;
}

/** What no later event may do away with is known of all events at once. */
const KNOWN_AT_ONCE: readonly Allocation[] = ["FIRST_KNOWN", "LAST_KNOWN", "ALL"];

/** How a value is carried before an instant. */
export function carriageOf(
  allocation: Allocation,
  { container, sessionTimeoutMinutes, minutes, event }: Expiry<unknown>,
  until: number,
): Carriage {
  const stray = minutes != null ? "minutes" : event != null ? "event" : null;
  if (stray && KNOWN_AT_ONCE.includes(allocation)) {
    const message = `${allocation} is about whole containers: leave out \`${stray}\`, or carry MOST_RECENT or ORIGINAL.`;
    throw new AppError("BAD_INPUT", message, ["expiry", stray]);
  }
  if (minutes != null && minutes < 1) {
    throw new AppError("BAD_INPUT", "Carry a value for 1 minute or more.", ["expiry", "minutes"]);
  }
  const timeout = sessionTimeoutMinutes ?? SESSION_TIMEOUT_MINUTES;
  if (timeout < 1) {
    throw new AppError("BAD_INPUT", "Give `sessionTimeoutMinutes` of at least 1.", ["expiry", "sessionTimeoutMinutes"]);
  }
  return {
    allocation,
    ...cutPlanOf(container ?? "SESSION", timeout),
    lasts: minutes == null ? Number.POSITIVE_INFINITY : minutes * MINUTE_MS,
    until,
  };
}

/** The values that events carry. */
export interface Carried {
  /** Of an event: -1 where it carries none; of ALL, the number of a list of values. */
  read: ReadValue;
  /** The values of a list of the journey that was read last. */
  listed(list: number): Int32Array;
}

/** What finds the values that events carry. Those of a journey are found when the first event of it is asked for. */
export function compileCarried(
  partition: Partition,
  carriage: Carriage,
  { own, ends }: { own: ReadValue; ends: IsMeant | null },
): Carried {
  const { next, isIn } = compileCut(partition, carriage, carriage.until);
  const session = noSession();
  const lists = new Lists();
  const carry = carrierOf(partition, carriage, { own, ends, lists, isIn: isIn ?? everything });
  let carried = new Int32Array(64);
  let customer = -1;
  const read: ReadValue = (event, journey) => {
    if (journey.customer !== customer) {
      customer = journey.customer;
      const length = journey.to - journey.from;
      if (carried.length < length) carried = new Int32Array(2 * length);
      carried.fill(-1, 0, length);
      lists.clear();
      session.to = journey.from;
      while (next(session, journey)) carry(carried, session, journey);
    }
    return carried[event - journey.from]!;
  };
  return { read, listed: (list) => lists.of(list) };
}

const everything = () => true;

interface Sources {
  own: ReadValue;
  ends: IsMeant | null;
  lists: Lists;
  isIn: NonNullable<IsIn>;
}

/** Writes what the events of a stretch carry, by their place in the journey. */
type Carry = (carried: Int32Array, stretch: Stretch, journey: Journey) => void;

function carrierOf({ events: { at } }: Partition, { allocation, lasts }: Carriage, sources: Sources): Carry {
  const { own, ends, lists, isIn } = sources;
  switch (allocation) {
    case "MOST_RECENT":
    case "ORIGINAL":
      return (carried, { from, to }, journey) => {
        let value = -1;
        let since = 0;
        for (let event = from; event < to; event += 1) {
          if (!isIn(event)) continue;
          if (at[event]! - since > lasts) value = -1;
          const stated = own(event, journey);
          if (stated !== -1 && (value === -1 || allocation === "MOST_RECENT")) [value, since] = [stated, at[event]!];
          carried[event - journey.from] = value;
          if (ends?.(event, journey)) value = -1;
        }
      };
    case "FIRST_KNOWN":
    case "LAST_KNOWN":
      return (carried, { from, to }, journey) => {
        let value = -1;
        for (let event = from; event < to && (value === -1 || allocation === "LAST_KNOWN"); event += 1) {
          const stated = isIn(event) ? own(event, journey) : -1;
          if (stated !== -1) value = stated;
        }
        for (let event = from; event < to; event += 1) if (isIn(event)) carried[event - journey.from] = value;
      };
    case "ALL":
      return (carried, { from, to }, journey) => {
        lists.begin();
        for (let event = from; event < to; event += 1) {
          if (isIn(event)) carried[event - journey.from] = lists.add(own(event, journey));
        }
      };
  }
}

/** Lists that grow by one value at a time, each named by the place of its last value. */
class Lists {
  #values = new Int32Array(64);
  /** Of each place, that of the first value of its list. */
  #firsts = new Int32Array(64);
  #length = 0;
  #first = 0;
  readonly #known = new Set<number>();

  clear(): void {
    this.#length = 0;
  }

  /** What is added from now on is a list of its own. */
  begin(): void {
    this.#first = this.#length;
    this.#known.clear();
  }

  /** The list with a value, which it may have already, and which may be none; -1 where it is empty. */
  add(value: number): number {
    if (value !== -1 && !this.#known.has(value)) {
      this.#known.add(value);
      if (this.#length === this.#values.length) this.#grow();
      this.#values[this.#length] = value;
      this.#firsts[this.#length] = this.#first;
      this.#length += 1;
    }
    return this.#length === this.#first ? -1 : this.#length - 1;
  }

  of(list: number): Int32Array {
    return this.#values.subarray(this.#firsts[list]!, list + 1);
  }

  #grow(): void {
    const [values, firsts] = [this.#values, this.#firsts];
    this.#values = new Int32Array(2 * values.length);
    this.#firsts = new Int32Array(2 * firsts.length);
    this.#values.set(values);
    this.#firsts.set(firsts);
  }
}
