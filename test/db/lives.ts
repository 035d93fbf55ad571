import fc from "fast-check";
import type { CustomerVariable } from "../../src/customers/survive.ts";
import type { Db } from "../../src/db/client.ts";
import { sql } from "../../src/db/sql.ts";
import { CHANNELS } from "../../src/fields/choices.ts";
import { recordId } from "../../src/kit/id.ts";

/** The CAR variables under the seed's names, and what each is called here; the sensitive five and the numbers are none of the view's. */
export const CAR: Readonly<Record<string, CustomerVariable>> = {
  EmploymentType: "employmentType",
  CountryName: "countryName",
  Region: "region",
  BranchNumber: "branchNumber",
  CustomerCountryRelationship: "customerCountryRelationship",
  Tenure: "tenureMonths",
  HighRiskCustomer: "highRiskCustomer",
  CustomerRestriction: "customerRestriction",
  FinancialRiskCustomer: "financialRiskCustomer",
  CustomerSegmentID: "customerSegmentId",
  VVIP: "vvip",
  PremierCustomer: "premierCustomer",
  CommercialorPersonal: "commercialOrPersonal",
  IsDigitalEligible: "isDigitalEligible",
  BranchVisits: "branchVisits",
  Device: "device",
  NumberofTotalProducts: "numberOfTotalProducts",
};
const LONG = 20_000;

const words = fc.constantFrom("a", "b", "ü", 'long, and "quoted"');
const stated = fc.constantFrom("2026-01-01T00:00:00.000Z", "2026-02-01T00:00:00.000Z", "2026-03-01T00:00:00.001Z");
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { freq: 2 });

const record = fc.record({
  source: fc.constantFrom("crm", "shop", "app", "nobody-configured"),
  observed_at: stated,
  stated: fc.dictionary(fc.constantFrom(...Object.values(CAR), "overallRevenue", "products", "commonChannels"), stated),
  cust_id: maybe(words),
  global_customer_id: maybe(words),
  employment_type: maybe(words),
  country_name: maybe(words),
  region: maybe(words),
  branch_number: maybe(words),
  customer_country_relationship: maybe(words),
  tenure_months: maybe(fc.nat(LONG)),
  overall_revenue: maybe(fc.tuple(fc.constantFrom("0.10", "1000.500", "-3"), fc.constantFrom("SEK", "EUR"))),
  products: fc.array(words, { maxLength: 4 }),
  high_risk_customer: maybe(fc.boolean()),
  customer_restriction: maybe(words),
  financial_risk_customer: maybe(fc.boolean()),
  customer_segment_id: maybe(words),
  vvip: maybe(fc.boolean()),
  premier_customer: maybe(fc.boolean()),
  commercial_or_personal: maybe(fc.constantFrom("COMMERCIAL", "PERSONAL")),
  is_digital_eligible: maybe(fc.boolean()),
  branch_visits: maybe(fc.nat(9)),
  common_channels: fc.array(fc.constantFrom(...CHANNELS), { maxLength: 3 }),
  device: maybe(words),
  number_of_total_products: maybe(fc.nat(9)),
});
const use = fc.record({
  // Weeks before now; each at a second of its own, so that none is used "as late" as another.
  week: fc.nat(200),
  channel_type: fc.constantFrom("WEB", "VOICE", "BRANCH", "CHAT", "EMAIL"),
  device: maybe(fc.constantFrom("phone", "desktop")),
});
/** What sources say of one customer, and how they used the channels. */
export const life = fc.record({
  records: fc.array(record, { minLength: 1, maxLength: 4 }),
  uses: fc.array(use, { maxLength: 8 }),
});
export type Life = { records: Record<string, unknown>[]; uses: Record<string, unknown>[] };

/** Writes lives in the rows that ingest would write, in place of the ones before. */
export async function live(db: Db, lives: readonly Life[]): Promise<void> {
  await db.run(sql`with r as (delete from customer_records) delete from interactions`);
  const owned = lives.map((one, i) => ({ ...one, subject_id: recordId("customer", "x", String(i)) }));
  const records = owned.flatMap(({ records, subject_id }) =>
    records.map(({ overall_revenue: money, ...rest }, j) => ({
      ...rest,
      overall_revenue_amount: (money as string[] | null)?.[0],
      overall_revenue_currency: (money as string[] | null)?.[1],
      subject_id,
      customer_id: subject_id,
      id: recordId("customer", subject_id, String(j)),
      source_id: String(j),
      ingested_at: new Date(),
      stated_by: {},
      identities: {},
    })),
  );
  await db.run(sql`
    insert into customer_records
    select * from jsonb_populate_recordset(null::customer_records, ${JSON.stringify(records)}::jsonb)
  `);
  await insertLegs(
    db,
    owned.flatMap(({ uses, subject_id }) =>
      uses.map(({ week, ...rest }, j) => ({
        ...rest,
        subject_id,
        id: recordId("interaction", subject_id, String(j)),
        session_start_time: new Date(Date.now() - (week as number) * 604_800_000 - j * 1_000),
      })),
    ),
  );
}

/** Writes interactions, whose subject is their customer. */
export async function insertLegs(db: Db, rows: readonly object[]): Promise<void> {
  const whole = rows.map((row) => ({
    source: "acd",
    source_id: "1",
    is_visit: false,
    ingested_at: new Date(),
    customer_id: (row as { subject_id: string }).subject_id,
    ...row,
  }));
  await db.run(sql`
    insert into interactions select * from jsonb_populate_recordset(null::interactions, ${JSON.stringify(whole)}::jsonb)
  `);
}
