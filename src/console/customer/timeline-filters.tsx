import { useMemo } from "react";
import { ToggleButton } from "react-aria-components/ToggleButton";
import { ToggleButtonGroup } from "react-aria-components/ToggleButtonGroup";
import { CHANNEL_NAMES, type ChannelName, channelName } from "../parts/channel.tsx";
import { lastDays } from "../parts/days.ts";
import { useParameter } from "../shell/router.ts";

export interface TimelineFilter {
  channels: ChannelName[] | null;
  period: { from: string; to: string } | null;
}

const SINCE = { 1: "today", 7: "last 7 days", 30: "last 30 days", 365: "last year" };

/** The filter of the timeline, as the address holds it. */
export function useTimelineFilter(): TimelineFilter {
  const [chosen] = useParameter("channels");
  const [since] = useParameter("since");
  return useMemo(
    () => ({
      channels: chosen ? (chosen.split(",") as ChannelName[]) : null,
      period: Object.keys(SINCE).includes(since) ? lastDays(Number(since), new Date()) : null,
    }),
    [chosen, since],
  );
}

/** Filters by channel, of those that the customer has used, and by time. */
export function TimelineFilters({ used }: { used: readonly ChannelName[] }) {
  const [chosen, choose] = useParameter("channels");
  const [since, changeSince] = useParameter("since");
  return (
    <>
      <ToggleButtonGroup
        className="toggles"
        aria-label="Channels shown"
        selectionMode="multiple"
        selectedKeys={chosen ? chosen.split(",") : []}
        onSelectionChange={(keys) => choose([...keys].join(","))}
      >
        {CHANNEL_NAMES.filter((channel) => used.includes(channel)).map((channel) => (
          <ToggleButton key={channel} id={channel} className="toggle" data-channel={channel}>
            <span className="channel">{channelName(channel)}</span>
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <select
        className="since"
        aria-label="How far back"
        value={since}
        onChange={({ target }) => changeSince(target.value)}
      >
        <option value="">all time</option>
        {Object.entries(SINCE).map(([days, label]) => (
          <option key={days} value={days}>
            {label}
          </option>
        ))}
      </select>
    </>
  );
}
