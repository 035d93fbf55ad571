import { CHANNEL, CUSTOMER_KIND } from "./choices.ts";
import { CONSENTS } from "./consent.ts";
import { bool, choice, choicesOf, fields, int, json, list, money, signals, text } from "./field.ts";

/** The customer analytics record: what sources state of a customer, under the seed's 29 names and in its order. */
export const CAR = fields("CAR", {
  custId: text("Cust_ID", "Customer number.", { given: false, scope: "identities:read" }),
  globalCustomerId: text("GlobalCustomerID", "Customer number that all systems share.", {
    given: false,
    scope: "identities:read",
  }),
  occupation: text("Occupation", "", { scope: "customers:personal" }),
  age: int("Age", "Age in years when it was stated.", { most: 150, scope: "customers:personal", given: ", in years." }),
  maritalStatus: text("MaritalStatus", "", { scope: "customers:sensitive" }),
  ethnicity: text("Ethnicity", "", { scope: "customers:sensitive" }),
  grossAnnualIncome: money("GrossAnnualIncome", "Gross income a year.", { scope: "customers:sensitive" }),
  employmentType: text("EmploymentType", ""),
  countryName: text("CountryName", "Country the customer lives in."),
  region: text("Region", "Region the customer lives in.", { max: 256 }),
  branchNumber: text("BranchNumber", "Branch that looks after the customer.", { max: 256 }),
  customerCountryRelationship: text("CustomerCountryRelationship", "What ties the customer to the country."),
  tenureMonths: int("Tenure", "Months as a customer; derived: whole months since the first interaction.", {
    most: 2_400,
    computed: true,
    given: ", in months.",
  }),
  overallRevenue: money("OverallRevenue", "Revenue that the customer has brought."),
  products: list(["Product 1", "Product 2", "Product 3"], "Products the customer has.", {
    most: 100,
    given: ", 2, 3 and so on.",
  }),
  highRiskCustomer: bool("HighRiskCustomer", ""),
  customerRestriction: text("CustomerRestriction", "What may not be done for the customer."),
  financialRiskCustomer: bool("FinancialRiskCustomer", ""),
  customerSegmentId: text("CustomerSegmentID", "Segment the customer belongs to.", { max: 256 }),
  vvip: bool("VVIP", "Very, very important."),
  premierCustomer: bool("PremierCustomer", ""),
  commercialOrPersonal: choice(CUSTOMER_KIND, "CommercialorPersonal", "A company or a private person."),
  isDigitalEligible: bool("IsDigitalEligible", "May be served digitally."),
  branchVisits: int(
    "BranchVisits",
    "Visits to a branch; derived: interactions of channel BRANCH, null where there is none.",
    { most: 1_000_000, computed: true },
  ),
  commonChannels: choicesOf(
    CHANNEL,
    "CommonChannels",
    "Channels the customer uses; derived: the three most used, the most used first.",
    { most: CHANNEL.values.length, computed: true },
  ),
  device: text("Device", "Device the customer prefers; derived: the one most used in visits.", {
    max: 256,
    computed: true,
    given: "the preferred one.",
  }),
  numberOfTotalProducts: int(
    "NumberofTotalProducts",
    "How many products the customer has; derived: the length of products.",
    { most: 100_000, computed: true },
  ),
});

/** Fields of a customer record that the CAR does not have. */
export const CAR_EXTRA = fields(null, {
  extra: json(null, "Whatever else sources say; of each key the value that survives.", {
    scope: "customers:personal",
    given: "Anything else that the source knows.",
  }),
});

/** Fields that sources state and `Customer` shows, not its record. */
export const OF_CUSTOMER = fields(null, {
  displayName: text(null, "The name that the best-ranked source states.", {
    free: true,
    scope: "customers:name",
    given: "What the customer is called.",
  }),
  signals: signals(null, "What models elsewhere say of the customer, by code.", {
    given: "What models elsewhere say: churn, next best offer.",
  }),
});

/** Fields of which the best-ranked statement survives. */
export const SURVIVING = { ...OF_CUSTOMER, ...CAR, ...CAR_EXTRA };

/** What `upsertCustomer` takes. */
export const STATED = { ...SURVIVING, ...CONSENTS };
