import { LEG } from "./call.ts";
import { KEY, REVISION } from "./record.ts";
import { OF_VISIT } from "./touchpoint.ts";

/** What an interaction shows: a leg as it was reported, or the visit that touchpoints made. */
export const INTERACTION = { ...KEY, ...REVISION, ...LEG, device: OF_VISIT.device };
