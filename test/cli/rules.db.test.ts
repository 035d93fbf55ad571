import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, inject, test, vi } from "vitest";
import { rules, rulesIn } from "../../src/cli/rules.ts";
import { sql } from "../../src/db/sql.ts";
import { DEFAULT_ROUTING_RULES } from "../../src/facts/routing.ts";
import { findRules } from "../../src/identity/rules.repository.ts";
import { useDatabase } from "../kit/database.ts";

const house = useDatabase();

let printed = "";
beforeEach(() => {
  printed = "";
  vi.stubEnv("DATABASE_URL", house.url);
  vi.stubEnv("LOG_LEVEL", "silent");
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    printed += text;
    return true;
  });
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const fileOf = (text: string) => {
  const file = join(mkdtempSync(join(inject("directory"), "rules-")), "rules.yaml");
  writeFileSync(file, text);
  return file;
};
const inForce = async () => (await findRules(house.db, "SE")).routing;
const NIGHT = '- name: night\n  message: "At night, all to one desk."\n  advice: { skill: night, priority: 3 }\n';

test("lists the rules in force as a file that can be set again, and resets them", async () => {
  await rules(["list"]);
  const listed = printed;
  await rules(["set", fileOf(NIGHT)]);
  const changed = await inForce();
  await rules(["set", fileOf(listed)]);
  const back = await inForce();
  await rules(["set", fileOf(NIGHT)]);
  await rules(["reset"]);

  expect(changed).toEqual([
    {
      name: "night",
      isEnabled: true,
      message: "At night, all to one desk.",
      matcher: {},
      advice: { skill: "night", priority: 3 },
    },
  ]);
  expect(back).toEqual(DEFAULT_ROUTING_RULES);
  expect(await inForce()).toEqual(DEFAULT_ROUTING_RULES);
});

test.each([
  ["a key that does not exist", "- name: a\n  message: A.\n  matcher: { vip: true }\n", /0\.matcher.*vip/],
  ["two rules of one name", NIGHT + NIGHT, /name of its own/],
  ["a priority beyond the scale", "- name: a\n  message: A.\n  advice: { priority: 12 }\n", /0\.advice\.priority/],
  ["no rule at all", "night: true\n", /the list/],
  ["no YAML", "- [", /no YAML/],
])("refuses %s and says where", async (_name, text, said) => {
  await rules(["reset"]);

  expect(() => rulesIn(text)).toThrow(said);
  await expect(rules(["set", fileOf(text)])).rejects.toThrow(said);
  expect(await inForce()).toEqual(DEFAULT_ROUTING_RULES);
});

test("a rule that somebody wrote past the schema stands in nobody's way", async () => {
  await rules(["set", fileOf(NIGHT)]);

  await house.db.run(sql`
    insert into routing_rules (name, position, is_enabled, message, matcher, advice)
    values ('broken', 0, true, 'Broken.', '{"moon": "full"}', '{}')
  `);

  expect((await inForce()).map(({ name }) => name)).toEqual(["night"]);
});
