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
