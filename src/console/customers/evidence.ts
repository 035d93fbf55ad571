import { shortOf } from "../customer/facts.ts";
import { countOf, dayOf } from "../parts/format.ts";
import type { IdentityEvidence } from "./joined.tsx";

/** How many sources are named; more are counted. */
const NAMED = 3;

/** "Seen with custid 1001 on 12 records of web and crm, last on 20 Nov 2026". */
export function sightingSaid({
  namespace,
  value,
  records,
  sources,
  lastAt,
}: IdentityEvidence["seenWith"][number]): string {
  const other = `${namespace} ${shortOf(value)}`;
  if (records === 1) return `Seen with ${other} on one record of ${listed(sources)}, on ${dayOf(lastAt)}`;
  const many = records === null ? "more than 1,000" : countOf(records);
  return `Seen with ${other} on ${many} records of ${listed(sources)}, last on ${dayOf(lastAt)}`;
}

/** "Joined by a decision of eva on 20 Nov 2026: “One person, says she”". */
export function decisionSaid({ by, at, reason }: IdentityEvidence["joinedBy"][number]): string {
  return `Joined by a decision of ${by} on ${dayOf(at)}: “${reason}”`;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, NAMED);
  if (names.length > NAMED) return `${shown.join(", ")} and ${names.length - NAMED} more`;
  const last = shown.at(-1) ?? "";
  return shown.length > 1 ? `${shown.slice(0, -1).join(", ")} and ${last}` : last;
}
