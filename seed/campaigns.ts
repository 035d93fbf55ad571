import type { Channel } from "../src/fields/choices.ts";
import type { ReasonName } from "./staff.ts";

/** An advertisement that brings visits, and calls to a number of its own. */
export interface Campaign {
  name: string;
  medium: string;
  landing: string;
  /** The number printed on it, of a range that the regulator reserves for fiction. */
  number: string;
  channel: Channel;
  reason: ReasonName;
  weight: number;
  /** The share of its visits that lead to a call. */
  callChance: number;
}

/** Most calls come from Spring fibre. */
export const CAMPAIGNS: readonly Campaign[] = [
  {
    name: "spring-fibre",
    medium: "cpc",
    landing: "/offers/fibre",
    number: "+448081570101",
    channel: "WEB",
    reason: "new contract",
    weight: 4,
    callChance: 0.45,
  },
  {
    name: "aurora-launch",
    medium: "social",
    landing: "/offers/aurora-9",
    number: "+448081570102",
    channel: "SOCIAL",
    reason: "order",
    weight: 3,
    callChance: 0.06,
  },
  {
    name: "student-sim",
    medium: "display",
    landing: "/offers/student",
    number: "+448081570103",
    channel: "WEB",
    reason: "new contract",
    weight: 3,
    callChance: 0.02,
  },
  {
    name: "winback-letter",
    medium: "letter",
    landing: "/offers/come-back",
    number: "+448081570104",
    channel: "MAIL",
    reason: "new contract",
    weight: 1,
    callChance: 0.4,
  },
  {
    name: "newsletter",
    medium: "email",
    landing: "/offers",
    number: "+448081570105",
    channel: "EMAIL",
    reason: "order",
    weight: 4,
    callChance: 0.04,
  },
];

/** The company's own lines, which never identify anybody. */
export const OWN_NUMBERS = ["+443069990100", "+443069990199", ...CAMPAIGNS.map((campaign) => campaign.number)];
export const SWITCHBOARD = "+443069990100";

/** The campaigns' numbers as `upsertTrackingNumbers` takes them. */
export const DEMO_TRACKING_NUMBERS = CAMPAIGNS.map(({ number, channel, name, medium }) => ({
  number,
  source: "advertising",
  channel,
  campaign: name,
  medium,
  pool: null,
}));
