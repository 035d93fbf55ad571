import { useEffect, useRef, useState } from "react";
import { Button } from "react-aria-components/Button";
import { ToggleButton } from "react-aria-components/ToggleButton";
import { ToggleButtonGroup } from "react-aria-components/ToggleButtonGroup";
import { useQuery } from "urql";
import { graphql, type ResultOf } from "../api/graphql.ts";
import { CHANNELS, type ChannelName, channelName } from "../parts/channel.tsx";
import { Panel } from "../parts/panel.tsx";
import { Answer, Empty, Skeleton } from "../parts/states.tsx";
import { useParameter } from "../shell/router.ts";
import { TimelineRow } from "./timeline-row.tsx";

const timelineQuery = graphql(`
  query Timeline($id: ID!, $channels: [Channel!], $after: String) {
    customer(id: $id) {
      id
      timeline(first: 20, after: $after, channels: $channels) {
        pageInfo { hasNextPage endCursor }
        nodes {
          id
          source
          channelType
          sessionStartTime
          sessionEndTime
          interactionSeconds
          sessionSeconds
          queueSeconds
          direction
          callReason
          intent
          outcome
          isResolved
          isTransferred
          agentId
          team
          campaign
          interactionNotes
          csatScore
          csatScaleMax
          cost { amount currency }
          dataQuality { field message }
          match { status method page secondsBeforeCall }
          touchpoints(first: 4) { totalCount nodes { id kind name } }
        }
      }
    }
  }
`);

export type TimelineEntry = NonNullable<ResultOf<typeof timelineQuery>["customer"]>["timeline"]["nodes"][number];

interface TimelineProps {
  customerId: string;
  /** The channels that the customer has used; only these can be chosen. */
  used: readonly ChannelName[];
}

/** What happened over all channels, newest first; more is fetched as one scrolls. */
export function Timeline({ customerId, used }: TimelineProps) {
  const [chosen, choose] = useParameter("channels");
  const channels = chosen ? (chosen.split(",") as ChannelName[]) : null;
  return (
    <Panel
      isFlush
      title="Timeline"
      tools={
        <ToggleButtonGroup
          className="toggles"
          aria-label="Channels shown"
          selectionMode="multiple"
          selectedKeys={channels ?? []}
          onSelectionChange={(keys) => choose([...keys].join(","))}
        >
          {CHANNELS.filter((channel) => used.includes(channel)).map((channel) => (
            <ToggleButton key={channel} id={channel} className="toggle" data-channel={channel}>
              <span className="channel">{channelName(channel)}</span>
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      }
    >
      <Pages key={`${customerId} ${chosen}`} customerId={customerId} channels={channels} />
    </Panel>
  );
}

interface PagesProps {
  customerId: string;
  channels: ChannelName[] | null;
}

/** Asks for the first page while the profile is still on its way. */
export function useTimelineAhead(customerId: string): void {
  const [chosen] = useParameter("channels");
  const channels = chosen ? (chosen.split(",") as ChannelName[]) : null;
  useQuery({ query: timelineQuery, variables: { id: customerId, channels, after: null } });
}

function Pages({ customerId, channels }: PagesProps) {
  const [cursors, setCursors] = useState<(string | null)[]>([null]);
  return (
    <>
      {cursors.map((after, position) => (
        <TimelinePage
          key={after}
          {...{ customerId, channels, after }}
          onMore={position === cursors.length - 1 ? (next) => setCursors((known) => [...known, next]) : null}
        />
      ))}
    </>
  );
}

interface TimelinePageProps extends PagesProps {
  after: string | null;
  /** Null when the next page is already there. */
  onMore: ((cursor: string) => void) | null;
}

function TimelinePage({ customerId, channels, after, onMore }: TimelinePageProps) {
  const [result, again] = useQuery({ query: timelineQuery, variables: { id: customerId, channels, after } });
  return (
    <Answer of={result} again={again} skeleton={<Skeleton lines={9} />}>
      {({ customer }) => {
        const { nodes, pageInfo } = customer?.timeline ?? { nodes: [], pageInfo: null };
        if (nodes.length === 0 && !after) return <Empty title="Nothing happened here">Choose other channels.</Empty>;
        return (
          <>
            <ol className="timeline">
              {nodes.map((entry) => (
                <TimelineRow key={entry.id} entry={entry} />
              ))}
            </ol>
            {pageInfo?.hasNextPage && onMore && <More onReached={() => onMore(pageInfo.endCursor!)} />}
          </>
        );
      }}
    </Answer>
  );
}

/** Asks for the next page when it comes into view, or when it is pressed. */
function More({ onReached }: { onReached: () => void }) {
  const place = useRef<HTMLDivElement>(null);
  const reached = useRef(onReached);
  reached.current = onReached;
  useEffect(() => {
    const watcher = new IntersectionObserver(([entry]) => entry?.isIntersecting && reached.current(), {
      rootMargin: "400px",
    });
    watcher.observe(place.current!);
    return () => watcher.disconnect();
  }, []);
  return (
    <div ref={place} className="timeline-more">
      <Button className="button quiet" onPress={onReached}>
        Earlier
      </Button>
    </div>
  );
}
