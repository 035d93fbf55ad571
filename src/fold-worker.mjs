import { register } from "tsx/esm/api";

// Starts fold-worker.ts where nothing is built: a thread cannot read TypeScript by itself on every version of Node.js.
// In dist, what is built of it lies in this place.

register();
await import("./fold-worker.ts");
