import { graphql, type ResultOf } from "../api/graphql.ts";
import { facetsIn, listOf } from "../builder/asked.ts";
import { EVENTS, eventName, matcherOf } from "../builder/events.ts";
import { FacetsField } from "../builder/facets-field.tsx";
import type { FacetAsked } from "../builder/inputs.ts";
import { DataTable } from "../parts/data-table.tsx";
import { countOf, percentOf, wordsOf } from "../parts/format.ts";
import { Panel } from "../parts/panel.tsx";
import { Empty } from "../parts/states.tsx";
import { usePlace } from "../shell/router.ts";
import { type CellAsked, opened } from "./cell.tsx";
import { Choice, MultiChoice, useChoice } from "./choice.tsx";
import { useReportFilter } from "./filter.ts";
import { ReportView } from "./report.tsx";
import { UpSet } from "./upset.tsx";
import { Venn } from "./venn.tsx";

const overlapQuery = graphql(`
  query Overlap($input: OverlapInput!) {
    overlap(input: $input) {
      excludedByConsent wholeSince archivedMonths
      union
      unidentified
      sets { name count }
      regions { sets count }
      pairs { a b both jaccard containment }
    }
  }
`);

export type Overlap = ResultOf<typeof overlapQuery>["overlap"];
const CONTAINERS = ["CUSTOMER", "SESSION", "SENDER_SESSION"] as const;

/** How many customers are in the web data, in the call-centre data, in both. */
export function OverlapReport() {
  const { period, audience } = useReportFilter();
  const { search } = usePlace();
  const asked = listOf(search, "sets") ?? ["calls", "web"];
  const chosen = EVENTS.filter((name) => asked.includes(name));
  const container = useChoice("per", CONTAINERS);
  const own = facetsIn(search, "own");
  const sets = own ? own.map(setOf) : chosen.map((name) => ({ name: eventName(name), matcher: matcherOf(name) }));
  return (
    <ReportView
      title="Overlap"
      about="Who is in one set, in several, in all: customers of the web and of the call centre, for a start."
      query={overlapQuery}
      people="overlap"
      variables={{ input: { period, audience, sets, container } }}
      controls={
        <>
          {!own && (
            <MultiChoice
              label="Sets, two to six"
              name="sets"
              options={EVENTS}
              named={eventName}
              chosen={chosen}
              least={2}
              most={6}
            />
          )}
          <FacetsField label="Sets of one's own" name="own" empty="none" />
          <Choice label="Counted per" name="per" options={CONTAINERS} />
        </>
      }
    >
      {({ overlap }) => <Picture overlap={overlap} what={container === "CUSTOMER" ? "customers" : "sessions"} />}
    </ReportView>
  );
}

/** A set is a matcher, which may hold a sequence. */
const setOf = ({ name, matcher, sequence }: FacetAsked) => ({ name, matcher: matcher ?? { sequence } });

function Picture({ overlap, what }: { overlap: Overlap; what: string }) {
  const { sets, regions, pairs, union, unidentified } = overlap;
  if (union === 0) return <Empty title="Nobody is in any of the sets">Choose a longer period or other sets.</Empty>;
  return (
    <div className="stack">
      <Panel title={`${countOf(union)} ${what} in all`}>
        {sets.length <= 3 ? <Venn overlap={overlap} /> : <UpSet overlap={overlap} />}
        {unidentified > 0 && (
          <p className="note">{countOf(unidentified)} events came from nobody who can be told apart.</p>
        )}
      </Panel>
      <DataTable
        title="Exactly in these sets"
        file="overlap"
        rows={regions}
        columns={[
          { label: "In", value: (region) => region.sets.join(" and ") },
          { label: "And in no other of", value: ({ sets: inside }) => withoutOf(sets, inside) },
          opened<Overlap["regions"][number]>(
            { label: wordsOf(what), value: ({ count }) => count, shown: ({ count }) => countOf(count) },
            ({ sets: inside }): CellAsked<"overlap"> => ({ figure: "REGION", sets: inside }),
          ),
          { label: "Share", value: ({ count }) => count / union, shown: ({ count }) => percentOf(count / union) },
        ]}
      />
      <DataTable
        title="Pairs"
        file="overlap-pairs"
        rows={pairs}
        columns={[
          { label: "Pair", value: ({ a, b }) => `${a} and ${b}` },
          opened<Overlap["pairs"][number]>(
            { label: "In both", value: ({ both }) => both, shown: ({ both }) => countOf(both) },
            ({ a, b }): CellAsked<"overlap"> => ({ figure: "MEMBERS", sets: [a, b] }),
          ),
          { label: "Of either", value: ({ jaccard }) => jaccard, shown: ({ jaccard }) => percentOf(jaccard) },
          {
            label: "Of the smaller",
            value: ({ containment }) => containment,
            shown: ({ containment }) => percentOf(containment),
          },
        ]}
      />
    </div>
  );
}

function withoutOf(sets: Overlap["sets"], inside: string[]): string {
  return sets
    .filter(({ name }) => !inside.includes(name))
    .map(({ name }) => name)
    .join(", ");
}
