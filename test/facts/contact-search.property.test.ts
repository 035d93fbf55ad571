import fc from "fast-check";
import { expect, test } from "vitest";
import type { Changes, Standing } from "../../src/facts/contact-search.ts";
import { contactOf, tiedBy } from "../../src/facts/contacts.ts";
import { groupBy } from "../../src/kit/group.ts";
import { draws } from "../kit/draws.ts";
import { rowKey, tie } from "./contact-table.ts";

/** The most rows of a contact, here. */
const MOST = 4;

interface Row {
  subjectId: string;
  id: string;
  source: string;
  keys: string[];
  callId: string | null;
  isCall: boolean;
}

const key = fc.constantFrom(..."abcdefghij");
const callKey = fc.constantFrom("call:1", "call:2");
const row: fc.Arbitrary<Row> = fc.record({
  subjectId: fc.constantFrom("x", "y"),
  id: fc.integer({ min: 1, max: 24 }).map(String),
  source: fc.constantFrom("acd", "crm"),
  keys: fc.tuple(fc.array(key, { maxLength: 2 }), fc.array(callKey, { maxLength: 1 })).map(([a, b]) => [...a, ...b]),
  callId: fc.option(fc.constantFrom("1", "2"), { freq: 3 }),
  isCall: fc.boolean(),
});
/** A step writes some rows, whether they were there or not, gives visits more keys, takes others away, and finds constants. */
const step = fc.record({
  written: fc.array(row, { maxLength: 8 }),
  grown: fc.array(row, { maxLength: 3 }),
  gone: fc.array(row, { maxLength: 3 }),
  constants: fc.array(key, { maxLength: 1 }),
});

const isVisit = (row: { keys: readonly string[] }) => !row.keys.some((one) => one.startsWith("call:"));

interface Step {
  written: Row[];
  grown: Row[];
  gone: Row[];
  constants: string[];
}

function standing({ keys, ...row }: Row): Standing {
  const named = row.callId === null ? keys : [...keys, `call:${row.callId}`];
  return { ...row, keys: [...new Set(named)], contactId: null, sharesCall: false, isCrowded: false };
}

function apply(stored: Map<string, Standing>, { written, grown, gone, constants }: Step): Changes {
  const keys = [...constants];
  const ids: string[] = [];
  for (const one of [...gone, ...written]) {
    const known = stored.get(rowKey(one));
    if (!known) continue;
    keys.push(...known.keys);
    ids.push(known.id);
    stored.delete(rowKey(one));
  }
  for (const one of written) stored.set(rowKey(one), standing(one));
  const visits = grown.filter((one) => isVisit(one) && isVisit(stored.get(rowKey(one)) ?? { keys: ["call:"] }));
  for (const one of visits) {
    const known = stored.get(rowKey(one))!;
    stored.set(rowKey(one), { ...known, keys: [...new Set([...known.keys, ...one.keys])] });
  }
  const rows = [...written, ...visits].map((one) => stored.get(rowKey(one))!);
  return { rows: [...new Set(rows)], keys, ids };
}

/** All contacts from nothing: labels spread until none changes. */
function counted(stored: ReadonlyMap<string, Standing>, constants: readonly string[]): Map<string, unknown> {
  const rows = [...stored.values()];
  const keys = new Set(rows.flatMap((row) => row.keys).filter((one) => !constants.includes(one)));
  const tied = [
    ...[...keys].map((one) =>
      tiedBy(
        one,
        rows.filter((row) => row.keys.includes(one)),
        MOST,
      ),
    ),
    ...[...groupBy(rows, ({ id }) => id)].map(([id, own]) => tiedBy(id, own, MOST)),
  ];
  const labels = new Map(rows.map((row) => [row, rowKey(row)]));
  for (let isChanged = true; isChanged; ) {
    isChanged = false;
    for (const group of tied) {
      const least = group.map((row) => labels.get(row)!).sort()[0]!;
      for (const row of group.filter((row) => labels.get(row) !== least)) {
        labels.set(row, least);
        isChanged = true;
      }
    }
  }
  const groups = groupBy(rows, (row) => labels.get(row)!);
  return new Map(
    [...groups.values()].flatMap((own) =>
      own.map((row) => {
        const contact = own.length > MOST ? null : contactOf(own);
        return [
          rowKey(row),
          {
            contact: contact?.id ?? null,
            shares: contact?.sharesCalls ?? false,
            isCrowded: own.length > MOST && row.keys.length > 0,
          },
        ];
      }),
    ),
  );
}

const told = (stored: ReadonlyMap<string, Standing>) =>
  new Map(
    [...stored].map(([name, row]) => [
      name,
      { contact: row.contactId, shares: row.sharesCall, isCrowded: row.isCrowded },
    ]),
  );

test("contacts are what the rows that stand tie together, however they came and went", () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 8 }), (steps) => {
      const stored = new Map<string, Standing>();
      const constants: string[] = [];

      for (const one of steps) {
        constants.push(...one.constants);
        tie(stored, apply(stored, one), { most: MOST, constants });

        expect(told(stored)).toEqual(counted(stored, constants));
      }

      const before = told(stored);
      const all = [...stored.values()];
      tie(
        stored,
        { rows: all, keys: all.flatMap(({ keys }) => keys), ids: all.map(({ id }) => id) },
        { most: MOST, constants },
      );
      expect(told(stored)).toEqual(before);
    }),
    draws(500),
  );
});
