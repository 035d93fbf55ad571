import { z } from "zod";
import { aheadOf, isAhead } from "../../facts/ahead.ts";
import { dialledAs } from "../../facts/phone.ts";
import { shownBy } from "../../facts/ringing.ts";
import { type Rules, regionOf, settingsOf } from "../../facts/rules.ts";
import { AppError } from "../../kit/errors.ts";
import { recordId } from "../../kit/id.ts";
import type { NewCall } from "./pops.repository.ts";

const text = (max: number) =>
  z.string().trim().min(1, "Leave the field out instead of sending an empty text.").max(max);
const announcement = z.object({
  source: text(64),
  sourceId: text(256),
  identities: z
    .array(z.object({ namespace: text(128), value: z.string().max(4_096) }))
    .max(10, "At most 10 identities."),
  agentId: text(256),
  ringingAt: z.date(),
  dialledNumber: text(64).nullish(),
  callReason: text(1_024).nullish(),
});
/** A call that rings, as its telephone system says it. */
export type Announcement = z.output<typeof announcement>;

/** The announcement, or what to change about it. */
export function readAnnouncement(body: unknown): Announcement {
  const parsed = announcement.safeParse(body);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw new AppError("BAD_INPUT", `${path.join(".")}: ${message}`, ["input", ...path.map(String)]);
}

interface Ringing {
  rules: Rules;
  identityKey: Uint8Array;
  now: Date;
}

/** The call as it is stored: its identities by their ids, its dialled number in one spelling. */
export function callOf(said: Announcement, { rules, identityKey, now }: Ringing): NewCall {
  const { source, sourceId, identities, ringingAt, callReason = null, dialledNumber: dialled = null } = said;
  const settings = settingsOf(rules, source);
  if (isAhead(ringingAt, { now, minutes: settings.aheadMinutes })) {
    throw new AppError("BAD_INPUT", `ringingAt ${aheadOf(settings.aheadMinutes)}`, ["input", "ringingAt"]);
  }
  const region = regionOf(rules, settings);
  return {
    id: recordId("interaction", source, sourceId),
    source,
    sourceId,
    ringingAt,
    callReason,
    dialledNumber: dialled && dialledAs(dialled, region),
    ...shownBy(identities, source, { rules, identityKey, at: ["input"] }),
  };
}
