import type { Channel } from "../src/fields/choices.ts";
import { provenBy } from "./calls.ts";
import type { Person } from "./people.ts";
import {
  countUp,
  HOUR,
  type IdentityBody,
  type InteractionBody,
  iso,
  pounds,
  SECOND,
  send,
  type World,
} from "./post.ts";
import { agentFor, REASONS, type ReasonName } from "./staff.ts";

export interface ContactPlan {
  person: Person;
  channel: Channel;
  reason: ReasonName;
  startsAt: number;
}

/** What a contact looks like on a channel other than voice. */
interface Manner {
  source: string;
  seconds: number;
  cost: number;
  isWithAgent: boolean;
}

const MANNERS: Readonly<Partial<Record<Channel, Manner>>> = {
  BOT: { source: "assistant", seconds: 110, cost: 0.05, isWithAgent: false },
  CHAT: { source: "chat", seconds: 540, cost: 3.1, isWithAgent: true },
  SMS: { source: "messages", seconds: 2, cost: 0.03, isWithAgent: false },
  EMAIL: { source: "mail", seconds: 240, cost: 2.4, isWithAgent: true },
  SOCIAL: { source: "social", seconds: 300, cost: 2.2, isWithAgent: true },
  BRANCH: { source: "branch", seconds: 720, cost: 6.5, isWithAgent: true },
  MAIL: { source: "post-room", seconds: 300, cost: 4.2, isWithAgent: false },
  FAX: { source: "post-room", seconds: 120, cost: 3.9, isWithAgent: false },
  TASK: { source: "crm", seconds: 400, cost: 1.8, isWithAgent: true },
  OTHER: { source: "crm", seconds: 60, cost: 0.5, isWithAgent: false },
};

/** Sends one contact on any channel but voice, web and app; answers when it ended. */
export function contact(world: World, plan: ContactPlan): number {
  const manner = MANNERS[plan.channel];
  if (!manner) throw new Error(`The demo data has no ${plan.channel} contacts of this kind.`);
  const endsAt = plan.startsAt + world.random.around(manner.seconds) * SECOND;
  const body = { ...contactBody(world, plan, manner), interactionEndTime: iso(endsAt), sessionEndTime: iso(endsAt) };
  send(world, { kind: "interaction", body }, endsAt);
  return endsAt;
}

function contactBody(
  world: World,
  { person, channel, reason: name, startsAt }: ContactPlan,
  manner: Manner,
): InteractionBody {
  const reason = REASONS[name];
  const agent = manner.isWithAgent ? agentFor(world.random, reason.team, null) : null;
  return {
    source: manner.source,
    sourceId: `${channel.toLowerCase()}-${countUp(world, "contacts")}`,
    identities: identitiesOn(channel, person),
    channelType: channel,
    sessionStartTime: iso(startsAt),
    interactionStartTime: iso(startsAt),
    intentCategory: reason.category,
    intent: reason.name,
    callReason: reason.name,
    direction: channel === "SMS" || channel === "TASK" ? "OUTBOUND" : "INBOUND",
    ...(agent && { agentId: agent.id, team: agent.team, agentSkillId: reason.skill, callCentreId: agent.callCentreId }),
    department: reason.department,
    outcome: manner.isWithAgent ? "HANDLED" : "CONTAINED",
    isResolved: world.random.chance(manner.isWithAgent ? 0.7 : 0.5),
    cost: pounds(manner.cost),
  };
}

function identitiesOn(channel: Channel, person: Person): IdentityBody[] {
  const email: IdentityBody[] = person.email ? [{ namespace: "email", value: person.email }] : [];
  if (channel === "EMAIL" && email.length > 0) return email;
  if (channel === "SMS" && person.phone) return [{ namespace: "phone", value: person.phone }];
  const who = [...provenBy(person), ...(person.custId ? [] : email)];
  const fromSite = channel === "CHAT" || channel === "BOT";
  return fromSite || who.length === 0 ? [...who, { namespace: "ecid", value: person.ecid }] : who;
}

/** The assistant on the site tries first and hands the rest to the chat team: one journey of two legs. */
export function askAssistant(world: World, plan: ContactPlan): { endsAt: number; isSettled: boolean } {
  const fate = world.random.next();
  const universalSessionId = `chat-journey-${countUp(world, "chats")}`;
  const manner = MANNERS.BOT!;
  const endsAt = plan.startsAt + world.random.around(manner.seconds) * SECOND;
  const isHandedOn = fate < 0.4;
  const body: InteractionBody = {
    ...contactBody(world, { ...plan, channel: "BOT" }, manner),
    universalSessionId,
    interactionEndTime: iso(endsAt),
    outcome: isHandedOn ? "TRANSFERRED_OUT" : fate < 0.5 ? "FAILED" : "CONTAINED",
    isResolved: fate >= 0.6,
    isTransferred: isHandedOn,
    ...(isHandedOn && { channelTypeTransferred: "CHAT" as const }),
  };
  send(world, { kind: "interaction", body }, endsAt);
  if (!isHandedOn) return { endsAt, isSettled: fate >= 0.6 };
  const chat = MANNERS.CHAT!;
  const chatEndsAt = endsAt + world.random.around(chat.seconds) * SECOND;
  const chatBody = { ...contactBody(world, { ...plan, channel: "CHAT", startsAt: endsAt }, chat), universalSessionId };
  const queueSeconds = Math.min(world.random.around(40), Math.floor((chatEndsAt - endsAt) / SECOND));
  const times = { interactionStartTime: iso(endsAt + queueSeconds * SECOND), interactionEndTime: iso(chatEndsAt) };
  send(world, { kind: "interaction", body: { ...chatBody, queueSeconds, ...times } }, chatEndsAt);
  return { endsAt: chatEndsAt, isSettled: chatBody.isResolved === true };
}

/** Some hours later, since letters, mails and tasks do not follow at once. */
export function later(world: World, at: number): number {
  return at + world.random.int(2, 30) * HOUR;
}
