import fc from "fast-check";

// Numbers that may not be stored, in the spellings that people, programs and transcripts have for them, and numbers that may.

/** A number in the groups that it is printed in, of which there may be several. */
interface Printed {
  groups: readonly (readonly string[])[];
  /** How it may be put together: by nothing, signs, words. */
  by: readonly ("nothing" | "sign" | "words")[];
  /** What has to stand before it, where its shape alone says too little. */
  named?: readonly string[];
}

const luhn = (digits: string) => {
  const sum = [...digits].reverse().reduce((all, digit, place) => {
    const counted = place % 2 === 0 ? Number(digit) * 2 : Number(digit);
    return all + (counted > 9 ? counted - 9 : counted);
  }, 0);
  return digits + ((10 - (sum % 10)) % 10);
};

const someDigits = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((digits) => digits.join(""));

function cut(text: string, ...lengths: number[]): string[] {
  const [first, ...more] = lengths;
  return first === undefined ? [] : [text.slice(0, first), ...cut(text.slice(first), ...more)];
}

const each = (text: string, length: number) => text.match(new RegExp(`.{1,${length}}`, "g")) ?? [];
const ANYHOW = ["nothing", "sign", "words"] as const;

const card = fc
  .constantFrom(
    ["4", 16],
    ["51", 16],
    ["55", 16],
    ["2221", 16],
    ["2720", 16],
    ["37", 15],
    ["36", 14],
    ["6011", 16],
    ["3530", 16],
    ["62", 16],
    ["2204", 16],
    ["6304", 16],
    ["4", 19],
  )
  .chain(([begins, length]) =>
    someDigits(Number(length) - String(begins).length - 1).map((rest): Printed[] => {
      const number = luhn(`${begins}${rest}`);
      const printed =
        number.length === 15 ? cut(number, 4, 6, 5) : number.length === 14 ? cut(number, 4, 6, 4) : each(number, 4);
      return [
        { groups: [printed], by: ANYHOW },
        { groups: [each(number, 1), each(number, 2)], by: ["sign"] },
      ];
    }),
  );

const ibanOf = (country: string, account: string) => {
  const number = BigInt([...`${account}${country}00`].map((c) => Number.parseInt(c, 36)).join("")) % 97n;
  return `${country}${String(98n - number).padStart(2, "0")}${account}`;
};
const iban = fc
  .constantFrom(
    ["SE", "", 20],
    ["DE", "", 18],
    ["GB", "WEST", 14],
    ["NL", "ABNA", 10],
    ["FR", "", 23],
    ["NO", "", 11],
    ["FI", "", 14],
    ["MT", "MALT", 23],
    ["PL", "", 24],
  )
  .chain(([country, bank, length]) =>
    someDigits(Number(length)).map((rest): Printed[] => {
      const number = ibanOf(String(country), `${bank}${rest}`);
      const grouped = each(number.slice(4), 4);
      return [
        { groups: [[number.slice(0, 4), ...grouped]], by: ANYHOW },
        { groups: [[number.slice(0, 2), number.slice(2, 4), ...grouped]], by: ["sign"] },
      ];
    }),
  );

const two = (least: number, most: number) =>
  fc.integer({ min: least, max: most }).map((n) => String(n).padStart(2, "0"));
const day = fc.tuple(two(1, 28), two(1, 12), two(40, 99));
const NAMED = [
  "my SSN is ",
  "social security number: ",
  "personnummer ",
  "Pnr. ",
  "NI no. ",
  "CPR-nummer: ",
  "SV-Nr. ",
];
const american = fc.tuple(fc.integer({ min: 101, max: 665 }), two(1, 99), fc.integer({ min: 1000, max: 9999 }));
const ssn = fc.oneof(
  american.map((parts): Printed[] => [{ groups: [parts.map(String)], by: ["nothing", "sign"], named: NAMED }]),
  american.map(([area, group, serial]): Printed[] => [{ groups: [[`${area}-${group}-${serial}`]], by: ["nothing"] }]),
  fc.tuple(day, someDigits(3)).map(([[d, m, y], serial]): Printed[] => {
    const ten = luhn(`${y}${m}${d}${serial}`);
    const [date, last] = cut(ten, 6, 4) as [string, string];
    return [
      { groups: [[`19${date}-${last}`], [`19${ten}`]], by: ["nothing"] },
      { groups: [[`${date}-${last}`], [`${date}+${last}`]], by: ["nothing"], named: NAMED },
      { groups: [[`19${date}`, last]], by: ["sign"] },
      { groups: [[date, last]], by: ["nothing", "sign"], named: NAMED },
    ];
  }),
  fc.tuple(day, fc.integer({ min: 2, max: 899 })).map(([[d, m, y], n]): Printed[] => {
    const digits = `${d}${m}${y}${String(n).padStart(3, "0")}`;
    const check = "0123456789ABCDEFHJKLMNPRSTUVWXY"[Number(digits) % 31]!;
    const [date, rest] = [digits.slice(0, 6), `${digits.slice(6)}${check}`];
    return [
      { groups: [[`${date}-${rest}`]], by: ["nothing"], ...(/\d/.test(check) && { named: NAMED }) },
      { groups: [[`${date}A${rest}`]], by: ["nothing"] },
    ];
  }),
  fc
    .tuple(day, someDigits(4))
    .map(([[d, m, y], serial]): Printed[] => [
      { groups: [[`${d}${m}${y}`, serial]], by: ["nothing", "sign"], named: NAMED },
    ]),
  fc
    .tuple(fc.constantFrom("AB", "JG", "WZ"), someDigits(6), fc.constantFrom(..."ABCD"))
    .map(([begins, digits, ends]): Printed[] => [
      { groups: [[begins, ...each(digits, 2), ends]], by: ["nothing", "sign"], named: NAMED },
    ]),
  fc
    .tuple(two(2, 89), day, fc.constantFrom(..."ABMZ"), someDigits(3))
    .map(([area, [d, m, y], letter, serial]): Printed[] => [
      { groups: [[area, `${d}${m}${y}`, letter, serial]], by: ["nothing", "sign"], named: NAMED },
    ]),
);

