import { expect, test } from "vitest";
import { type Import, importsOf, sourceFiles } from "./sources.ts";

const READ_WING = ["customers", "interactions", "reports", "live"];

// Which way the stairs go: what the files of a room may import besides their own room and packages.
// A bare name is a room with all that is in it; anything else is a pattern of paths.
const STAIRS: Record<string, (string | RegExp)[]> = {
  kit: [],
  fields: ["kit"],
  // What facts say to the database is text like all else there; they never ask it.
  facts: ["fields", "kit", /^src\/db\/(fields|sql)\.ts$/],
  db: ["fields", "kit"],
  audit: ["facts", "db", "kit"],
  journeys: ["fields", "facts", "db", "kit"],
  request: ["audit", "journeys", "db", "facts", "kit"],
  connectors: ["fields", "facts", "kit"],
  identity: ["fields", "facts", "kit"],
  ingest: ["connectors", "identity", "fields", "facts", "db", "kit"],
  ...Object.fromEntries(READ_WING.map((room) => [room, ["request", "fields", "facts", "db", "kit"]])),
  reports: ["journeys", "request", "fields", "facts", "db", "kit"],
  privacy: ["identity", "ingest", "facts", "db", "kit"],
  keys: ["request", "facts", "db", "kit"],
  lake: ["fields", "facts", "db", "kit"],
  archive: ["lake", "ingest", "identity", "fields", "facts", "db", "kit"],
  graphql: [
    ...READ_WING,
    "keys",
    "request",
    "fields",
    "facts",
    "kit",
    /^src\/ingest\/(ingest|receipt|ringing\/announce|correcting\/replay|forgetting\/(?:forget|retain)|matching\/tracking)\.ts$/,
    /^src\/identity\/decide\.ts$/,
    /^src\/privacy\/exporter\.ts$/,
  ],
  http: ["connectors", "ingest", "graphql", "privacy", "keys", "audit", "request", "fields", "facts", "kit"],
  client: [],
  console: ["client"],
};
// The same for the floors of src/ingest. What stands beside them (`ingest.ts` and what it alone needs) may import them all.
const INGEST_FLOORS: Record<string, string[]> = {
  reading: [],
  storing: [],
  matching: ["storing"],
  ringing: [],
  archiving: ["storing"],
  correcting: ["archiving", "matching", "storing"],
  forgetting: ["archiving", "correcting", "matching", "storing"],
};
/** What every floor of src/ingest speaks of: records, their receipts and the names of the steps. */
const INGEST_WORDS = ["receipt.ts", "steps.ts"];

/** What is at the top puts the house together, from anything below. */
const TOP = ["app", "core", "main", "cli", "config", "settings", "demo", "greeting", "housekeeping", "fold-worker"];

const files = sourceFiles("src");
const imports = files.flatMap(importsOf);

test("every room of the house is on the ground plan", () => {
  const rooms = new Set(files.map(({ path }) => roomOf(path)));

  const strangers = [...rooms].filter((room) => !(room in STAIRS) && !TOP.includes(room));

  expect(strangers).toEqual([]);
});

test("the stairs only go down", () => {
  const wrong = imports.filter((link) => link.to.startsWith("src/") && !isAllowed(link));

  expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
});

test("the floors of ingest know only those that they stand on", () => {
  const wrong = imports.filter((link) => !isAllowedInIngest(link));

  expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
});

test("the engine of GraphQL knows resolvers by its list alone, and the write API knows no engine", () => {
  const inEngine = (path: string) => path.startsWith("src/graphql/engine/");
  const wrong = imports.filter(({ from, to }) =>
    inEngine(from)
      ? (/\.resolver\.ts$/.test(to) || to.startsWith("src/graphql/writes/")) && from !== "src/graphql/engine/schema.ts"
      : from.startsWith("src/graphql/writes/") && inEngine(to),
  );

  expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
});

test.each([
  ["src/ingest/reading/read.ts", "src/ingest/storing/items.ts", false],
  ["src/ingest/storing/store.ts", "src/ingest/matching/match.ts", false],
  ["src/ingest/ringing/announce.ts", "src/ingest/ingest.ts", false],
  ["src/ingest/correcting/rebuild.ts", "src/ingest/ingest.ts", false],
])("%s may not import %s", (from, to, isType) => {
  expect(isAllowedInIngest({ from, to, isType })).toBe(false);
});

