import { isRowBound } from "../../facts/visible.sql.ts";
import { AppError } from "../../kit/errors.ts";
import { type Viewer } from "../../request.ts";
import type { CarriedInput } from "../along.type.ts";
import type { MatcherInput } from "../filter.type.ts";
import type { KpiInput } from "./contact-centre-kpis.type.ts";
import { NOT_OF_LEGS } from "./leg-filter.ts";

/** What the viewer asks, kept to the legs whose figures the key may read: those of its teams and centres, or an agent's own. */
export function keptToOwnRows(input: KpiInput, viewer: Viewer): KpiInput {
  if (isRowBound(viewer) || viewer.role === "agent") checkLooks(input);
  const { teams, callCentreIds, agentIds } = input.filter ?? {};
  return {
    ...input,
    filter: {
      ...input.filter,
      teams: within("teams", viewer.teams, teams),
      callCentreIds: within("callCentreIds", viewer.callCentreIds, callCentreIds),
      agentIds: viewer.role === "agent" ? within("agentIds", [ownAgent(viewer)], agentIds) : agentIds,
    },
  };
}

/** What looks at all that customers did, with others too, tells of it by which legs are left. */
function checkLooks({ audience, matcher, facets, groupByCarried }: KpiInput): void {
  const looks: [string, unknown][] = [
    ["audience", audience],
    ["matcher", hasSequence(matcher)],
    ["facets", facets?.some(({ sequence, matcher }) => sequence ?? hasSequence(matcher))],
    ["groupByCarried", groupByCarried?.some((carried) => !isOfPages(carried))],
  ];
  const [field] = looks.find(([, look]) => look) ?? [];
  if (!field) return;
  const message = `This key reads the figures of its own legs only, and \`${field}\` asks what customers did elsewhere: ${field === "groupByCarried" ? CARRY : "leave it out."}`;
  throw new AppError("FORBIDDEN", message, [field]);
}

const CARRY =
  "carry a page, section or search term with `expiry: { container: CUSTOMER }` and no `event`, or group by another dimension.";

/** Whether the value comes from pages, which nobody handles, and how long it lasts does not depend on the legs between. */
function isOfPages({ dimension, expiry }: CarriedInput): boolean {
  return NOT_OF_LEGS.includes(dimension) && expiry?.container === "CUSTOMER" && expiry.event == null;
}

function hasSequence(matcher: MatcherInput | null | undefined): boolean {
  return matcher != null && (matcher.sequence != null || hasSequence(matcher.not));
}

type List = readonly string[] | null | undefined;

function within(name: string, own: readonly string[], asked: List): string[] | null {
  if (own.length === 0) return asked ? [...asked] : null;
  if (asked == null) return [...own];
  if (asked.every((one) => own.includes(one))) return [...asked];
  const message = `This key reads the figures of its own ${name} only: leave the filter out, or name some of its own.`;
  throw new AppError("FORBIDDEN", message, ["filter", name]);
}

function ownAgent({ agentId }: Viewer): string {
  if (agentId !== null) return agentId;
  throw new AppError("FORBIDDEN", "An agent's key reads her own figures: ask for one with an agent id.");
}
