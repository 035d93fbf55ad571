import { type Sql, sql } from "../db/sql.ts";
import { lastStartFirstOf, startOrderOf, startPlaceOf } from "../facts/event-order.sql.ts";
import { CHANNELS } from "../fields/choices.ts";
import { NO_SEQUENCE } from "../fields/touchpoint.ts";
import { isId, isInstant, isInt, isOneOf, type Page, type Place, type PlaceShape } from "../kit/page.ts";
import type { InteractionRow } from "./interaction.type.ts";

// Interactions `i` are listed newest first: by their start, then as events of one instant are ordered.

export const INTERACTION_PLACE: PlaceShape = [isInstant, isInt, isOneOf(CHANNELS), isId];
export const placeOfInteraction = ({ sessionStartTime, sequence, channelType, id }: InteractionRow): Place => [
  sessionStartTime.getTime(),
  sequence ?? NO_SEQUENCE,
  channelType,
  id,
];

export const pageOrder = ({ isBackward }: Page): Sql => (isBackward ? startOrderOf(sql`i`) : lastStartFirstOf(sql`i`));

/** Whether `i` lies within the page's cursors. Where there is none, the bound is infinite: the text stays the same, and its index serves. */
export function isOnPage({ after, before }: Page): Sql {
  return sql`${startPlaceOf(sql`i`)} < ${boundOf(after, "infinity")} and ${startPlaceOf(sql`i`)} > ${boundOf(before, "-infinity")}`;
}

function boundOf(place: Place | null, otherwise: "infinity" | "-infinity"): Sql {
  const [time, sequence, channel, id] = place ?? [null, 0, CHANNELS[0], NO_ID];
  return sql`(
    ${time === null ? otherwise : new Date(Number(time))}::timestamptz, ${sequence}::int, ${channel}::channel, ${id}::uuid
  )`;
}

/** No start is infinite: what follows it is not looked at. */
const NO_ID = "00000000-0000-0000-0000-000000000000";
