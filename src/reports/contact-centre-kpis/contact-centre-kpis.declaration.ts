import type { ReportDeclaration } from "../declaration.ts";
import { findKpiPeople } from "./contact-centre-kpis.report.ts";
import { ContactCentreKpisResolver } from "./contact-centre-kpis.resolver.ts";
import { contactCentreKpisTable } from "./contact-centre-kpis.table.ts";
import type { KpiInput, KpiReportType } from "./contact-centre-kpis.type.ts";

export const contactCentreKpis: ReportDeclaration<KpiReportType, KpiInput> = {
  name: "contact-centre-kpis",
  resolver: ContactCentreKpisResolver,
  table: contactCentreKpisTable,
  people: findKpiPeople,
  example: {},
};
