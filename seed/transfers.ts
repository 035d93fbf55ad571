import type { CallResult } from "./calls.ts";
import { closeOf, endOf, type VoiceLeg, voiceRecord } from "./legs.ts";
import { HOUR, type IdentityBody, SECOND, send, type World } from "./post.ts";
import { agentFor, REASONS } from "./staff.ts";

const PASSED_TO = ["Complaints", "Technical", "Retention", "Billing B"] as const;

/** The agent transfers the caller: a second leg of the same journey, in another team. */
export function transfer(world: World, first: VoiceLeg, who: readonly IdentityBody[]): CallResult {
  const { random } = world;
  const team = random.pick(PASSED_TO.filter((name) => name !== first.agent?.team));
  const colleague = agentFor(random, team, null);
  const isResolved = random.chance(0.8);
  const passed: VoiceLeg = {
    ...first,
    isTransferredToSurvey: false,
    more: {
      ...first.more,
      isResolved: false,
      isTransferred: true,
      agentIdTransferred: colleague.id,
      revenue: null,
      transactionId: null,
    },
  };
  const second: VoiceLeg = {
    ...first,
    sourceId: `${first.line.key}-2`,
    identities: who,
    startsAt: endOf(first),
    queueSeconds: random.int(2, 90),
    talkSeconds: random.around(340),
    holdSeconds: 0,
    wrapUpSeconds: random.around(60),
    agent: colleague,
    isTransferredToSurvey: false,
    more: { ...first.more, isResolved, isTransferred: false },
  };
  send(world, voiceRecord(passed), closeOf(passed));
  send(world, voiceRecord(second), closeOf(second));
  return { endsAt: endOf(second), isResolved };
}

/** An agent calls back within hours and usually reaches the caller. */
export function callBack(world: World, asked: VoiceLeg, who: readonly IdentityBody[]): CallResult {
  const { random } = world;
  const isReached = random.chance(0.8);
  const startsAt = endOf(asked) + random.around(2) * HOUR;
  const back: VoiceLeg = {
    ...asked,
    sourceId: `${asked.line.key}-back`,
    identities: who,
    startsAt,
    queueSeconds: random.int(8, 25),
    talkSeconds: isReached ? random.around(REASONS[asked.line.reason.name].talkSeconds) : 0,
    wrapUpSeconds: isReached ? random.around(40) : 15,
    agent: agentFor(random, asked.line.reason.team, null),
    outcome: isReached ? "HANDLED" : "FAILED",
    more: { direction: "OUTBOUND", isCallBack: true, callBackSessionId: asked.sourceId, isResolved: isReached },
  };
  send(world, voiceRecord(back), closeOf(back) + SECOND);
  return { endsAt: endOf(back), isResolved: isReached };
}
