import { expect, test } from "vitest";
import { DDL_ENGINES, ddlOf } from "../../src/lake/ddl.ts";
import { tablesOfLake } from "../../src/lake/tables.sql.ts";
import { blocksOf } from "../docs/blocks.ts";

const tables = tablesOfLake({ isPersonal: false }).map((table) => ({
  ...table,
  isPartitioned: table.filedBy !== null,
}));
const short = tables.filter(({ name }) => name === "identities" || name === "owners");

test.each(DDL_ENGINES)("%s is told of every table and every column of it, and of no other", (engine) => {
  const said = ddlOf(engine, tables, "s3://bucket/lake/");

  const told = [...said.matchAll(/table (\w+) \(\n([\s\S]*?)\n\)/g)].map(([, name, lines]) => [
    name,
    lines!.split(",\n").map((line) => /["`](\w+)["`]/.exec(line)![1]),
  ]);
  const months = engine === "trino" ? ["month"] : [];
  expect(told).toEqual(
    tables.map(({ name, columns, isPartitioned }) => [
      name,
      [...columns.map((column) => column.name), ...(isPartitioned ? months : [])],
    ]),
  );
});

test.each(DDL_ENGINES)("the document shows what %s is told of identities and their owners", (engine) => {
  const shown = blocksOf("docs/lake.md").map(({ text }) => text);

  expect(shown).toContain(ddlOf(engine, short, "s3://bucket/lake"));
});