test.each([
  ["src/kit/time.ts", "src/facts/record.ts", false],
  ["src/fields/jar.ts", "src/facts/record.ts", true],
  ["src/connectors/twilio/adapt.ts", "src/db/client.ts", true],
  ["src/identity/resolve.ts", "src/db/sql.ts", false],
  ["src/ingest/ingest.ts", "src/reports/flow/flow.report.ts", false],
  ["src/reports/flow/flow.report.ts", "src/ingest/ingest.ts", false],
  ["src/customers/customer.report.ts", "src/journeys/changes.repository.ts", false],
  ["src/journeys/changes.repository.ts", "src/reports/filter.sql.ts", false],
  ["src/reports/flow/flow.report.ts", "src/reports/overlap/overlap.sql.ts", false],
  ["src/reports/flow/flow.report.ts", "src/reports/overlap/overlap.declaration.ts", false],
  ["src/customers/customer.report.ts", "src/interactions/timeline.report.ts", false],
  ["src/graphql/engine/schema.ts", "src/ingest/storing/store.ts", false],
  ["src/http/server.ts", "src/db/client.ts", false],
  ["src/console/desk.tsx", "src/facts/vocabulary.ts", true],
])("%s may not import %s", (from, to, isType) => {
  expect(isAllowed({ from, to, isType })).toBe(false);
});

test("the product stands without its demonstration, its benchmarks and its tests", () => {
  const outside = imports.filter(({ from, to }) => {
    const isSeedAtTheTop = to.startsWith("seed/") && TOP.includes(roomOf(from));
    return /^(seed|bench|test)\//.test(to) && !isSeedAtTheTop;
  });

  expect(outside.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
});

test("what is imported as a module has its ending, and no room hides behind a barrel", () => {
  const local = imports.filter(({ to }) => to.startsWith("src/") && !to.includes("/generated/"));

  const bare = local.filter(({ to }) => !/\.(tsx?|json|css)$/.test(to));
  const barrels = files.filter(({ text }) => /^export \* from/m.test(text));

  expect(bare.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  expect(barrels.map(({ path }) => path)).toEqual([]);
});

function isAllowed({ from, to, isType }: Import): boolean {
  const [room, target] = [roomOf(from), roomOf(to)];
  if (TOP.includes(room)) return true;
  if (target === room) return room !== "reports" || sharesReport(from, to);
  if (READ_WING.includes(room) && READ_WING.includes(target)) return to.endsWith(".type.ts");
  if (room === "identity" && passesDbAlong({ from, to, isType })) return true;
  if (target === "db" && from.endsWith(".repository.ts") && ["identity", "http"].includes(room)) return true;
  return STAIRS[room]!.some((rule) => (typeof rule === "string" ? rule === target : rule.test(to)));
}

/** A replay hands records to the way in, which it is given: of `ingest.ts` it knows the type. */
function isAllowedInIngest({ from, to, isType }: Import): boolean {
  const floorOf = (path: string) => path.match(/^src\/ingest\/([^/]+)\//)?.[1];
  const [mine, theirs] = [floorOf(from), floorOf(to)];
  if (mine === undefined || !to.startsWith("src/ingest/") || mine === theirs) return true;
  if (theirs !== undefined) return INGEST_FLOORS[mine]?.includes(theirs) ?? false;
  const name = to.slice("src/ingest/".length);
  return INGEST_WORDS.includes(name) || (mine === "correcting" && name === "ingest.ts" && isType);
}

/** Who decides may open a transaction or make a dry run, and hands it to the repositories: no SQL of its own. */
function passesDbAlong({ to, isType }: Import): boolean {
  return (to === "src/db/client.ts" && isType) || to === "src/db/dry-run.ts";
}

/** A report knows itself, what all reports share, and of another report only its types; the lists know declarations and folds. */
function sharesReport(from: string, to: string): boolean {
  if (from === "src/reports/reports.ts" && to.endsWith(".declaration.ts")) return true;
  if (from === "src/reports/folds.ts") return true;
  const report = (path: string) => path.match(/^src\/reports\/([^/]+)\//)?.[1];
  const [mine, theirs] = [report(from), report(to)];
  return theirs === undefined || mine === theirs || to.endsWith(".type.ts");
}

/** The folder below src, or the file when it stands there itself. */
function roomOf(path: string): string {
  return path.split("/")[1]!.replace(/\.tsx?$/, "");
}
