import type { ReportTable } from "./declaration.ts";
import type { PeopleReportType } from "./people.type.ts";

export const peopleTable: ReportTable<PeopleReportType> = {
  about:
    "One row for each customer, by id, with what they add to the figure. 10,000 at most: the header `link` has the address of what comes after them.",
  of: ({ nodes }) => ({
    columns: ["customerId", "share"],
    rows: nodes.map(({ customerId, share }) => ({ customerId, share })),
  }),
};
