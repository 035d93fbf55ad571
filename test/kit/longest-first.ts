import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The longest files, longest first. A long file that starts last leaves the other workers idle at the end of a run. */
const LONG = [
  "console/console.browser",
  "chaos/kill",
  "chaos/pops",
  "contact-centre-kpis/technion",
  "app/embedded",
  "docs/commands",
  "cli/import-kill",
  "seed/load",
  "db/embedded",
  "ingest/concurrency-histories",
  "identity/stitch",
];

/** Vitest orders files by the times of an earlier run, which a fresh clone does not have. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => placeOf(a) - placeOf(b));
  }
}

function placeOf({ moduleId }: TestSpecification): number {
  const place = LONG.findIndex((name) => moduleId.includes(`/${name}.`));
  return place === -1 ? LONG.length : place;
}
