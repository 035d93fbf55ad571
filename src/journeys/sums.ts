import { addSample, noSamples, type Samples } from "./samples.ts";

/** Sums by key, `width` of them each. Plain, since tallies go between threads. */
export interface Sums {
  width: number;
  keys: Samples;
  values: Samples;
}

export const noSums = (width: number): Sums => ({ width, keys: noSamples(), values: noSamples() });

/** Where each key stands, of sums that are being added to here. */
const PLACES = new WeakMap<Sums, Map<number, number>>();

/** Which key it is, in the order in which they came; its sums begin at `width` times that among the values. */
export function placeAmong(sums: Sums, key: number): number {
  const places = placesIn(sums);
  const known = places.get(key);
  if (known !== undefined) return known;
  const place = sums.keys.length;
  places.set(key, place);
  addSample(sums.keys, key);
  for (let i = 0; i < sums.width; i += 1) addSample(sums.values, 0);
  return place;
}

function placesIn(sums: Sums): Map<number, number> {
  const known = PLACES.get(sums);
  if (known) return known;
  const { values, length } = sums.keys;
  const places = new Map<number, number>();
  for (let place = 0; place < length; place += 1) places.set(values[place]!, place);
  PLACES.set(sums, places);
  return places;
}

export function addSums(sums: Sums, later: Sums): void {
  const { width } = sums;
  for (let place = 0; place < later.keys.length; place += 1) {
    const to = placeAmong(sums, later.keys.values[place]!) * width;
    const from = place * width;
    for (let i = 0; i < width; i += 1) sums.values.values[to + i]! += later.values.values[from + i]!;
  }
}

/** Forgets all sums. */
export function clearSums(sums: Sums): void {
  sums.keys.length = 0;
  sums.values.length = 0;
  PLACES.get(sums)?.clear();
}

/** Where the sums of a key begin among the values; -1 where it has none. */
export function placeInSums(sums: Sums, key: number): number {
  const place = placesIn(sums).get(key);
  return place === undefined ? -1 : place * sums.width;
}

/** Calls `each` with all keys, and where their sums begin among the values. */
export function eachSum({ keys, width }: Sums, each: (key: number, place: number) => void): void {
  for (let place = 0; place < keys.length; place += 1) each(keys.values[place]!, place * width);
}
