import type { TadaDocumentNode } from "gql.tada";
import type { ReactNode } from "react";
import { stringifyDocument, useQuery } from "urql";
import { useChartsAhead } from "../parts/chart.tsx";
import { Skeleton } from "../parts/states.tsx";
import { usePlace } from "../shell/router.ts";
import { AskedQuery } from "./asked-query.tsx";
import type { OpenReport } from "./cell.tsx";
import { reportAddress } from "./filter.ts";
import { FilterBar } from "./filter-bar.tsx";
import { LeftOut } from "./left-out.tsx";
import { PeopleSheet } from "./people.tsx";
import { ReportAnswer } from "./reading.tsx";

interface ReportProps<Data, Variables extends Record<string, unknown>> {
  title: string;
  /** The question that the report answers. */
  about: string;
  query: TadaDocumentNode<Data, Variables>;
  variables: Variables;
  /** False where the report does not count customers. */
  withAudience?: boolean;
  /** Where the figures can be opened: by which name the API knows the report. */
  people?: OpenReport;
  /** Ready questions: a sentence, and what the address says then. */
  examples?: Record<string, string>;
  /** Further choices beside period and audience. */
  controls?: ReactNode;
  children: (data: Data) => ReactNode;
}

/** A report: its question, its choices, its chart with the table, and the query. */
export function ReportView<Data, Variables extends Record<string, unknown>>(props: ReportProps<Data, Variables>) {
  const { title, about, query, variables, withAudience, people, examples, controls, children } = props;
  // biome-ignore lint/suspicious/noExplicitAny: urql cannot follow variables that are generic here and exact above
  const [result, again] = useQuery<Data, any>({ query, variables });
  useChartsAhead();
  return (
    <div className="stack report">
      <div className="page-head">
        <h1>{title}</h1>
        <p>{about}</p>
        <AskedQuery query={stringifyDocument(query)} variables={variables} />
      </div>
      <div className="panel bar">
        <FilterBar withAudience={withAudience} />
        {controls && <div className="filters">{controls}</div>}
        {examples && <Examples of={examples} />}
      </div>
      <ReportAnswer of={result} again={again} skeleton={<Skeleton lines={14} />}>
        {(data) => (
          <>
            <LeftOut of={data as object} />
            {children(data)}
          </>
        )}
      </ReportAnswer>
      {people && <PeopleSheet report={people} input={variables.input as object} />}
    </div>
  );
}

/** Links to ready questions, for the period and the audience that are chosen. */
function Examples({ of: examples }: { of: Record<string, string> }) {
  const { path, search } = usePlace();
  const name = path.split("/")[2] || "attribution";
  return (
    <p className="note examples">
      <span>For example:</span>
      {Object.entries(examples).map(([title, more]) => (
        <a key={title} href={reportAddress(search, name, more)}>
          {title}
        </a>
      ))}
    </p>
  );
}
