import type { ReasonName } from "./staff.ts";

/** Why somebody visits: the paths through the site, and how likely a certain page leads to a call. */
export interface Purpose {
  name: string;
  weight: number;
  /** Steps: `/page`, `search:words`, `form:name` or `buy`. Several paths; the likelier ones are repeated. */
  ways: readonly (readonly string[])[];
  reason: ReasonName;
  /** The page that leads to calls, and how often it does among those who call at all. */
  trigger: string;
  callChance: number;
}

export const SITE = "https://www.aldervale.example";

/** The share of visits without that page that lead to a call. */
export const BACKGROUND_CALL_CHANCE = 0.015;

/** Why people visit. Two pages of the site serve them badly: the invoice and the checkout. */
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

/** A step as a screen of the app: fewer of them, with names instead of addresses. */
export function screenOf(step: string): string {
  return step === "/home" ? "/app/start" : `/app${step}`;
}
