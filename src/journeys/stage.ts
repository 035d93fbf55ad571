import { CHANNELS, TOUCHPOINT_KINDS } from "../fields/choices.ts";
import type { Partition } from "./columns.ts";
import type { Journey } from "./fold.ts";

const FORM = TOUCHPOINT_KINDS.indexOf("FORM");
const CALL = TOUCHPOINT_KINDS.indexOf("CALL");
const VOICE = CHANNELS.indexOf("VOICE");

const NEVER = Number.MAX_SAFE_INTEGER;

/**
 * Where a journey's lead stands: its first form or call over all time, whatever the period of a report. Looked for at most
 * once a journey, by whoever asks first.
 */
export function leadOf({ events: { kind, channel, isLeg } }: Partition): (journey: Journey) => number {
  let sought = -1;
  let lead = NEVER;
  return ({ customer, from, to }) => {
    if (sought === customer) return lead;
    sought = customer;
    lead = NEVER;
    for (let event = from; event < to; event += 1) {
      const isLead = isLeg[event] ? channel[event] === VOICE : kind[event] === FORM || kind[event] === CALL;
      if (!isLead) continue;
      lead = event;
      break;
    }
    return lead;
  };
}
