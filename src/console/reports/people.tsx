import { useState } from "react";
import { Button } from "react-aria-components/Button";
import { useQuery } from "urql";
import { graphql, type ResultOf } from "../api/graphql.ts";
import type { PeopleAsked } from "../builder/inputs.ts";
import { nameOf } from "../customer/facts.ts";
import { agoOf, countOf, decimalOf } from "../parts/format.ts";
import { useNow } from "../parts/now.ts";
import { Sheet } from "../parts/sheet.tsx";
import { Answer, Skeleton } from "../parts/states.tsx";
import { changeParameters, usePlace } from "../shell/router.ts";
import { cellIn, cellWords, type OpenReport } from "./cell.tsx";

const peopleQuery = graphql(`
  query People($input: PeopleInput!, $after: String) {
    people(input: $input, first: 20, after: $after) {
      customers
      identified
      figure
      pageInfo { hasNextPage endCursor }
      nodes {
        customerId
        share
        customer {
          id
          displayName
          isAnonymous
          identities { namespace value }
          record { region customerSegmentId }
          summary { lastSeenAt interactionCount }
        }
      }
    }
  }
`);

type Share = ResultOf<typeof peopleQuery>["people"]["nodes"][number];

/** Who is behind the figure that is open, over the report that it is of. */
export function PeopleSheet({ report, input }: { report: OpenReport; input: object }) {
  const { search } = usePlace();
  const cell = cellIn(search);
  return (
    <Sheet
      title={cell ? cellWords(cell) || "All together" : ""}
      isOpen={cell !== null}
      onClose={() => changeParameters({ cell: null })}
      isWide
    >
      {cell && <People key={search.get("cell")} input={{ [report]: { report: input, cell } } as PeopleAsked} />}
    </Sheet>
  );
}

function People({ input }: { input: PeopleAsked }) {
  const [after, setAfter] = useState<string | null>(null);
  const [result, again] = useQuery({ query: peopleQuery, variables: { input, after } });
  return (
    <Answer of={result} again={again} skeleton={<Skeleton lines={6} />}>
      {({ people: { customers, identified, figure, nodes, pageInfo } }) => (
        <div className="stack">
          <p className="soft">
            {countOf(customers)} {customers === 1 ? "customer" : "customers"}
            {identified !== customers && `, of whom ${countOf(customers - identified)} nothing identifies`}
            {figure !== customers && `, ${numberOf(figure)} in all`}
          </p>
          <List nodes={nodes} isShared={nodes.some(({ share }) => share !== 1)} />
          <div className="row">
            {after && (
              <Button className="button quiet" onPress={() => setAfter(null)}>
                From the start
              </Button>
            )}
            {pageInfo.hasNextPage && (
              <Button className="button" onPress={() => setAfter(pageInfo.endCursor)}>
                Next
              </Button>
            )}
          </div>
        </div>
      )}
    </Answer>
  );
}

const numberOf = (value: number) => (Number.isInteger(value) ? countOf(value) : decimalOf(value));

function List({ nodes, isShared }: { nodes: readonly Share[]; isShared: boolean }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="table-scroll" aria-label="Customers" tabIndex={0}>
      <table>
        <caption className="unseen">Customers</caption>
        <thead>
          <tr>
            <th>Customer</th>
            {isShared && <th className="number">Their share</th>}
            <th>Segment, region</th>
            <th className="number">Interactions</th>
            <th>Last seen</th>
          </tr>
        </thead>
        <tbody>
          {nodes.map((node) => (
            <Row key={node.customerId} node={node} isShared={isShared} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ node: { customer, share }, isShared }: { node: Share; isShared: boolean }) {
  const now = useNow();
  const number = isShared && <td className="number">{numberOf(share)}</td>;
  if (!customer)
    return (
      <tr>
        <td>known no longer</td>
        {number}
        <td colSpan={3} />
      </tr>
    );
  const { id, record, summary } = customer;
  return (
    <tr>
      <td>
        <a href={`/customers/${id}`}>{nameOf(customer)}</a>
      </td>
      {number}
      <td>{[record?.customerSegmentId, record?.region].filter(Boolean).join(", ")}</td>
      <td className="number">{countOf(summary.interactionCount)}</td>
      <td className="keep">{agoOf(summary.lastSeenAt, now)}</td>
    </tr>
  );
}
