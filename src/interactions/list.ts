import { attributesIn, checkReadable } from "../facts/attributes.ts";
import type { RejectionFilter } from "../facts/rejection.ts";
import { isRowBound } from "../facts/visible.sql.ts";
import { AppError } from "../kit/errors.ts";
import { recordId } from "../kit/id.ts";
import { type Connection, connectionOf, isId, MAX_PAGE, type PageRequest, pageOf } from "../kit/page.ts";
import { type RequestContext } from "../request.ts";
import { interactionLoader } from "./interaction.loader.ts";
import type { InteractionFilter, InteractionRow } from "./interaction.type.ts";
import { INTERACTION_PLACE, placeOfInteraction } from "./interaction-place.sql.ts";
import { countInteractions, findInteractions } from "./interactions.repository.ts";
import type { RejectionRow } from "./rejection.type.ts";
import { countRejections, findRejections, placeOfRejection, REJECTION_PLACE } from "./rejections.repository.ts";
import { timelineLoaders } from "./timeline.loader.ts";
import type { TimelineArgs } from "./timeline.type.ts";
import {
  placeOfTouchpoint,
  recentLoaders,
  TOUCHPOINT_PLACE,
  type TouchpointKey,
  touchpointLoader,
  touchpointLoaders,
} from "./touchpoint.loader.ts";
import type { TouchpointRow } from "./touchpoint.type.ts";

/** The interaction of a sender's key, from which its id is made. Of a visit that nobody named, its id is the key. */
export async function findInteraction(
  request: RequestContext,
  source: string,
  sourceId: string,
): Promise<InteractionRow | null> {
  const [of, key] = [source.trim(), sourceId.trim()];
  const named = await request.once(interactionLoader).load(recordId("interaction", of, key));
  if (named || !isId(key)) return named;
  const visit = await request.once(interactionLoader).load(key.toLowerCase());
  return visit?.source === of && visit.isVisit ? visit : null;
}

/** A page of everybody's interactions. */
export async function listInteractions(
  request: RequestContext,
  filter: InteractionFilter,
  asked: PageRequest,
): Promise<Connection<InteractionRow>> {
  const page = pageOf(asked, INTERACTION_PLACE);
  checkReadable(attributesIn(filter), request.viewer.scopes);
  const rows = await findInteractions(request, filter, page);
  return connectionOf(page, { rows, placeOf: placeOfInteraction, count: () => countInteractions(request, filter) });
}

/** A page of one customer's interactions on all channels. */
export async function readTimeline(
  request: RequestContext,
  customerId: string,
  { channels, period, ...asked }: TimelineArgs,
): Promise<Connection<InteractionRow>> {
  const page = pageOf(asked, INTERACTION_PLACE);
  const query = { page, channels: channels ?? null, from: period?.from ?? null, to: period?.to ?? null };
  const loaders = request.once(timelineLoaders)(query);
  const rows = await loaders.rows.load(customerId);
  return connectionOf(page, { rows, placeOf: placeOfInteraction, count: () => loaders.counts.load(customerId) });
}

/** A page of the touchpoints of an interaction, in order. */
export async function readTouchpoints(
  request: RequestContext,
  { id, customerId }: InteractionRow,
  asked: PageRequest,
): Promise<Connection<TouchpointRow>> {
  const page = pageOf(asked, TOUCHPOINT_PLACE);
  const loaders = request.once(touchpointLoaders)(page);
  const key = { interactionId: id, customerId };
  const rows = await loaders.rows.load(key);
  return connectionOf(page, { rows, placeOf: placeOfTouchpoint, count: () => loaders.counts.load(key) });
}

/** A customer's latest touchpoints on all channels, newest first. */
export async function readRecent(
  request: RequestContext,
  customerId: string,
  { first, withinSeconds }: { first: number; withinSeconds: number | null },
): Promise<TouchpointRow[]> {
  if (first < 1 || first > MAX_PAGE)
    throw new AppError("BAD_INPUT", `Send \`first\` between 1 and ${MAX_PAGE}.`, ["first"]);
  if (withinSeconds !== null && withinSeconds < 1) {
    throw new AppError("BAD_INPUT", "Send `withinSeconds` of at least 1, or leave it out.", ["withinSeconds"]);
  }
  const recent = await request.once(recentLoaders)({ first, withinSeconds }).load(customerId);
  return visibleAmong(request, recent);
}

/** A touchpoint by its id; null where there is none, or its interaction may not be read. */
export async function findTouchpoint(request: RequestContext, key: TouchpointKey): Promise<TouchpointRow | null> {
  const found = await request.once(touchpointLoader).load(key);
  return found && ((await visibleAmong(request, [found]))[0] ?? null);
}

/** Touchpoints of interactions that the viewer may read: of the last ones there may be fewer than were asked for. */
async function visibleAmong(request: RequestContext, touchpoints: readonly TouchpointRow[]): Promise<TouchpointRow[]> {
  if (!isRowBound(request.viewer)) return [...touchpoints];
  const interactions = request.once(interactionLoader);
  const owners = await Promise.all(touchpoints.map(({ interactionId }) => interactions.load(interactionId)));
  return touchpoints.filter((_, position) => owners[position] !== null);
}

/** A page of rejections. */
export async function listRejections(
  { db }: RequestContext,
  filter: RejectionFilter,
  asked: PageRequest,
): Promise<Connection<RejectionRow>> {
  const page = pageOf(asked, REJECTION_PLACE);
  const rows = await findRejections(db, filter, page);
  return connectionOf(page, { rows, placeOf: placeOfRejection, count: () => countRejections(db, filter) });
}
