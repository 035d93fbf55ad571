import { expect, test } from "vitest";
import { Joins, NO_INTERACTION } from "../../src/journeys/joins.ts";

const key = (...words: number[]) => Uint32Array.from({ length: 4 }, (_, i) => words[i] ?? 0);
const [ann, bob, cat] = [key(1), key(2), key(0xffffffff, 0, 0, 9)];
const IDS = 1_000;

/** Interactions of two subjects each, of whom the second began a second earlier; the device says which one it is. */
function filled(): Joins {
  const joins = new Joins();
  joins.addPerson(ann);
  for (let id = 0; id < IDS; id += 1) {
    joins.addInteraction(ann, key(id, 7), { begins: id * 1000, device: id, contact: -1 });
    joins.addInteraction(cat, key(id, 7), { begins: (id - 1) * 1000, device: IDS + id, contact: id });
  }
  return joins;
}

test("an interaction is found by its id and its subject, however many there are", () => {
  const joins = filled();

  for (let id = 0; id < IDS; id += 1) {
    const number = joins.ids.add(key(id, 7));
    const [anns, cats] = [joins.find(number, ann), joins.find(number, cat)];

    expect([joins.device(anns), joins.contact(anns), joins.isOfPerson(anns)]).toEqual([id, -1, true]);
    expect([joins.device(cats), joins.contact(cats), joins.isOfPerson(cats)]).toEqual([IDS + id, id, false]);
    expect(joins.find(number, bob)).toBe(NO_INTERACTION);
  }
  expect(joins.find(joins.ids.add(key(IDS, 7)), ann)).toBe(NO_INTERACTION);
});

test("an event begins its visit where no other subject's of the same id began before", () => {
  const joins = filled();
  const alone = joins.ids.add(key(IDS, 8));
  joins.addInteraction(bob, key(IDS, 8), { begins: 5, device: 0, contact: -1 });
  const begins = (id: number, subject: Uint32Array, at: number) =>
    joins.beganFirst(joins.find(id, subject), { at, interaction: id });

  expect(begins(3, cat, 2000)).toBe(true);
  expect(begins(3, cat, 2001)).toBe(false);
  expect(begins(3, ann, 3000)).toBe(false);
  expect(begins(alone, bob, 5)).toBe(true);
});
