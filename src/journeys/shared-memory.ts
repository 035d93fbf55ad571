/** Of each buffer, one of the same size that nobody touches, so that it takes no memory. */
const WEIGHTS = new WeakMap<SharedArrayBuffer, ArrayBuffer>();

/**
 * Tells V8 of a shared buffer in this thread. It collects what is old when much memory hangs on it, and does not count what
 * is shared: a hundred versions of a store would lie there until something else brought a collection about.
 */
export function weighed(buffer: SharedArrayBuffer): SharedArrayBuffer {
  WEIGHTS.set(buffer, new ArrayBuffer(buffer.byteLength));
  return buffer;
}
