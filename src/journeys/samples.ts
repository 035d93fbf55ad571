/** Numbers of which the one at a certain place is asked: a median, a percentile. Plain, since tallies go between threads. */
export interface Samples {
  values: Float64Array;
  length: number;
}

export const noSamples = (): Samples => ({ values: new Float64Array(16), length: 0 });

export function addSample(samples: Samples, value: number): void {
  if (samples.length === samples.values.length) grow(samples, samples.length + 1);
  samples.values[samples.length] = value;
  samples.length += 1;
}

export function addSamples(samples: Samples, { values, length }: Samples): void {
  grow(samples, samples.length + length);
  samples.values.set(values.subarray(0, length), samples.length);
  samples.length += length;
}

/** The number below which that share of them lies, between two of them if need be; null of none. */
export function percentileOf({ values, length }: Samples, share: number): number | null {
  if (length === 0) return null;
  const sorted = values.slice(0, length).sort();
  const place = share * (length - 1);
  const [low, high] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return low + (high - low) * (place - Math.floor(place));
}

function grow(samples: Samples, least: number): void {
  const before = samples.values;
  if (least <= before.length) return;
  samples.values = new Float64Array(Math.max(least, before.length * 2));
  samples.values.set(before);
}
