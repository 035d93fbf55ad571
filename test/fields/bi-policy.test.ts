import { expect, test } from "vitest";
import { CAR, CAR_EXTRA } from "../../src/fields/car.ts";
import { shownIn } from "../../src/fields/derive/bi/columns.ts";
import { BI_VIEWS } from "../../src/fields/derive/bi/views.ts";
import { columnsOf } from "../../src/fields/derive/columns.ts";
import type { Fields } from "../../src/fields/field.ts";
import { INTERACTION } from "../../src/fields/interaction.ts";
import { MOMENT } from "../../src/fields/touchpoint.ts";
import { scopesOf } from "../../src/graphql/engine/auth.ts";

test("the views of bi show what an analyst may read, and nothing beside", () => {
  const fields: Fields = { ...CAR, ...CAR_EXTRA, ...INTERACTION, ...MOMENT };
  const analyst = scopesOf("analyst");

  const shown = shownIn(fields).map(({ name }) => name);
  const readable = Object.values(fields).filter(({ scope }) => scope === undefined || analyst.has(scope));

  expect(shown.sort()).toEqual(readable.map(({ name }) => name).sort());
});

test("no view of bi, those of aggregate's questions included, reads a column of a field that is left out", () => {
  const fields = [CAR, CAR_EXTRA, INTERACTION, MOMENT].flatMap((group: Fields) => {
    const shown = shownIn(group);
    return Object.values(group).filter((field) => !shown.includes(field));
  });
  const hidden = fields.flatMap((field) => columnsOf(field));

  const read = hidden.filter((column) => new RegExp(`\\b[a-z]\\.${column}\\b`).test(BI_VIEWS));

  expect(hidden).toEqual(expect.arrayContaining(["interaction_notes", "metadata", "age"]));
  expect(read).toEqual([]);
});
