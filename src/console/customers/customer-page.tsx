import { useState } from "react";
import { Button } from "react-aria-components/Button";
import { useQuery } from "urql";
import { graphql } from "../api/graphql.ts";
import { useMay } from "../api/viewer.ts";
import { type Profile, profileFields } from "../customer/profile.query.ts";
import { ProfileFacts, ProfileHead, Signals } from "../customer/profile.tsx";
import { Timeline, useTimelineAhead } from "../customer/timeline.tsx";
import { Answer, Empty, Skeleton } from "../parts/states.tsx";
import { ExportSheet } from "../privacy/export.tsx";
import { JoinedPanel, useEvidenceAhead } from "./joined.tsx";
import { MergeSheet } from "./merge.tsx";
import { SplitSheet } from "./split.tsx";
import { useVerdictsAhead, Verdicts } from "./verdicts.tsx";

const customerQuery = graphql(
  `
  query CustomerPage($id: ID!) {
    customer(id: $id) {
      ...ProfileFields
      formerIds
    }
  }
`,
  [profileFields],
);

/** A customer's page for a supervisor: who they are, the evidence, and how to correct it. */
export function CustomerPage({ customerId }: { customerId: string }) {
  useTimelineAhead(customerId);
  useVerdictsAhead(customerId);
  useEvidenceAhead(customerId);
  const [result, again] = useQuery({ query: customerQuery, variables: { id: customerId } });
  return (
    <Answer of={result} again={again} skeleton={<Skeleton lines={12} />}>
      {({ customer }) =>
        customer ? (
          <Known customer={customer} formerIds={customer.formerIds} />
        ) : (
          <Empty title="This customer is not there">The link may be old, or the data of another demo.</Empty>
        )
      }
    </Answer>
  );
}

function Known({ customer, formerIds }: { customer: Profile; formerIds: readonly string[] }) {
  const [open, setOpen] = useState<"merge" | "split" | "export" | null>(null);
  const may = useMay();
  const mayDecide = may("verdicts:write");
  const close = () => setOpen(null);
  return (
    <div className="stack">
      <ProfileHead
        customer={customer}
        tools={
          <>
            <a className="button" href={`/desk?customer=${customer.id}`}>
              On the desk
            </a>
            {mayDecide && <Decide customer={customer} open={setOpen} />}
            {may("audit:read") && (
              <a className="button" href={`/audit?customer=${customer.id}`}>
                Who saw them
              </a>
            )}
            {may("privacy:export") && (
              <Button className="button" onPress={() => setOpen("export")}>
                Export …
              </Button>
            )}
          </>
        }
      />
      <JoinedPanel customerId={customer.id} identities={customer.identities} />
      <div className="customer-columns">
        <div className="stack">
          <Verdicts customerId={customer.id} />
          <Signals customer={customer} />
          <ProfileFacts customer={customer} />
          <p className="note">
            Customer <code>{customer.id}</code>
            {formerIds.length > 0 && `; also answers to ${formerIds.length} former ids`}
          </p>
        </div>
        <Timeline customerId={customer.id} used={customer.summary.byChannel.map(({ channel }) => channel)} />
      </div>
      {open === "merge" && <MergeSheet customer={customer} onClose={close} />}
      {open === "export" && <ExportSheet customerId={customer.id} onClose={close} />}
      {open === "split" && <SplitSheet customer={customer} onClose={close} />}
    </div>
  );
}

interface DecideProps {
  customer: Profile;
  open: (sheet: "merge" | "split") => void;
}

function Decide({ customer, open }: DecideProps) {
  return (
    <>
      <Button className="button" onPress={() => open("merge")}>
        Merge …
      </Button>
      <Button className="button" onPress={() => open("split")} isDisabled={customer.identities.length < 2}>
        Split …
      </Button>
    </>
  );
}
