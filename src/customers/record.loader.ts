import DataLoader from "dataloader";
import { sql } from "../db/sql.ts";
import { groupBy } from "../kit/group.ts";
import { moneyOf } from "../kit/money.ts";
import type { RequestContext } from "../request.ts";
import type { CustomerRecordType } from "./record.type.ts";
import { type StatedSignal, type Statement, type Survivor, survive, type Variables } from "./survive.ts";
import type { Usage, UsageCount } from "./usage.ts";

/** What survives of all that sources state of a customer, by its id; null while none has stated anything. */
export const survivorLoader = ({ db, rules }: RequestContext) =>
  new DataLoader(async (ids: readonly string[]) => {
    const rows = await db.query<RecordRow>(
      sql`select ${RECORD_COLUMNS} from customer_records r where r.customer_id = any(${ids}::uuid[])`,
      "records.of_customers",
    );
    const byCustomer = groupBy(rows, (row) => row.customerId);
    return ids.map((id): Survivor | null => {
      const stated = byCustomer.get(id);
      return stated ? survive(stated.map(statementOf), rules) : null;
    });
  });

/** How customers used channels and devices, by the customer's id; every interaction once. */
export const usageLoader = ({ db }: RequestContext) =>
  new DataLoader(async (ids: readonly string[]) => {
    const rows = await db.query<UsageCount & { customerId: string }>(sql`
      select
        i.customer_id as "customerId", i.channel_type as channel, i.device, count(distinct i.id)::int as interactions,
        min(i.session_start_time) as "firstAt", max(i.session_start_time) as "lastAt"
      from interactions i
      where i.customer_id = any(${ids}::uuid[])
      group by i.customer_id, i.channel_type, i.device
    `);
    const byCustomer = groupBy(rows, (row) => row.customerId);
    return ids.map((id) => byCustomer.get(id) ?? []);
  });

/**
 * The record that customers have, or would have if they were one: surviving values now, derived ones when asked for.
 * Null while no source has stated anything.
 */
export async function readRecord(
  request: RequestContext,
  customerIds: readonly string[],
): Promise<CustomerRecordType | null> {
  const survivor = await readSurvivor(request, customerIds);
  if (!survivor) return null;
  const usage = async (): Promise<Usage> => {
    const counts = await Promise.all(customerIds.map((id) => request.once(usageLoader).load(id)));
    return { counts: counts.flat(), now: new Date() };
  };
  return { ...EMPTY, ...survivor.values, survivor, usage } as CustomerRecordType;
}

async function readSurvivor(request: RequestContext, customerIds: readonly string[]): Promise<Survivor | null> {
  const [only, ...others] = customerIds;
  if (only !== undefined && others.length === 0) return request.once(survivorLoader).load(only);
  const rows = await request.db.query<RecordRow>(
    sql`select ${RECORD_COLUMNS} from customer_records r where r.customer_id = any(${customerIds}::uuid[])`,
  );
  return rows.length > 0 ? survive(rows.map(statementOf), request.rules) : null;
}

const EMPTY = { products: [] };

type Plain = Omit<Variables, "grossAnnualIncome" | "overallRevenue">;

interface RecordRow extends Plain {
  customerId: string;
  source: string;
  sourceId: string;
  observedAt: Date;
  stated: Record<string, string> | null;
  incomeAmount: string | null;
  incomeCurrency: string | null;
  revenueAmount: string | null;
  revenueCurrency: string | null;
  signals: StatedSignal[] | null;
}

const RECORD_COLUMNS = sql`
  r.customer_id as "customerId", r.source, r.source_id as "sourceId", r.observed_at as "observedAt", r.stated,
  r.display_name as "displayName", r.cust_id as "custId", r.global_customer_id as "globalCustomerId", r.occupation, r.age,
  r.marital_status as "maritalStatus", r.ethnicity, r.gross_annual_income_amount as "incomeAmount",
  r.gross_annual_income_currency as "incomeCurrency", r.employment_type as "employmentType",
  r.country_name as "countryName", r.region, r.branch_number as "branchNumber",
  r.customer_country_relationship as "customerCountryRelationship", r.tenure_months as "tenureMonths",
  r.overall_revenue_amount as "revenueAmount", r.overall_revenue_currency as "revenueCurrency", r.products,
  r.high_risk_customer as "highRiskCustomer", r.customer_restriction as "customerRestriction",
  r.financial_risk_customer as "financialRiskCustomer", r.customer_segment_id as "customerSegmentId", r.vvip,
  r.premier_customer as "premierCustomer", r.commercial_or_personal as "commercialOrPersonal",
  r.is_digital_eligible as "isDigitalEligible", r.branch_visits as "branchVisits",
  r.common_channels::text[] as "commonChannels", r.device, r.number_of_total_products as "numberOfTotalProducts",
  r.signals, r.extra
`;

function statementOf(row: RecordRow): Statement {
  const { source, sourceId, observedAt, stated, signals, customerId: _, ...rest } = row;
  const { incomeAmount, incomeCurrency, revenueAmount, revenueCurrency, ...plain } = rest;
  const money = {
    grossAnnualIncome: moneyOf(incomeAmount, incomeCurrency),
    overallRevenue: moneyOf(revenueAmount, revenueCurrency),
  };
  return { source, sourceId, observedAt, stated: stated ?? {}, values: { ...plain, ...money }, signals: signals ?? [] };
}
