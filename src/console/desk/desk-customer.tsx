import { useCallback, useState } from "react";
import { Button } from "react-aria-components/Button";
import { useQuery } from "urql";
import { graphql } from "../api/graphql.ts";
import { useMay } from "../api/viewer.ts";
import { Identities } from "../customer/identities.tsx";
import { type Profile, profileFields } from "../customer/profile.query.ts";
import { ProfileFacts, ProfileHead, Signals } from "../customer/profile.tsx";
import { Recent } from "../customer/recent.tsx";
import { Timeline, useTimelineAhead } from "../customer/timeline.tsx";
import { usePops } from "../live/pops.tsx";
import { Answer, Empty, Skeleton } from "../parts/states.tsx";
import { usePlace } from "../shell/router.ts";
import { useShortcut } from "../shell/shortcuts.tsx";
import { LogCall } from "./log-call.tsx";

const deskQuery = graphql(
  `
  query DeskCustomer($id: ID!) {
    customer(id: $id) {
      ...ProfileFields
    }
  }
`,
  [profileFields],
);

/** A customer, laid out for an agent who is talking to them. */
export function DeskCustomer({ customerId }: { customerId: string }) {
  useTimelineAhead(customerId);
  const [result, again] = useQuery({ query: deskQuery, variables: { id: customerId } });
  return (
    <Answer of={result} again={again} skeleton={<Skeleton lines={12} />}>
      {({ customer }) =>
        customer ? (
          <OnTheLine customer={customer} />
        ) : (
          <Empty title="This customer is not there">The link may be old, or the data of another demo.</Empty>
        )
      }
    </Answer>
  );
}

function OnTheLine({ customer }: { customer: Profile }) {
  const [isLogging, setLogging] = useState(false);
  const log = useCallback(() => setLogging(true), []);
  const mayLog = useMay()("facts:write");
  useShortcut("l", "Log this call", mayLog ? log : null);
  const { search } = usePlace();
  const { ringing, agentId } = usePops();
  return (
    <div className="stack">
      <ProfileHead
        customer={customer}
        tools={
          <>
            <a className="button" href={`/customers/${customer.id}`}>
              Open the customer
            </a>
            {mayLog && (
              <Button className="button primary" onPress={log}>
                Log this call
              </Button>
            )}
          </>
        }
      />
      <Columns customer={customer} />
      <LogCall
        identities={customer.identities}
        isOpen={isLogging}
        onClose={() => setLogging(false)}
        agentId={agentId}
        call={ringing.find(({ callId }) => callId === search.get("call"))}
      />
    </div>
  );
}

function Columns({ customer }: { customer: Profile }) {
  return (
    <div className="desk-columns">
      <div className="stack">
        <Recent customerId={customer.id} />
        <Signals customer={customer} />
        <div className="stack background">
          <ProfileFacts customer={customer} />
          <Identities identities={customer.identities} />
        </div>
      </div>
      <Timeline customerId={customer.id} used={customer.summary.byChannel.map(({ channel }) => channel)} />
    </div>
  );
}
