import { useCallback } from "react";
import { useQuery, useSubscription } from "urql";
import { graphql, type ResultOf } from "../api/graphql.ts";
import { ChannelTag } from "../parts/channel.tsx";
import { agoOf, moneyText, wordsOf } from "../parts/format.ts";
import { useNow } from "../parts/now.ts";
import { Panel } from "../parts/panel.tsx";
import { Answer, Empty, Skeleton } from "../parts/states.tsx";

const momentFields = graphql(`
  fragment MomentFields on Touchpoint @_unmask {
    id
    occurredAt
    kind
    channel
    name
    section
    value { amount currency }
  }
`);

const recentQuery = graphql(
  `
  query Recent($id: ID!) {
    customer(id: $id) {
      id
      recentTouchpoints(first: 8) { ...MomentFields }
    }
  }
`,
  [momentFields],
);

const activitySubscription = graphql(
  `
  subscription Activity($id: ID!, $after: String) {
    customerActivity(customerId: $id, after: $after) { ...MomentFields }
  }
`,
  [momentFields],
);

type Moment = ResultOf<typeof momentFields>;

/** More would push the profile off the screen; the timeline has the rest. */
const SHOWN = 8;

/** Seconds: after a touchpoint younger than this the customer is probably still on the site. */
const LIVE_SECONDS = 300;

/** What the customer did seconds ago. */
export function Recent({ customerId }: { customerId: string }) {
  const now = useNow();
  const [result, again] = useQuery({
    query: recentQuery,
    variables: { id: customerId },
    requestPolicy: "cache-and-network",
  });
  const fold = useCallback(
    (known: Moment[] = [], { customerActivity }: { customerActivity: Moment }) => [customerActivity, ...known],
    [],
  );
  const [{ data: fresh = [] }] = useSubscription(
    { query: activitySubscription, variables: { id: customerId, after: null } },
    fold,
  );
  return (
    <Panel title="Just now" isFlush>
      <Answer of={result} again={again} skeleton={<Skeleton lines={5} />}>
        {({ customer }) =>
          customer && [...fresh, ...customer.recentTouchpoints].length > 0 ? (
            <ol className="recent">
              {newest(fresh, customer.recentTouchpoints).map(({ id, occurredAt, kind, channel, name, value }) => (
                <li key={id} data-live={now - Date.parse(occurredAt) < LIVE_SECONDS * 1_000}>
                  <time dateTime={occurredAt}>{agoOf(occurredAt, now)}</time>
                  <ChannelTag channel={channel} />
                  <span>
                    {kind === "SEARCH" ? `searched “${name}”` : (name ?? wordsOf(kind))}
                    {value && <strong> {moneyText(value)}</strong>}
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

/** Touchpoints of the subscription and of the query, each once. */
function newest(fresh: Moment[], known: Moment[]): Moment[] {
  const all = new Map([...known, ...fresh].map((moment) => [moment.id, moment]));
  return [...all.values()].sort((a, b) => b.occurredAt.localeCompare(a.occurredAt)).slice(0, SHOWN);
}