/** Of each kind that is taken out of every text: numbers, in groups. */
export const SECRETS = { card, iban, ssn };

const SIGNS = [" ", "-", "  ", " - ", "\u00a0", "\u2009", "\u2013", "\u2011", ".", "/", "\u200b", "\t", "\n"];
const WORDS = [
  " and ",
  ", ",
  " then ",
  " och sedan ",
  "; next ",
  " ... ",
  "\nthen ",
  " (space) ",
  " und dann die ",
  " - ehm - ",
  ". Then ",
];
/** Zeros of scripts: Arabic, Persian, Devanagari, Bengali, Thai, fullwidth, mathematical bold. */
const ZEROS = [0x30, 0x30, 0x30, 0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xff10, 0x1d7ce];
const inScript = (text: string, zero: number) =>
  text.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));

const BEFORE = ["", "card: ", "It's ", "(", "“", "Customer says: ", "nr=", "betalar med ", "№ "];
const AFTER = ["", ".", ", thanks", ")", " please", "\nBye", "!", ";"];

/** One way to write one of these numbers, among words. */
export function spelledInMany(numbers: fc.Arbitrary<Printed[]>) {
  return numbers
    .chain((all) => fc.constantFrom(...all))
    .chain(({ groups, by, named }) =>
      fc.record({
        groups: fc.constantFrom(...groups),
        by: fc.constantFrom(...by),
        named: fc.constantFrom(...(named ?? BEFORE)),
      }),
    )
    .chain(({ groups, by, named }) =>
      fc
        .record({
          sign: fc.constantFrom(...SIGNS),
          words: fc.array(fc.constantFrom(...WORDS), { minLength: groups.length, maxLength: groups.length }),
          zero: fc.constantFrom(...ZEROS),
          after: fc.constantFrom(...AFTER),
          isLower: fc.boolean(),
        })
        .map(({ sign, words, zero, after, isLower }) => {
          const between = (place: number) => (by === "nothing" ? "" : by === "sign" ? sign : words[place]!);
          const plain = groups.map((group, place) => (place === 0 ? "" : between(place)) + group).join("");
          return { before: named, spelled: inScript(isLower ? plain.toLowerCase() : plain, zero), after };
        }),
    );
}

const number = (least: number, most: number) => fc.integer({ min: least, max: most }).map(String);
const date = fc.tuple(fc.integer({ min: 1990, max: 2030 }), two(1, 12), two(1, 28));
const time = fc.tuple(two(0, 23), two(0, 59), two(0, 59));
const ean = someDigits(12).map((digits) => {
  const sum = [...digits].reduce((all, digit, place) => all + Number(digit) * (place % 2 === 0 ? 1 : 3), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
});

/** What notes, transcripts and metadata have numbers for. */
export const ORDINARY: fc.Arbitrary<string> = fc.oneof(
  fc.tuple(number(1, 99_999_999), two(0, 99)).map(([whole, cents]) => `${whole}.${cents} SEK`),
  date.map((parts) => parts.join("-")),
  date.map((parts) => parts.join("")),
  fc.tuple(date, time).map(([d, t]) => `${d.join("-")}T${t.join(":")}Z`),
  fc.tuple(date, time).map(([d, t]) => `${d.join("")}${t.join("")}`),
  fc.tuple(date, time).map(([d, t]) => `${d.join("-")} ${t.join(":")} and again ${t.join(".")}`),
  fc
    .tuple(fc.constantFrom("070", "073", "08"), number(1_000_000, 9_999_999))
    .map(([a, b]) => `${a}-${b.slice(0, 3)} ${b.slice(3, 5)} ${b.slice(5)}`),
  someDigits(9).map((digits) => `+46${digits}`),
  someDigits(10).map((digits) => `+1 (${digits.slice(0, 3)}) ${digits.slice(3, 6)}-${digits.slice(6)}`),
  number(10_000, 999_999_999).map((id) => `order ${id}`),
  number(1_000_000_000, 1_999_999_999),
  number(1_600_000_000_000, 1_999_999_999_999),
  ean,
  someDigits(6).map((digits) => `code ${digits}`),
  fc.uuid(),
  fc
    .tuple(number(1, 99), number(100, 9_999), number(100, 9_999))
    .map(([n, a, b]) => `${n} pieces for ${a} kr, ${b} kr in all`),
  fc.tuple(number(1, 255), number(1, 255), number(1, 255), number(1, 255)).map((parts) => parts.join(".")),
  fc
    .tuple(someDigits(5), number(10, 99))
    .map(([post, house]) => `Storgatan ${house}, ${post.slice(0, 3)} ${post.slice(3)} Stockholm`),
  fc.tuple(someDigits(3), someDigits(4)).map(([bank, giro]) => `bankgiro ${bank}-${giro}`),
  fc.array(number(1, 100_000), { minLength: 2, maxLength: 4 }).map((all) => all.join(", ")),
);
