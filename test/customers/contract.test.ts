import { type GraphQLField, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from "graphql";
import { expect, test } from "vitest";
import { readingSchema } from "./reading.ts";

test("describes every type, field and argument that it shows", () => {
  const types = Object.values(readingSchema().getTypeMap()).filter(({ name }) => !name.startsWith("__"));

  const silent = types.flatMap((type) => {
    if (isEnumType(type)) return nameless(type.name, [type]);
    if (isInputObjectType(type)) return nameless(type.name, [type, ...Object.values(type.getFields())]);
    if (!isObjectType(type) && !isInterfaceType(type)) return [];
    const fields = Object.values(type.getFields()) as GraphQLField<unknown, unknown>[];
    const isRoot = type.name === "Query";
    return nameless(type.name, [...(isRoot ? [] : [type]), ...fields, ...fields.flatMap(({ args }) => args)]);
  });

  expect(silent).toEqual([]);
});

test("names the seed's spelling of all 29 customer variables and all 34 leg variables", () => {
  const schema = readingSchema();
  const spelled = (name: string, prefix: string) => {
    const type = schema.getType(name);
    const fields = isObjectType(type) ? Object.values(type.getFields()) : [];
    return fields.flatMap(
      ({ description }) => description?.split(`${prefix}: `)[1]?.replace(/\.$/, "").split(", ") ?? [],
    );
  };

  expect(spelled("CustomerRecord", "CAR").sort()).toEqual(CAR.split(/,\s*/).sort());
  expect(spelled("Interaction", "JAR").sort()).toEqual(JAR.split(/,\s*/).sort());
});

function nameless(owner: string, parts: readonly { name: string; description?: string | null }[]): string[] {
  return parts.filter(({ description }) => !description).map(({ name }) => `${owner}.${name}`);
}

const CAR = `Cust_ID, Occupation, Age, MaritalStatus, Ethnicity, GrossAnnualIncome, EmploymentType, CountryName, Region,
Tenure, OverallRevenue, CommonChannels, Device, Product 1, Product 2, Product 3, HighRiskCustomer, CustomerRestriction,
BranchNumber, CustomerSegmentID, GlobalCustomerID, CustomerCountryRelationship, VVIP, PremierCustomer,
CommercialorPersonal, IsDigitalEligible, BranchVisits, FinancialRiskCustomer, NumberofTotalProducts`;

const JAR = `ChannelType, UniversalSessionId, SessionId, CUST_ID, SessionStartTime, InteractionStartTime,
InteractionEndTime, SessionEndTime, HoldTime, AgentId, AgentSkillId, Department, Team, IntentCategory, Intent,
JourneyStep, IsResolved, IsTransferred, ChannelTypeTransferred, IsDigitalOffered, IsDigitalAccepted,
AgentIdTransferred, AgentSkillIdTransferred, ExitReasonCode, InteractionNotes, IsTransferredToSurvey, CSATScore,
IsCallBack, CallBackSessionId, SessionDuration, CustomerDuration, AgentDuration, InteractionDuration, QueueTime`;
