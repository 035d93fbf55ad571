import type { z } from "zod";
import type { callInput, customerInput, interactionInput, touchpointInput } from "../src/facts/record.ts";
import type { Random } from "./random.ts";

export type TouchpointBody = z.input<typeof touchpointInput>;
export type InteractionBody = z.input<typeof interactionInput>;
export type CallBody = z.input<typeof callInput>;
export type CustomerBody = z.input<typeof customerInput>;
export type IdentityBody = z.input<typeof touchpointInput>["identities"] extends (infer Item)[] | null | undefined
  ? Item
  : never;

/** A record as ingest accepts it. */
export type DemoRecord =
  | { kind: "touchpoint"; body: TouchpointBody }
  | { kind: "interaction"; body: InteractionBody }
  | { kind: "call"; body: CallBody }
  | { kind: "customer"; body: CustomerBody };

/** A record and when it reached us, which may be long after it happened. */
export interface Posted {
  arrivesAt: number;
  record: DemoRecord;
}

/** What every part of the demo data is given: the clock, a source of chance, and where to send records. */
export interface World {
  /** Milliseconds; no record is later. */
  readonly now: number;
  readonly random: Random;
  readonly posted: Posted[];
  /** Counters by name, for the ids that sending systems count up. */
  readonly counters: Map<string, number>;
}

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** How many days the demo data covers. */
export const DEMO_DAYS = 60;

/** Sends a record at the moment when its system knows it. A record of the future is left out. */
export function send(world: World, record: DemoRecord, knownAt: number): void {
  if (knownAt <= world.now) world.posted.push({ arrivesAt: knownAt, record });
}

/** The next number of a counter. */
export function countUp(world: World, name: string): number {
  const number = (world.counters.get(name) ?? 100_000) + 1;
  world.counters.set(name, number);
  return number;
}

/** The same world with its own source of chance. */
export function worldOf(world: World, label: string): World {
  return { ...world, random: world.random.fork(label) };
}

export function iso(at: number): string {
  return new Date(at).toISOString();
}

export function pounds(amount: number): { amount: string; currency: string } {
  return { amount: amount.toFixed(2), currency: "GBP" };
}
