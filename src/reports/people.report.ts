import { createHash } from "node:crypto";
import { canonical } from "../kit/canonical.ts";
import { AppError } from "../kit/errors.ts";
import type { RequestContext } from "../request.ts";
import { fieldOf } from "./declaration.ts";
import { behindPageOf, type PeoplePage } from "./people.ts";
import type { PeopleReportType } from "./people.type.ts";
import type { PeopleInput } from "./people-input.type.ts";
import { REPORTS } from "./reports.ts";

/** Who is behind a cell of a report. The audit log says who asked, of which report, and which of its figures. */
export async function readPeople(
  { journeys, auditLog, viewer }: Pick<RequestContext, "journeys" | "auditLog" | "viewer">,
  input: PeopleInput,
  page: PeoplePage,
): Promise<PeopleReportType> {
  const cells: Readonly<Record<string, unknown>> = { ...input };
  const [report, ...others] = REPORTS.filter(({ name }) => cells[fieldOf(name)] != null);
  if (!report || others.length > 0) {
    const names = REPORTS.map(({ name }) => fieldOf(name)).join(", ");
    throw new AppError("BAD_INPUT", `Name a cell of one report, and of no other: ${names}.`, ["input"]);
  }
  const field = fieldOf(report.name);
  const found = await report.people(journeys, cells[field], behindPageOf(page));
  auditLog.note({ by: viewer, action: "people.read", customerId: null, detail: traceOf(field, cells[field]) });
  return found;
}

/** What was asked holds values, such as a page or a key of `extra`: by its hash the same question is known again. */
function traceOf(report: string, asked: unknown): object {
  const { figure, part } = (asked as { cell: { figure?: string; part?: string } }).cell;
  const question = createHash("sha256").update(canonical(asked)).digest("hex");
  return { report, figure: figure ?? part, question };
}
