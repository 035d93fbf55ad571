import type { ReasonName } from "./staff.ts";

/** What somebody came for: the ways through the site, and how likely a certain page is to make them ring. */
export interface Purpose {
  name: string;
  weight: number;
  /** Steps: `/page`, `search:words`, `form:name` or `buy`. Several ways through, the likelier ones repeated. */
  ways: readonly (readonly string[])[];
  reason: ReasonName;
  /** The page that makes people ring, and how often it does with those who ring at all. */
  trigger: string;
  callChance: number;
}

export const SITE = "https://www.aldervale.example";

/** A visit without the trigger leads to a call this often. */
export const BACKGROUND_CALL_CHANCE = 0.015;

/** Why people come. The invoice page and the checkout are where the town's site fails them. */
export const PURPOSES: readonly Purpose[] = [
  {
    name: "browse",
    weight: 24,
    ways: [
      ["/home", "/shop", "/shop/phones", "/shop/phones/aurora-9"],
      ["/home", "/shop/broadband", "/shop/broadband/fibre-500", "/shop/compare"],
      ["/home", "/news", "/home"],
      ["/home", "search:5g coverage", "/support/coverage", "/shop/phones"],
    ],
    reason: "new contract",
    trigger: "/shop/compare",
    callChance: 0.05,
  },
  {
    name: "bill",
    weight: 20,
    ways: [
      ["/home", "/login", "/billing", "/billing/invoice"],
      ["/home", "/login", "/billing", "/billing/invoice", "/billing", "/billing/invoice", "/contact"],
      ["/login", "/billing", "/billing/invoice", "search:why is my bill higher", "/support/billing", "/contact"],
      ["/home", "/login", "/billing", "/billing/history"],
    ],
    reason: "invoice",
    trigger: "/billing/invoice",
    callChance: 0.62,
  },
  {
    name: "pay",
    weight: 7,
    ways: [
      ["/home", "/login", "/billing", "/billing/pay", "form:payment"],
      ["/login", "/billing/pay", "form:payment", "/billing"],
    ],
    reason: "payment",
    trigger: "/billing/pay",
    callChance: 0.12,
  },
  {
    name: "checkout",
    weight: 15,
    ways: [
      ["/shop/phones", "/shop/phones/aurora-9", "/shop/basket", "/shop/checkout", "/shop/basket", "/shop/checkout"],
      ["/shop", "/shop/basket", "/shop/checkout", "/shop/checkout", "/support/delivery", "/shop/checkout"],
      ["/shop/broadband/fibre-500", "/shop/basket", "/shop/checkout", "search:delivery date", "/contact"],
      ["/shop", "/shop/basket", "/shop/checkout", "/shop/checkout/delivery", "/shop/confirmation", "buy"],
      ["/shop/phones/lumen-4", "/shop/basket"],
    ],
    reason: "order",
    trigger: "/shop/checkout",
    callChance: 0.36,
  },
  {
    name: "fault",
    weight: 14,
    ways: [
      ["/home", "/support", "/support/broadband", "/support/outages"],
      ["/support/broadband", "search:slow broadband", "/support/router", "/contact", "form:contact"],
      ["/home", "search:no internet", "/support/outages", "/support/router", "/contact"],
      ["/support/router", "/support/router/restart"],
    ],
    reason: "broadband fault",
    trigger: "/support/outages",
    callChance: 0.52,
  },
  {
    name: "leave",
    weight: 6,
    ways: [
      ["/home", "/login", "/account", "/account/contract", "/support/cancel", "/contact"],
      ["/home", "search:cancel contract", "/support/cancel", "/account/contract"],
      ["/login", "/account/contract", "/shop/compare"],
    ],
    reason: "cancellation",
    trigger: "/support/cancel",
    callChance: 0.66,
  },
  {
    name: "move",
    weight: 5,
    ways: [
      ["/home", "/support/moving", "form:moving home", "/support/moving/done"],
      ["/support/moving", "/shop/broadband", "/contact"],
    ],
    reason: "moving home",
    trigger: "/support/moving",
    callChance: 0.18,
  },
  {
    name: "roam",
    weight: 5,
    ways: [
      ["/home", "search:roaming charges", "/support/roaming"],
      ["/support/roaming", "/login", "/account/extras", "buy"],
    ],
    reason: "roaming",
    trigger: "/support/roaming",
    callChance: 0.12,
  },
  {
    name: "password",
    weight: 5,
    ways: [
      ["/login", "/login/reset", "form:password reset", "/login", "/account"],
      ["/login", "/login", "/login/reset", "/contact"],
    ],
    reason: "password",
    trigger: "/login/reset",
    callChance: 0.2,
  },
];

/** The same purposes as the app's screens: fewer, and named rather than addressed. */
export function screenOf(step: string): string {
  return step === "/home" ? "/app/start" : `/app${step}`;
}
