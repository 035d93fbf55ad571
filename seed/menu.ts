import type { Line } from "./legs.ts";
import { type IdentityBody, type InteractionBody, iso, SECOND, send, type World } from "./post.ts";

export interface MenuPlan {
  line: Line;
  startsAt: number;
  /** The customer's identities, where the caller typed a number that proves who it is. */
  proven: readonly IdentityBody[];
}

export interface MenuLeg {
  endsAt: number;
  /** Whether the caller went on to an agent. */
  goesOn: boolean;
}

type Ending = "agent" | "contained" | "digital" | "hung up" | "failed";

const ENDINGS: Readonly<Record<Ending, Partial<InteractionBody>>> = {
  agent: { outcome: "TRANSFERRED_OUT", isTransferred: true, channelTypeTransferred: "VOICE", exitReasonCode: "AGENT" },
  contained: { outcome: "CONTAINED", exitReasonCode: "SELF_SERVICE", isResolved: true },
  digital: { outcome: "CONTAINED", exitReasonCode: "DIGITAL", isDigitalAccepted: true },
  "hung up": { outcome: "ABANDONED", exitReasonCode: "CALLER" },
  failed: { outcome: "FAILED", exitReasonCode: "NO_INPUT" },
};

const WEIGHTS: Readonly<Record<Ending, number>> = { agent: 78, contained: 9, digital: 6, "hung up": 5, failed: 2 };

/** The voice menu before the agents: prompts, an intent, sometimes a link by SMS instead of a wait. */
export function playMenu(world: World, plan: MenuPlan, fixed?: Ending): MenuLeg {
  const ending = fixed ?? world.random.weighted(Object.keys(WEIGHTS) as Ending[], (name) => WEIGHTS[name]);
  const sourceId = `${plan.line.key}-menu`;
  const endsAt = playPrompts(world, { ...plan, sourceId, names: promptsOf(plan.line, ending) });
  send(world, { kind: "interaction", body: menuBody(plan, { sourceId, ending, endsAt }) }, endsAt);
  if (ending === "digital") sendLink(world, plan, endsAt);
  return { endsAt, goesOn: ending === "agent" };
}

function promptsOf({ reason }: Line, ending: Ending): string[] {
  const opening = ["welcome", "main menu", `${reason.category} menu`];
  if (ending === "failed") return ["welcome", "main menu", "main menu"];
  if (ending === "hung up") return opening.slice(0, 2);
  if (ending === "agent") return [...opening, "queue music"];
  return [...opening, ending === "digital" ? "link offer" : `${reason.category} self-service`, "goodbye"];
}

interface Prompting extends MenuPlan {
  sourceId: string;
  names: readonly string[];
}

/** The old menu system also reports its own time-outs; the settings of its source filter them out. */
function playPrompts(world: World, { line, startsAt, proven, sourceId, names }: Prompting): number {
  let at = startsAt;
  const steps = line.site.menuSource === "ivr" && world.random.chance(0.3) ? [...names, "timer.expired"] : names;
  steps.forEach((name, index) => {
    const endsAt = at + world.random.int(6, 28) * SECOND;
    const body = {
      source: line.site.menuSource,
      sourceId: `${sourceId}-${index + 1}`,
      identities: [...line.caller, ...proven],
      occurredAt: iso(at),
      endedAt: iso(endsAt),
      sequence: index + 1,
      kind: name === "timer.expired" ? ("OTHER" as const) : ("PROMPT" as const),
      channel: "IVR" as const,
      name,
      sessionId: sourceId,
      ...(line.universalSessionId && { universalSessionId: line.universalSessionId }),
    };
    send(world, { kind: "touchpoint", body }, at);
    at = endsAt;
  });
  return at;
}

interface MenuEnd {
  sourceId: string;
  ending: Ending;
  endsAt: number;
}

function menuBody({ line, startsAt, proven }: MenuPlan, { sourceId, ending, endsAt }: MenuEnd): InteractionBody {
  const wasOffered = ending === "digital" || ["billing", "account"].includes(line.reason.category);
  return {
    source: line.site.menuSource,
    sourceId,
    identities: [...line.caller, ...proven],
    channelType: "IVR",
    ...(line.universalSessionId && { universalSessionId: line.universalSessionId }),
    sessionId: sourceId,
    sessionStartTime: iso(startsAt),
    interactionStartTime: iso(startsAt),
    interactionEndTime: iso(endsAt),
    sessionEndTime: iso(endsAt),
    intentCategory: line.reason.category,
    intent: ending === "failed" ? "unknown" : line.reason.name,
    journeyStep: proven.length > 0 ? "identified" : "intent taken",
    direction: "INBOUND",
    isDigitalOffered: wasOffered,
    isDigitalAccepted: false,
    trackingNumber: line.dialledNumber,
    ...(ending === "agent" && { agentSkillIdTransferred: line.reason.skill }),
    cost: { amount: "0.12", currency: "GBP" },
    ...ENDINGS[ending],
  };
}

function sendLink(world: World, { line, proven }: MenuPlan, at: number): void {
  const body: InteractionBody = {
    source: "messages",
    sourceId: `link-${line.key}`,
    identities: [...line.caller, ...proven],
    channelType: "SMS",
    sessionStartTime: iso(at + 5 * SECOND),
    interactionEndTime: iso(at + 6 * SECOND),
    direction: "OUTBOUND",
    intent: line.reason.name,
    cost: { amount: "0.03", currency: "GBP" },
  };
  send(world, { kind: "interaction", body }, at + 6 * SECOND);
}
