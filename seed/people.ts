import { BUSINESS_PRODUCTS, BUSINESSES, FAMILY_NAMES, GIVEN_NAMES, PRODUCTS, REGIONS } from "./names.ts";
import type { Random } from "./random.ts";

/** One invented person, complete; the records tell less. */
export interface Person {
  /** The prefix of the ids of their records; stable. */
  key: string;
  /** Null for visitors and callers that no system knows. */
  custId: string | null;
  name: string;
  email: string | null;
  /** Whether they log in with an e-mail shared by the household, which identifies neither. */
  isEmailShared: boolean;
  login: string | null;
  /** The number they call from. */
  phone: string | null;
  /** The household's line, if it is shared. */
  landline: string | null;
  ecid: string;
  cookie: string;
  /** Set when they have the app. */
  device: string | null;
  region: string;
  segment: string;
  products: readonly string[];
  isCommercial: boolean;
  isOnline: boolean;
  isCaller: boolean;
  /** How active they are; 1 is usual. */
  appetite: number;
}

const SINGLES = 210;
const COUPLES = 56;
const FIRMS = 34;
const PROSPECTS = 36;
const STRANGERS = 190;
const UNKNOWN_CALLERS = 42;
/** How many couples also share an e-mail address. */
const SHARED_EMAILS = 6;
/** One couple in this many shares a tablet. */
const SHARED_TABLET_EVERY = 4;

/**
 * Everybody but the people of the stories: customers, prospects known by e-mail, and visitors and callers that no
 * system knows.
 */
export function peopleOf(random: Random): Person[] {
  const numbers = phoneBook(random.fork("phones"));
  return [
    ...times(SINGLES, (i) => customer(random.fork(`single ${i}`), { custId: 2_001 + i, numbers })),
    ...times(COUPLES, (i) => couple(random.fork(`couple ${i}`), { index: i, numbers })).flat(),
    ...times(FIRMS, (i) => firm(random.fork(`firm ${i}`), { custId: 4_001 + i, numbers })),
    ...times(PROSPECTS, (i) => prospect(random.fork(`prospect ${i}`), i)),
    ...times(STRANGERS, (i) => stranger(random.fork(`stranger ${i}`), i)),
    ...times(UNKNOWN_CALLERS, (i) => unknownCaller(random.fork(`caller ${i}`), { index: i, numbers })),
  ];
}

/** Gives each number once. The first hundred of every region are reserved for the people of the stories. */
type PhoneBook = (region: string) => string;

function phoneBook(random: Random): PhoneBook {
  const dealt = new Map<string, number>(REGIONS.map(({ name }) => [name, 100]));
  return (name) => {
    const region = REGIONS.find((candidate) => candidate.name === name)!;
    const last = dealt.get(name)! + random.int(1, 3);
    dealt.set(name, last);
    return `${region.prefix}${String(last).padStart(3, "0")}`;
  };
}

interface Plot {
  custId: number;
  numbers: PhoneBook;
  familyName?: string;
  region?: string;
}

function customer(random: Random, { custId, numbers, familyName, region = regionFor(random) }: Plot): Person {
  const name = `${random.pick(GIVEN_NAMES)} ${familyName ?? random.pick(FAMILY_NAMES)}`;
  const mailbox = name.toLowerCase().replace(" ", ".");
  const isOnline = random.chance(0.86);
  return {
    key: `p${custId}`,
    custId: String(custId),
    name,
    email: random.chance(0.88) ? `${mailbox}${custId}@mail.example` : null,
    isEmailShared: false,
    login: random.chance(0.7) ? `${mailbox.replace(".", "")}${custId % 100}` : null,
    phone: phoneFor(random, { custId, region, numbers }),
    landline: null,
    ecid: digits(random, 38),
    cookie: `ck-${digits(random, 12)}`,
    device: isOnline && random.chance(0.4) ? `phone-${digits(random, 10)}` : null,
    region,
    segment: random.weighted(["basic", "family", "premium", "young"], (name) => SEGMENT_WEIGHTS[name]!),
    products: chosen(random, PRODUCTS),
    isCommercial: false,
    isOnline,
    isCaller: !isOnline || random.chance(0.62),
    appetite: 0.4 + random.around(0.7),
  };
}

const SEGMENT_WEIGHTS: Readonly<Record<string, number>> = { basic: 5, family: 4, premium: 2, young: 3 };

/** A fixed line for most; for some a mobile of the range reserved for drama, which is possible but not valid. */
function phoneFor(random: Random, { custId, region, numbers }: { custId: number; region: string; numbers: PhoneBook }) {
  return random.chance(0.1) ? `+44770090${String(custId % 1_000).padStart(4, "0")}` : numbers(region);
}

function couple(random: Random, { index, numbers }: { index: number; numbers: PhoneBook }): Person[] {
  const familyName = random.pick(FAMILY_NAMES);
  const region = regionFor(random);
  const landline = numbers(region);
  const email = index < SHARED_EMAILS ? `the.${familyName.toLowerCase()}s${index}@mail.example` : null;
  const tablet =
    index % SHARED_TABLET_EVERY === 0 ? { ecid: digits(random, 38), cookie: `ck-${digits(random, 12)}` } : {};
  return [0, 1].map((seat) => {
    const adult = customer(random, { custId: 3_001 + index * 2 + seat, numbers, familyName, region });
    return {
      ...adult,
      ...tablet,
      landline,
      email: email ?? adult.email,
      isEmailShared: email !== null,
      isCaller: true,
    };
  });
}

function firm(random: Random, plot: Plot): Person {
  const owner = customer(random, plot);
  const familyName = owner.name.split(" ").at(-1)!;
  return {
    ...owner,
    name: `${familyName} ${random.pick(BUSINESSES)}`,
    email: `office@${familyName.toLowerCase()}${plot.custId}.example`,
    segment: "small business",
    products: chosen(random, BUSINESS_PRODUCTS),
    isCommercial: true,
    isCaller: true,
  };
}

/** A person known by an e-mail address only, who asked for an offer and has bought nothing yet. */
function prospect(random: Random, index: number): Person {
  const plain = customer(random, { custId: 6_001 + index, numbers: () => "" });
  const email = `${plain.name.toLowerCase().replace(" ", ".")}${index}@post.example`;
  return {
    ...plain,
    key: `q${index}`,
    custId: null,
    login: null,
    phone: null,
    email,
    device: null,
    isOnline: true,
    isCaller: false,
  };
}

function stranger(random: Random, index: number): Person {
  const somebody = prospect(random, index);
  return { ...somebody, key: `v${index}`, email: null, appetite: 0.4 };
}

function unknownCaller(random: Random, { index, numbers }: { index: number; numbers: PhoneBook }): Person {
  const somebody = stranger(random, index);
  return { ...somebody, key: `u${index}`, phone: numbers(somebody.region), isOnline: false, isCaller: true };
}

function regionFor(random: Random): string {
  return random.weighted(REGIONS, (region) => region.weight).name;
}

function chosen(random: Random, products: readonly string[]): string[] {
  const bought = products.filter(() => random.chance(0.38));
  return bought.length > 0 ? bought : [random.pick(products)];
}

export function digits(random: Random, length: number): string {
  return Array.from({ length }, () => random.int(0, 9)).join("");
}

function times<Item>(count: number, make: (index: number) => Item): Item[] {
  return Array.from({ length: count }, (_, index) => make(index));
}
