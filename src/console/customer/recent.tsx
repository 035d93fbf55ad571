import { useQuery } from "urql";
import { graphql } from "../api/graphql.ts";
import { ChannelTag } from "../parts/channel.tsx";
import { agoOf, moneyOf, wordsOf } from "../parts/format.ts";
import { useNow } from "../parts/now.ts";
import { Panel } from "../parts/panel.tsx";
import { Answer, Empty, Skeleton } from "../parts/states.tsx";

const recentQuery = graphql(`
  query Recent($id: ID!) {
    customer(id: $id) {
      id
      recentTouchpoints(first: 8) {
        id
        occurredAt
        kind
        channel
        name
        section
        value { amount currency }
      }
    }
  }
`);

/** Younger than this, they are probably still on it. */
const LIVE_SECONDS = 300;

/** What they were doing seconds ago. */
export function Recent({ customerId }: { customerId: string }) {
  const now = useNow();
  const [result, again] = useQuery({
    query: recentQuery,
    variables: { id: customerId },
    requestPolicy: "cache-and-network",
  });
  return (
    <Panel title="Just now" isFlush>
      <Answer of={result} again={again} skeleton={<Skeleton lines={5} />}>
        {({ customer }) =>
          customer?.recentTouchpoints.length ? (
            <ol className="recent">
              {customer.recentTouchpoints.map(({ id, occurredAt, kind, channel, name, value }) => (
                <li key={id} data-live={now - Date.parse(occurredAt) < LIVE_SECONDS * 1_000}>
                  <time dateTime={occurredAt}>{agoOf(occurredAt, now)}</time>
                  <ChannelTag channel={channel} />
                  <span>
                    {kind === "SEARCH" ? `searched “${name}”` : (name ?? wordsOf(kind))}
                    {value && <strong> {moneyOf(value)}</strong>}
                  </span>
                </li>
              ))}
            </ol>
          ) : (
            <Empty title="Nothing yet" />
          )
        }
      </Answer>
    </Panel>
  );
}
