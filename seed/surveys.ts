import { endOf, type VoiceLeg, voiceRecord } from "./legs.ts";
import { DAY, HOUR, type IdentityBody, iso, MINUTE, send, type World } from "./post.ts";

const SCALE = 5;

/**
 * The answer comes the next day, twice: as a contact of its own, and as a newer revision of the call with the score.
 */
export function askAboutIt(world: World, leg: VoiceLeg, who: readonly IdentityBody[], fixedScore?: number): void {
  const { random } = world;
  const answeredAt = endOf(leg) + DAY + random.int(-3, 6) * HOUR;
  const csatScore = fixedScore ?? (leg.more?.isResolved ? random.int(3, 5) : random.int(1, 3));
  const scored: VoiceLeg = { ...leg, more: { ...leg.more, csatScore, csatScaleMax: SCALE } };
  const body = {
    source: "survey",
    sourceId: `survey-${leg.sourceId}`,
    identities: [...leg.line.caller.filter(({ namespace }) => namespace === "phone"), ...who],
    channelType: "SURVEY" as const,
    ...(leg.line.universalSessionId && { universalSessionId: leg.line.universalSessionId }),
    sessionStartTime: iso(answeredAt),
    interactionEndTime: iso(answeredAt + MINUTE),
    intent: leg.line.reason.name,
    csatScore,
    csatScaleMax: SCALE,
  };
  send(world, { kind: "interaction", body }, answeredAt + MINUTE);
  send(world, voiceRecord(scored, answeredAt), answeredAt + 2 * MINUTE);
}
