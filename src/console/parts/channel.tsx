import type { graphql } from "../api/graphql.ts";

export type ChannelName = ReturnType<typeof graphql.scalar<"Channel">>;

/** All channels, in the order in which people think of them. */
export const CHANNEL_NAMES = [
  "VOICE",
  "IVR",
  "WEB",
  "APP",
  "CHAT",
  "BOT",
  "EMAIL",
  "SMS",
  "SOCIAL",
  "MAIL",
  "FAX",
  "BRANCH",
  "SURVEY",
  "TASK",
  "OTHER",
] as const satisfies readonly ChannelName[];

const NAMES: Record<ChannelName, string> = {
  VOICE: "Call",
  IVR: "Phone menu",
  WEB: "Web",
  APP: "App",
  CHAT: "Chat",
  BOT: "Bot",
  EMAIL: "E-mail",
  SMS: "SMS",
  SOCIAL: "Social",
  MAIL: "Letter",
  FAX: "Fax",
  BRANCH: "Branch",
  SURVEY: "Survey",
  TASK: "Task",
  OTHER: "Other",
};

/** What people call a channel. */
export const channelName = (channel: ChannelName) => NAMES[channel];

/** A channel's name with its colour. */
export function ChannelTag({ channel }: { channel: ChannelName }) {
  return (
    <span className="channel" data-channel={channel}>
      {NAMES[channel]}
    </span>
  );
}
