import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { CONNECTORS } from "../../src/connectors/connectors.ts";
import { FIXTURE_LIST } from "../connectors/senders.ts";
import { rootFile, sourceFiles } from "./sources.ts";

const ROOM = "src/connectors";
/** What files are read with: no senders. */
const NO_SENDERS = ["mapping", "mappings"];

const files = sourceFiles(ROOM);
const readme = rootFile("README.md");
const senders = readdirSync(new URL(`../../${ROOM}/`, import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !NO_SENDERS.includes(entry.name))
  .map(({ name }) => name);

test("no connector lacks anything", () => {
  expect(senders.length).toBeGreaterThan(10);
  expect(senders.flatMap((name) => lacking(name).map((what) => `${name} lacks ${what}`))).toEqual([]);
});

test("a sender that has nothing but its name is told all that it lacks", () => {
  expect(lacking("nobody")).toEqual([
    "a line in src/connectors/connectors.ts",
    "src/connectors/nobody/connector.ts with its payload type, as Connector<…>",
    "a message in test/connectors/fixtures/nobody that is taken in",
    "a message in test/connectors/fixtures/nobody that is refused",
    "an example of which every record is taken in",
    "a mention in README.md",
  ]);
});

test("every connector of the list has a folder of its name", () => {
  expect(CONNECTORS.map(({ name }) => name).toSorted()).toEqual(senders.toSorted());
});

test("adapters know no clock, no chance, no network, and throw nothing", () => {
  const adapters = files.filter(({ path }) => !NO_SENDERS.includes(path.split("/")[2]!));

  const impure = adapters.filter(({ text }) =>
    /\b(Date\.now|Math\.random|randomUUID|fetch|setTimeout|process)\b|new Date\(\)|\bthrow\b/.test(text),
  );

  expect(impure.map(({ path }) => path)).toEqual([]);
});

function lacking(name: string): string[] {
  const connector = CONNECTORS.find((one) => one.name === name);
  const declaration = files.find(({ path }) => path === `${ROOM}/${name}/connector.ts`)?.text ?? "";
  const answers = FIXTURE_LIST.filter((fixture) => fixture.connector === name).flatMap((fixture) => fixture.expect);
  const records = connector?.adapt(connector.example) ?? [];
  const parts: [string, boolean][] = [
    ["a line in src/connectors/connectors.ts", connector !== undefined],
    [`${ROOM}/${name}/connector.ts with its payload type, as Connector<…>`, /\bConnector<\w+>/.test(declaration)],
    [`a message in test/connectors/fixtures/${name} that is taken in`, answers.some((answer) => "body" in answer)],
    [`a message in test/connectors/fixtures/${name} that is refused`, answers.some((answer) => "rejected" in answer)],
    ["an example of which every record is taken in", records.length > 0 && records.every((one) => !one.rejected)],
    ["a mention in README.md", readme.includes(`\`${name}\``)],
  ];
  return parts.filter(([, isThere]) => !isThere).map(([what]) => what);
}
