import { EMPLOYMENT, ETHNICITIES, MARITAL_STATUSES, OCCUPATIONS } from "./names.ts";
import type { Person } from "./people.ts";
import {
  type CustomerBody,
  DAY,
  DEMO_DAYS,
  HOUR,
  type IdentityBody,
  iso,
  pounds,
  send,
  type World,
  worldOf,
} from "./post.ts";

/** Sends what the CRM, billing and an insurance partner each state about a person; they do not always agree. */
export function stateCustomer(world: World, person: Person, overrides: Partial<CustomerBody> = {}): void {
  if (!person.custId) return;
  const own = worldOf(world, `customer ${person.key}`);
  const first = world.now - DEMO_DAYS * DAY;
  const crm = { ...crmBody(own, person), ...overrides };
  stated(own, crm, first);
  stated(own, billingBody(own, person, crm), first + HOUR);
  if (own.random.chance(0.3)) stated(own, { ...crm, ...renewal(own, crm) }, world.now - own.random.int(1, 25) * DAY);
  if (person.email && !person.isEmailShared && own.random.chance(0.12))
    stated(own, partnerBody(own, person), first + 2 * HOUR);
}

function stated(world: World, body: CustomerBody, at: number): void {
  send(world, { kind: "customer", body: { ...body, observedAt: iso(at) } }, at);
}

/** Every identity in the CRM: later calls are recognised by its phones. */
function identitiesOf(person: Person): IdentityBody[] {
  const pairs: [string, string | null][] = [
    ["custid", person.custId],
    ["login", person.login],
    ["email", person.email],
    ["phone", person.phone],
    ["phone", person.landline],
  ];
  return pairs.flatMap(([namespace, value]) => (value ? [{ namespace, value }] : []));
}

function crmBody({ random }: World, person: Person): CustomerBody {
  const churn = Math.round(random.next() ** 2 * 100) / 100;
  const isPersonal = !person.isCommercial;
  return {
    source: "crm",
    sourceId: `crm-${person.custId}`,
    observedAt: "",
    identities: identitiesOf(person),
    displayName: person.name,
    ...(isPersonal && personalFields(random)),
    countryName: "United Kingdom",
    region: person.region,
    branchNumber: `B${random.int(10, 34)}`,
    customerCountryRelationship: random.weighted(["resident", "non-resident"], (kind) =>
      kind === "resident" ? 24 : 1,
    ),
    tenureMonths: random.int(1, 190),
    overallRevenue: pounds(random.around(person.isCommercial ? 9_000 : 1_400)),
    products: [...person.products],
    numberOfTotalProducts: person.products.length,
    highRiskCustomer: random.chance(0.05),
    ...(random.chance(0.03) && { customerRestriction: "credit stop" }),
    financialRiskCustomer: random.chance(0.06),
    customerSegmentId: person.segment,
    vvip: random.chance(0.03),
    premierCustomer: person.segment === "premium",
    commercialOrPersonal: person.isCommercial ? "COMMERCIAL" : "PERSONAL",
    isDigitalEligible: person.isOnline,
    ...(random.chance(0.6) && { device: random.pick(["Aurora 9", "Lumen 4", "Lumen 3", "Terra One"]) }),
    signals: signalsOf(churn),
    extra: { paperless: random.chance(0.7) },
  };
}

function personalFields(random: World["random"]): Partial<CustomerBody> {
  return {
    occupation: random.pick(OCCUPATIONS),
    age: random.int(19, 86),
    maritalStatus: random.pick(MARITAL_STATUSES),
    ethnicity: random.pick(ETHNICITIES),
    grossAnnualIncome: pounds(random.around(31_000)),
    employmentType: random.pick(EMPLOYMENT),
  };
}

function signalsOf(churn: number): CustomerBody["signals"] {
  const reason = churn > 0.6 ? "Contract ends soon and two contacts were not resolved." : "Usage is as last year.";
  return [
    { code: "churn", score: churn, reason },
    ...(churn < 0.2
      ? [{ code: "next-best-offer", score: 0.5 + churn, reason: "Streams a lot: offer fibre 500." }]
      : []),
  ];
}

/** Billing knows more about the money and less about the person. */
function billingBody({ random }: World, person: Person, crm: CustomerBody): CustomerBody {
  const [first = "", ...rest] = person.name.split(" ");
  return {
    source: "billing",
    sourceId: `account-${person.custId}`,
    observedAt: "",
    identities: [{ namespace: "custid", value: person.custId! }],
    displayName: person.isCommercial ? person.name : `${first[0]}. ${rest.join(" ")}`,
    region: random.chance(0.12) ? "London" : person.region,
    tenureMonths: Math.max(0, (crm.tenureMonths ?? 0) - random.int(0, 3)),
    overallRevenue: pounds(random.around(1_500)),
    products: person.products.slice(0, 2),
    ...(random.chance(0.04) && { financialRiskCustomer: true }),
    extra: { payment: random.pick(["direct debit", "card", "transfer"]) },
  };
}

/** A handset insurer numbers its customers from 1001, as we do; only the e-mail connects the two. */
function partnerBody(world: World, person: Person): CustomerBody {
  const number = String(1_001 + (Number(person.custId) % 900));
  return {
    source: "partner",
    sourceId: `policy-${person.custId}`,
    observedAt: "",
    identities: [
      { namespace: "custid", value: number },
      { namespace: "email", value: person.email! },
    ],
    displayName: person.name.toUpperCase(),
    device: world.random.pick(["Aurora 9", "Lumen 4"]),
    extra: { policy: number },
  };
}

/** What a later record changes: one more product, a new score, a restriction lifted. */
function renewal({ random }: World, crm: CustomerBody): Partial<CustomerBody> {
  const products = [...new Set([...(crm.products ?? []), "handset insurance"])];
  return {
    products,
    numberOfTotalProducts: products.length,
    signals: signalsOf(Math.round(random.next() * 100) / 100),
    ...(crm.customerRestriction && { customerRestriction: null }),
  };
}
