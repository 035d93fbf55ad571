import { channelName } from "../parts/channel.tsx";
import { moneyText, wordsOf } from "../parts/format.ts";
import type { Profile } from "./profile.query.ts";

type CustomerRecord = NonNullable<Profile["record"]>;

export interface StatedValue {
  field: keyof CustomerRecord;
  label: string;
  value: string;
}

/** The customer variables that a source stated, in the order in which people ask for them. */
export function statedValuesOf(record: CustomerRecord): StatedValue[] {
  const rows: [keyof CustomerRecord, string, string | number | null | undefined][] = [
    ["products", "Products", record.products.join(", ")],
    ["customerSegmentId", "Segment", record.customerSegmentId],
    ["commercialOrPersonal", "Kind", record.commercialOrPersonal && wordsOf(record.commercialOrPersonal)],
    ["overallRevenue", "Revenue", record.overallRevenue && moneyText(record.overallRevenue)],
    ["tenureMonths", "Customer for", tenureOf(record.tenureMonths)],
    ["region", "Region", [record.region, record.countryName].filter(Boolean).join(", ")],
    ["commonChannels", "Mostly uses", record.commonChannels.map(channelName).join(", ")],
    ["age", "Age", record.age],
    ["occupation", "Occupation", record.occupation],
    ["employmentType", "Employment", record.employmentType],
    ["maritalStatus", "Marital status", record.maritalStatus],
    ["ethnicity", "Ethnicity", record.ethnicity],
    ["grossAnnualIncome", "Income a year", record.grossAnnualIncome && moneyText(record.grossAnnualIncome)],
    ["isDigitalEligible", "Digital service", yesOrNo(record.isDigitalEligible, ["eligible", "not eligible"])],
    ["device", "Device", record.device],
    ["branchNumber", "Branch", record.branchNumber],
    ["branchVisits", "Branch visits", record.branchVisits],
    ["customerCountryRelationship", "Country relation", record.customerCountryRelationship],
    ["custId", "Customer number", record.custId],
    ["globalCustomerId", "Global id", record.globalCustomerId],
  ];
  return rows
    .filter(([, , value]) => value !== null && value !== undefined && value !== "")
    .map(([field, label, value]) => ({ field, label, value: String(value) }));
}

type FlagFields = "highRiskCustomer" | "customerRestriction" | "financialRiskCustomer" | "vvip" | "premierCustomer";

/** The fields that flags are made from. */
export interface Flagged {
  isAnonymous: boolean;
  record: Pick<CustomerRecord, FlagFields> | null;
  summary: Pick<Profile["summary"], "isRepeatCaller" | "unresolvedCount">;
}

export interface Flag {
  label: string;
  tone: "accent" | "good" | "warn" | "bad";
}

/** What an agent must not miss: a valuable customer, a risk, a repeat caller. */
export function flagsOf({ record, summary, isAnonymous }: Flagged): Flag[] {
  const flags: [unknown, string, Flag["tone"]][] = [
    [record?.customerRestriction, `Restriction: ${record?.customerRestriction}`, "bad"],
    [record?.highRiskCustomer, "High risk", "bad"],
    [record?.financialRiskCustomer, "Financial risk", "bad"],
    [record?.vvip, "VVIP", "accent"],
    [record?.premierCustomer, "Premier", "accent"],
    [summary.isRepeatCaller, "Repeat caller", "warn"],
    [summary.unresolvedCount, `${summary.unresolvedCount} unresolved`, "warn"],
    [isAnonymous, "Nobody has named them", "warn"],
  ];
  return flags.filter(([holds]) => holds).map(([, label, tone]) => ({ label, tone }));
}

export interface Named {
  displayName: string | null;
  identities: readonly { namespace: string; value: string }[];
}

/** The name, else the best identity. */
export function nameOf({ displayName, identities }: Named): string {
  if (displayName) return displayName;
  const best = identities[0];
  if (!best) return "Unknown customer";
  return best.namespace === "email" ? best.value : `${best.namespace} ${shortOf(best.value)}`;
}

/** Shortens long ids in the middle; an address stays whole. */
export function shortOf(value: string): string {
  return value.length > 26 && !value.includes("@") ? `${value.slice(0, 12)}…${value.slice(-6)}` : value;
}

function tenureOf(months: number | null): string | null {
  if (months === null) return null;
  const years = Math.floor(months / 12);
  if (years === 0) return months === 1 ? "1 month" : `${months} months`;
  return `${years} ${years === 1 ? "year" : "years"}${months % 12 ? `, ${months % 12} mo` : ""}`;
}

function yesOrNo(value: boolean | null, [yes, no]: [string, string]): string | null {
  if (value === null) return null;
  return value ? yes : no;
}
