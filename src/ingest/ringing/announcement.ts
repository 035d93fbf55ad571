import { z } from "zod";
import type { SourceSettings } from "../../facts/identity.ts";
import { normalise } from "../../facts/normalise.ts";
import { callerNumber } from "../../facts/phone.ts";
import { type Rules, settingsOf } from "../../facts/rules.ts";
import { AppError } from "../../kit/errors.ts";
import { identityId, recordId } from "../../kit/id.ts";
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

/** The call as it is stored: its identities by their ids, its dialled number in one spelling. */
export function callOf(said: Announcement, rules: Rules, identityKey: Uint8Array): NewCall {
  const { source, sourceId, ringingAt, callReason = null } = said;
  const settings = settingsOf(rules, source);
  const region = settings.defaultRegion ?? rules.defaultRegion;
  const dialled = said.dialledNumber ?? null;
  return {
    id: recordId("interaction", source, sourceId),
    source,
    sourceId,
    ringingAt,
    callReason,
    dialledNumber: dialled && (callerNumber(dialled, region)?.e164 ?? dialled),
    ...shownBy(said, { settings, rules, identityKey }),
  };
}

interface Naming {
  settings: SourceSettings;
  rules: Rules;
  identityKey: Uint8Array;
}

/** What identifies nobody is left out: a withheld number is no fault. A namespace that does not exist is one. */
function shownBy(
  { identities }: Announcement,
  { settings, rules, identityKey }: Naming,
): Pick<NewCall, "identityIds" | "isWithheld"> {
  const identityIds: string[] = [];
  let isWithheld = identities.length === 0;
  for (const [position, identity] of identities.entries()) {
    const answer = normalise(identity, settings, rules);
    if (answer.ok) identityIds.push(identityId(identityKey, answer.key.namespace, answer.key.value));
    else if (answer.reason === "UNKNOWN_NAMESPACE") {
      throw new AppError("BAD_INPUT", answer.message, ["input", "identities", String(position), "namespace"]);
    } else if (answer.reason === "WITHHELD") isWithheld = true;
  }
  return { identityIds, isWithheld };
}
