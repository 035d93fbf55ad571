import fc from "fast-check";
import { expect, test } from "vitest";
import { holdsLongNumber, LongNumber, RepeatedName, readJson, writeJson } from "../../src/kit/json.ts";

test("a number that JavaScript holds is a number, and any other is its digits", () => {
  const text = '{"a": [9007199254740991, -9007199254740991, 2.4019999999999997, 1.5e1, -0, 1772445600000], "b": 1e21}';
  const long = ["9007199254740992", "-9007199254740993", "10150000000000000001", "1e400", "4587.00000000000000001"];

  const numbers = long.map((number) => readJson(`{"id":[ ${number}]}`));

  expect(readJson(text)).toEqual({ ...JSON.parse(text), b: new LongNumber("1e21") });
  expect(numbers).toEqual(long.map((number) => ({ id: [new LongNumber(number)] })));
  expect(numbers.every(holdsLongNumber)).toBe(true);
});

test("digits in a text are a text, whatever quotes and backslashes are around them", () => {
  const digits = "10150000000000000001";
  const text = fc.stringMatching(/^[\\":,[\]{} \d]*$/);

  fc.assert(
    fc.property(text, text, (before, after) => {
      const value = {
        [before]: `${before}:${digits}`,
        list: [`${after}"${digits}`, "here", { [`k${after}`]: before }],
      };
      expect(readJson(JSON.stringify(value))).toEqual(value);
      expect(readJson(JSON.stringify(value).replace('"here"', ` ${digits} `))).toEqual({
        ...value,
        list: [value.list[0], new LongNumber(digits), value.list[2]],
      });
    }),
  );
});

test("any JSON without such numbers is what JSON.parse makes of it", () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const value = JSON.parse(text);
      fc.pre(!holdsLongNumber(value));
      expect(readJson(text)).toEqual(value);
    }),
  );
});

test("what was read is written to the last digit, beside any text", () => {
  const long = fc.constantFrom("9007199254740993", "-10150000000000000001", "1e400", "4587.00000000000000001");

  fc.assert(
    fc.property(fc.json(), fc.array(long), (text, numbers) => {
      const value = readJson(`{"text": ${text}, "numbers": [${numbers.join()}]}`);
      expect(readJson(writeJson(value))).toEqual(value);
      expect(writeJson(value)).toContain(`"numbers":[${numbers.join()}]`);
    }),
  );
});

test("what is no JSON is refused as by JSON.parse", () => {
  for (const text of ["", "{", '{"a":12345678901234567890', '"1015000000000000000', "[10150000000000000001,]", "-"]) {
    expect(() => readJson(text)).toThrow(SyntaxError);
  }
});

test("nesting as deep as JSON.parse reads does not overflow", () => {
  const deep = `${"[".repeat(5_000)}10150000000000000001${"]".repeat(5_000)}`;

  expect(() => readJson(deep)).not.toThrow();
});

test("a name that an object gives twice is refused by name, one that two objects give is not", () => {
  const name = fc.oneof(fc.string(), fc.constantFrom("__proto__", "constructor", '"', "\\", "a:", "{"));
  const written = (one: string) => fc.constantFrom(JSON.stringify(one), escaped(one));
  fc.assert(
    fc.property(
      name.chain((one) => fc.tuple(fc.constant(one), written(one), written(one))),
      fc.json(),
      ([one, first, second], text) => {
        const twice = `[${text}, {${first}: ${text},\n ${second} :1}]`;
        expect(() => readJson(twice)).toThrow(new RepeatedName(one));
        expect(() => readJson(`[{${first}: 1}, {${second}: {${first}: "${"\\\\"}"}}]`)).not.toThrow();
      },
    ),
  );
});

test("a text nested deeper than any record may be is read, as deep as it is", () => {
  expect(() => readJson(`${"[".repeat(5_000)}{"a":1}${"]".repeat(5_000)}`)).not.toThrow();
});

const escaped = (name: string) =>
  `"${Array.from({ length: name.length }, (_, at) => `\\u${name.charCodeAt(at).toString(16).padStart(4, "0")}`).join("")}"`;
