import { CAMPAIGNS, SWITCHBOARD } from "./campaigns.ts";
import { closeOf, type Line, NEW_SITE, type Site, type VoiceLeg, voiceRecord } from "./legs.ts";
import { playMenu } from "./menu.ts";
import type { Person } from "./people.ts";
import { SECOND, send, type World, worldOf } from "./post.ts";
import { AGENTS, REASONS, type ReasonName } from "./staff.ts";
import { browse, type VisitPlan } from "./web.ts";

/** A call of a story, without any chance. */
export interface CallStory {
  id: string;
  reason: ReasonName;
  startsAt: number;
  team: string;
  site?: Site;
  /** The end of the id of a second leg. */
  suffix?: string;
  /** Whether the agent noted who it was; else only the number is known. */
  isNamed?: boolean;
  campaign?: string;
  more?: VoiceLeg["more"];
}

/** The leg with the agent: four and a half minutes, seven seconds in the queue. */
function storyLeg(person: Person, story: CallStory): VoiceLeg {
  const line = storyLine(person, story);
  return {
    line,
    sourceId: `${story.id}${story.suffix ?? ""}`,
    identities: person.custId && story.isNamed !== false ? [{ namespace: "custid", value: person.custId }] : [],
    startsAt: story.startsAt,
    queueSeconds: 7,
    talkSeconds: 270,
    holdSeconds: 20,
    wrapUpSeconds: 35,
    agent: AGENTS.find(({ team }) => team === story.team) ?? null,
    outcome: "HANDLED",
    more: story.more ?? { isResolved: true },
  };
}

function storyLine(person: Person, { id, reason, site = NEW_SITE, campaign: name }: CallStory): Line {
  const campaign = CAMPAIGNS.find((candidate) => candidate.name === name);
  return {
    site,
    key: id,
    reason: REASONS[reason],
    caller: [{ namespace: "phone", value: person.landline ?? person.phone ?? "anonymous" }],
    universalSessionId: `journey-${id}`,
    dialledNumber: campaign?.number ?? SWITCHBOARD,
    campaign: campaign?.name ?? null,
    medium: campaign?.medium ?? null,
  };
}

/** The menu two minutes before, then the leg with the agent; answers that leg. */
export function tellCall(world: World, person: Person, story: CallStory): VoiceLeg {
  const leg = storyLeg(person, story);
  if (!story.suffix) {
    const own = worldOf(world, story.id);
    playMenu(own, { line: leg.line, startsAt: story.startsAt - 115 * SECOND, proven: [] }, "agent");
  }
  send(world, voiceRecord(leg), closeOf(leg));
  return leg;
}

export interface VisitStory extends Omit<VisitPlan, "person" | "channel" | "campaign"> {
  sessionId: string;
  campaign?: string;
}

export function tellVisit(world: World, person: Person, { campaign, ...story }: VisitStory): void {
  const found = CAMPAIGNS.find(({ name }) => name === campaign);
  browse(worldOf(world, story.sessionId), { ...story, person, channel: "WEB", campaign: found });
}
