// Starts fold-worker.ts where nothing is built: a thread cannot read TypeScript by itself on every version of Node.js, and
// reading it takes half a second. Tests build it once for all their threads, and say where. In dist, what is built of it
// lies in this place.

const built = process.env.FOLD_WORKER;
if (!built) (await import("tsx/esm/api")).register();
await import(built ?? "./fold-worker.ts");
