import { readdirSync, readFileSync } from "node:fs";
import type { Mapping } from "./language.ts";
import { readMapping } from "./read.ts";

const SHIPPED = new URL("../mappings/", import.meta.url);
const ENDING = ".yaml";

/** The mappings that come with the project, by name. */
export function shippedMappings(): string[] {
  return readdirSync(SHIPPED)
    .filter((file) => file.endsWith(ENDING))
    .map((file) => file.slice(0, -ENDING.length))
    .sort();
}

/** A mapping that comes with the project. */
export function readShipped(name: string): Mapping {
  return readMapping(readFileSync(new URL(name + ENDING, SHIPPED), "utf8"), name);
}
