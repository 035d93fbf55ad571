import { basename, join } from "node:path";
import { inject } from "vitest";

/** What Node runs in place of a file of the project: the same, put together before the first test. */
export function programOf(path: string): string {
  return join(inject("programs"), `${basename(path, ".ts")}.js`);
}
