import { expect, test } from "vitest";
import { CAR, CAR_EXTRA } from "../../src/fields/car.ts";
import { shownIn } from "../../src/fields/derive/bi/columns.ts";
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
