import type { Person } from "./people.ts";

const PLAIN: Person = {
  key: "",
  custId: null,
  name: "",
  email: null,
  isEmailShared: false,
  login: null,
  phone: null,
  landline: null,
  ecid: "",
  cookie: "",
  device: null,
  region: "London",
  segment: "basic",
  products: ["fibre 500"],
  isCommercial: false,
  isOnline: true,
  isCaller: true,
  appetite: 1,
};

/** The people of the stories. They have the first hundred numbers of their regions, which no other person has. */
export const CAST = {
  amara: storied("amara", {
    custId: "1001",
    name: "Amara Okafor",
    email: "amara.okafor@mail.example",
    login: "amara.okafor",
    phone: "+442079460012",
    segment: "premium",
    products: ["fibre 500", "mobile unlimited", "tv"],
  }),
  freya: storied("freya", {
    custId: "1002",
    name: "Freya Hughes",
    email: "freya.hughes@mail.example",
    landline: "+442920180023",
    segment: "family",
    region: "Wales",
    products: ["fibre 100", "mobile 10 GB"],
  }),
  tomos: storied("tomos", {
    custId: "1003",
    name: "Tomos Hughes",
    email: "tomos.hughes@mail.example",
    landline: "+442920180023",
    segment: "family",
    region: "Wales",
    products: ["fibre 100"],
  }),
  salonen: storied("salonen", {
    custId: "1004",
    name: "Salonen Marine",
    email: "office@salonen-marine.example",
    phone: "+441414960034",
    segment: "small business",
    region: "Scotland",
    products: ["leased line", "switchboard", "business mobile"],
    isCommercial: true,
  }),
  nadia: storied("nadia", {
    custId: "1005",
    name: "Nadia Rahman",
    email: "nadia.rahman@mail.example",
    login: "nadiar",
    phone: "+441614960045",
    segment: "young",
    region: "North West",
  }),
  george: storied("george", {
    custId: "1006",
    name: "George Whitfield",
    email: "george.whitfield@mail.example",
    phone: "+441134960056",
    region: "Yorkshire",
    products: ["fibre 100", "landline"],
  }),
  /** On the site now, and in no system. */
  stranger: storied("stranger", {}),
  /** Calls, and is in no system. */
  unknown: storied("unknown", { phone: "+441914980067", isOnline: false, region: "North East" }),
} as const;

function storied(key: string, plot: Partial<Person>): Person {
  const letters = [...key].map((letter) => String(letter.codePointAt(0)! % 100).padStart(2, "0")).join("");
  return { ...PLAIN, key: `story-${key}`, ecid: letters.padEnd(38, "7"), cookie: `ck-story-${key}`, ...plot };
}
