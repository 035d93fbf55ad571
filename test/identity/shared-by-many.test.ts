import { expect, test } from "vitest";
import { type Told, tell } from "./histories.ts";

const kinds = ({ conflicts }: ReturnType<typeof tell>) => conflicts.map(({ a, b, kind }) => `${kind} ${a} ${b}`);

const shared = (subject: string, namespace: string, many: number) =>
  Array.from({ length: many }, (_, i) => ({ at: i, carried: [subject, `${namespace}:${i}`, `cookie:${i}`] }));
const names = (records: readonly Told[]) => records.map(({ carried }) => carried[1]!);

test.each([
  ["an ANCHOR that guests order under", "custid:guest", "email"],
  ["a login that a shop uses for everybody", "login:shop", "email"],
  ["a global id that a program made up", "globalcustid:0815", "custid"],
])("a value that many share joins nobody, and is shown: %s", (_, subject, namespace) => {
  const few = shared(subject, namespace, 20);
  const many = shared(subject, namespace, 21);

  const [before, after] = [tell({ records: few }), tell({ records: many })];

  expect(new Set(names(few).map((id) => before.who(id))).size).toBe(namespace === "custid" ? 20 : 1);
  expect(names(many).map((id) => after.who(id))).toEqual(names(many));
  expect(after.who(subject)).toBe(subject);
  expect(kinds(after).sort()).toEqual(
    names(many)
      .map((id) => `CONTESTED ${subject} ${id}`)
      .sort(),
  );
});

test("an e-mail address that many log in with joins no two of them", () => {
  const logins = Array.from({ length: 21 }, (_, i) => ({ at: i, carried: [`login:${i}`, "email:shop"] }));

  const { who } = tell({ records: logins });

  expect(new Set(logins.map(({ carried }) => who(carried[0]!))).size).toBe(21);
  expect(who("email:shop")).toBe("email:shop");
});

test("what many share still joins whom a person says that it joins, and values that are one count once", () => {
  const many = shared("custid:guest", "email", 21);
  const merged = { kind: "MUST" as const, at: 0, left: ["email:0", "email:1"] };
  const decided = { kind: "MUST" as const, at: 0, left: ["custid:guest", "email:3"] };

  expect(tell({ records: many, verdicts: [merged] }).who("email:5")).toBe("custid:guest");
  const { who } = tell({ records: many, verdicts: [decided] });
  expect([who("email:3"), who("email:5")]).toEqual(["custid:guest", "email:5"]);
});

const used = (subject: string, carrier: string, many: number) =>
  Array.from({ length: many }, (_, i) => ({ at: i, carried: [subject, `${carrier}:${i}`] }));

test.each([
  ["a number that a desk writes on every call", "custid:house", "phone", 20],
  ["a login that a shop has everybody call under", "login:shop", "phone", 20],
  ["an address that a till sends for every guest", "email:till", "phone", 20],
  ["a number that a page states before anybody logs in", "custid:house", "cookie", 200],
  ["a number that an app states before anybody logs in", "custid:house", "device", 200],
])("telephones and browsers are not those of a person who was seen with too many: %s", (_, subject, carrier, most) => {
  const [before, after] = [used(subject, carrier, most), used(subject, carrier, most + 1)];

  const [few, many] = [tell({ records: before }), tell({ records: after })];

  expect([few.who(`${carrier}:0`), few.who(`${carrier}:${most - 1}`)]).toEqual([subject, subject]);
  expect([many.who(`${carrier}:0`), many.who(`${carrier}:${most}`)]).toEqual([`${carrier}:0`, `${carrier}:${most}`]);
  expect([few.crowds.size, [...many.crowds]]).toEqual([0, [subject]]);
});

test("a person has any number of contacts, and what a source that may not join says makes no crowd of them", () => {
  const calls = used("custid:1", "contact", 300);
  const noted = used("custid:2", "phone", 300).map((record) => ({ ...record, source: "note" }));

  const { who, crowds } = tell({ records: [...calls, ...noted] });

  expect([who("contact:299"), who("phone:0"), crowds.size]).toEqual(["custid:1", "custid:2", 0]);
});

test("a telephone of a crowd is a person's who was seen with it as well, and a decision still gives it away", () => {
  const records = [...used("custid:house", "phone", 25), { at: 40, carried: ["custid:1", "phone:3"] }];
  const decided = { kind: "MUST" as const, at: 0, left: ["custid:house", "phone:4"] };

  const { who } = tell({ records, verdicts: [decided] });

  expect([who("phone:3"), who("phone:4"), who("phone:5")]).toEqual(["custid:1", "custid:house", "phone:5"]);
});
