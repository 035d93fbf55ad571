import { provenBy } from "./calls.ts";
import { CAST } from "./cast.ts";
import { stateCustomer } from "./customers.ts";
import { endOf, OLD_SITE } from "./legs.ts";
import { DAY, HOUR, MINUTE, type World } from "./post.ts";
import { AGENTS } from "./staff.ts";
import { askAboutIt } from "./surveys.ts";
import { tellCall, tellVisit } from "./telling.ts";

/** The people whom README names: the same numbers, ids and stories for every seed. */
export function tellStories(world: World): void {
  amara(world);
  theHughes(world);
  salonen(world);
  nadia(world);
  george(world);
  strangers(world);
}

/** Called about her invoice nine days ago and again two days ago, and is reading it now. */
function amara(world: World): void {
  const { now } = world;
  const person = CAST.amara;
  const signals = [{ code: "churn", score: 0.74, reason: "Two calls about the same invoice, neither resolved." }];
  stateCustomer(world, person, { vvip: true, premierCustomer: true, highRiskCustomer: false, age: 41, signals });
  tellVisit(world, person, {
    sessionId: "story-amara-visit-1",
    startsAt: now - 9 * DAY - 12 * MINUTE,
    steps: ["/home", "/login", "/billing", "/billing/invoice", "search:why is my bill higher"],
    signsInAt: 2,
    dwellSeconds: [20, 30, 60, 200, 60],
  });
  const invoice = { reason: "invoice" as const, team: "Billing A" };
  const doubled = { isResolved: false, notes: "Second invoice shows fibre 500 twice. Promised a corrected one." };
  tellCall(world, person, { ...invoice, id: "story-amara-call-1", startsAt: now - 9 * DAY, more: doubled });
  const missing = { isResolved: false, notes: "Corrected invoice has not arrived. Credit note asked for." };
  const second = tellCall(world, person, {
    ...invoice,
    id: "story-amara-call-2",
    startsAt: now - 2 * DAY,
    more: missing,
  });
  askAboutIt(world, second, provenBy(person), 2);
  tellVisit(world, person, {
    sessionId: "story-amara-visit-2",
    startsAt: now - 6 * MINUTE,
    steps: ["/home", "/login", "/billing", "/billing/invoice", "search:credit note", "/billing/invoice"],
    signsInAt: 2,
    dwellSeconds: [20, 35, 40, 150, 60, 3_600],
  });
}

/** Two adults share a landline: she is buying a telephone, he has no internet. */
function theHughes(world: World): void {
  const { now } = world;
  const { freya, tomos } = CAST;
  stateCustomer(world, freya, { vvip: false, age: 38 });
  stateCustomer(world, tomos, { vvip: false, age: 40 });
  tellCall(world, freya, { id: "story-freya-call-1", reason: "order", startsAt: now - 12 * DAY, team: "Orders" });
  tellCall(world, tomos, {
    id: "story-tomos-call-1",
    reason: "broadband fault",
    startsAt: now - 3 * HOUR,
    team: "Technical",
  });
  tellVisit(world, freya, {
    sessionId: "story-freya-visit-1",
    startsAt: now - 25 * MINUTE,
    steps: ["/login", "/shop/phones/aurora-9", "/shop/basket", "/shop/checkout", "/shop/basket", "/shop/checkout"],
    signsInAt: 1,
  });
}

/** A large firm with a credit stop: its complaint is open, and billing disagrees about what it is worth. */
function salonen(world: World): void {
  const { now } = world;
  const person = CAST.salonen;
  stateCustomer(world, person, { vvip: true, highRiskCustomer: true, customerRestriction: "credit stop" });
  const more = { isResolved: false, notes: "Leased line down twice this month. Wants a named engineer." };
  tellCall(world, person, {
    id: "story-salonen-call-1",
    reason: "complaint",
    startsAt: now - 4 * DAY,
    team: "Complaints",
    more,
  });
  tellVisit(world, person, {
    sessionId: "story-salonen-visit-1",
    startsAt: now - 50 * MINUTE,
    steps: ["/support", "/support/outages", "/contact"],
    signsInAt: 0,
  });
}

/** Saw an advertisement before we knew her, called its number, bought, and became a customer afterwards. */
function nadia(world: World): void {
  const { now } = world;
  const person = CAST.nadia;
  const boughtAt = now - 6 * DAY;
  tellVisit(world, person, {
    sessionId: "story-nadia-visit-1",
    startsAt: boughtAt - 12 * MINUTE,
    steps: ["/offers/fibre", "/shop/broadband/fibre-500", "/contact"],
    signsInAt: null,
    campaign: "spring-fibre",
    dwellSeconds: [60, 240, 200],
  });
  tellCall(world, person, {
    id: "story-nadia-call-1",
    reason: "new contract",
    startsAt: boughtAt,
    team: "Sales desk",
    campaign: "spring-fibre",
    isNamed: false,
    more: { isResolved: true, revenue: { amount: "540.00", currency: "GBP" }, transactionId: "story-nadia-order-1" },
  });
  stateCustomer(world, person, { vvip: false, tenureMonths: 0, age: 29 });
  tellVisit(world, person, {
    sessionId: "story-nadia-visit-2",
    startsAt: now - 90 * MINUTE,
    steps: ["/login", "/account", "/shop/checkout/delivery"],
    signsInAt: 1,
  });
}

/** Called three times about one fault, was transferred each time, and says so in the survey. */
function george(world: World): void {
  const { now } = world;
  const person = CAST.george;
  const signals = [{ code: "churn", score: 0.91, reason: "Three calls about one fault in eight days." }];
  stateCustomer(world, person, { vvip: false, age: 67, signals });
  for (const [index, daysAgo] of [8, 5, 1].entries()) {
    const fault = { id: `story-george-call-${index + 1}`, reason: "broadband fault" as const, site: OLD_SITE };
    const passedOn = { isResolved: false, isTransferred: true, agentIdTransferred: GEORGES_SECOND_AGENT };
    const startsAt = now - daysAgo * DAY - HOUR;
    const first = tellCall(world, person, { ...fault, startsAt, team: "Technical", more: passedOn });
    const rest = { suffix: "-2", startsAt: endOf(first), team: "Complaints", more: { isResolved: false } };
    const second = tellCall(world, person, { ...fault, ...rest });
    if (index === 1) askAboutIt(world, second, provenBy(person), 1);
  }
}

const GEORGES_SECOND_AGENT = AGENTS.find(({ team }) => team === "Complaints")!.id;

/** A visitor and a caller that no system knows: one is stuck in the checkout, the other has called three times. */
function strangers(world: World): void {
  const { now } = world;
  tellVisit(world, CAST.stranger, {
    sessionId: "story-stranger-visit-1",
    startsAt: now - 5 * MINUTE,
    steps: ["/shop/phones/lumen-4", "/shop/basket", "/shop/checkout", "/shop/basket", "/shop/checkout"],
    signsInAt: null,
    dwellSeconds: [55, 55, 90, 25, 3_600],
  });
  for (const [index, daysAgo] of [15, 9, 1].entries()) {
    const startsAt = now - daysAgo * DAY - 2 * HOUR;
    tellCall(world, CAST.unknown, {
      id: `story-unknown-call-${index + 1}`,
      reason: "roaming",
      startsAt,
      team: "Billing B",
    });
  }
}
