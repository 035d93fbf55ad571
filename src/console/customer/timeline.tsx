import { useEffect, useRef, useState } from "react";
import { Button } from "react-aria-components/Button";
import { useQuery } from "urql";
import { graphql, type ResultOf } from "../api/graphql.ts";
import type { ChannelName } from "../parts/channel.tsx";
import { Panel } from "../parts/panel.tsx";
import { Answer, Empty, Skeleton } from "../parts/states.tsx";
import { type TimelineFilter, TimelineFilters, useTimelineFilter } from "./timeline-filters.tsx";
import { TimelineRow } from "./timeline-row.tsx";
import "./timeline.css";

const timelineQuery = graphql(`
  query Timeline($id: ID!, $channels: [Channel!], $period: PeriodInput, $after: String) {
    customer(id: $id) {
      id
      timeline(first: 20, after: $after, channels: $channels, period: $period) {
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

/** The customer's interactions on all channels, newest first; scrolling loads more. */
export function Timeline({ customerId, used }: TimelineProps) {
  const filter = useTimelineFilter();
  return (
    <Panel isFlush title="Timeline" tools={<TimelineFilters used={used} />}>
      <Pages key={`${customerId} ${JSON.stringify(filter)}`} customerId={customerId} filter={filter} />
    </Panel>
  );
}

interface PagesProps {
  customerId: string;
  filter: TimelineFilter;
}

/** Requests the first page while the profile is loading. */
export function useTimelineAhead(customerId: string): void {
  const filter = useTimelineFilter();
  useQuery({ query: timelineQuery, variables: { id: customerId, ...filter, after: null } });
}

function Pages({ customerId, filter }: PagesProps) {
  const [cursors, setCursors] = useState<(string | null)[]>([null]);
  return (
    <>
      {cursors.map((after, position) => (
        <TimelinePage
          key={after}
          {...{ customerId, filter, after }}
          onMore={position === cursors.length - 1 ? (next) => setCursors((known) => [...known, next]) : null}
        />
      ))}
    </>
  );
}

interface TimelinePageProps extends PagesProps {
  after: string | null;
  /** Null when the next page is loaded already. */
  onMore: ((cursor: string) => void) | null;
}

function TimelinePage({ customerId, filter, after, onMore }: TimelinePageProps) {
  const [result, again] = useQuery({ query: timelineQuery, variables: { id: customerId, ...filter, after } });
  return (
    <Answer of={result} again={again} skeleton={<Skeleton lines={9} />}>
      {({ customer }) => {
        const { nodes, pageInfo } = customer?.timeline ?? { nodes: [], pageInfo: null };
        if (nodes.length === 0 && !after)
          return <Empty title="Nothing happened here">Choose other channels or a longer time.</Empty>;
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

/** Requests the next page when it comes into view or is pressed. */
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
