import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The longest files, longest first. A long file that starts last leaves the other workers idle at the end of a run. */
const LONG = [
  "console/console.browser",
  "chaos/kill",
  "chaos/pops",
  "docs/commands",
  "seed/load",
  "graphql/roots",
  "contact-centre-kpis/technion",
  "public/retail",
  "cli/import-kill",
  "ingest/visits.property",
  "live/activity",
  "app/embedded",
  "forgetting/reports.property",
  "journeys/concurrent.property",
  "graphql/broken-texts",
  "journeys/known.property",
  "identity/stitch",
  "ingest/contacts.property",
  "ingest/concurrency-histories",
  "live/whose",
  "cases/names",
  "db/embedded",
  "journeys/workers.property",
  "stories/stories",
  "ingest/bad-input",
  "cases/partial-customers",
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
