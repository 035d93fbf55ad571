import { useCallback } from "react";
import { graphql, type ResultOf } from "../api/graphql.ts";
import { aboutReasons, attributeGroupIn, eventsIn } from "../builder/asked.ts";
import { matcherOf } from "../builder/events.ts";
import { RowsField, useRows } from "../builder/rows-field.tsx";
import { SequenceField } from "../builder/sequence-field.tsx";
import { CHANNEL_NAMES, channelName } from "../parts/channel.tsx";
import { Chart } from "../parts/chart.tsx";
import { DataTable } from "../parts/data-table.tsx";
import { countOf, percentOf, wordsOf } from "../parts/format.ts";
import { useIsNarrow } from "../parts/narrow.ts";
import type { Palette } from "../parts/palette.ts";
import { Panel } from "../parts/panel.tsx";
import { Empty } from "../parts/states.tsx";
import { usePlace } from "../shell/router.ts";
import { AttributeFields } from "./attribute-fields.tsx";
import { type CellAsked, openCell, opened } from "./cell.tsx";
import { Choice, NumberChoice, useChoice, useNumber } from "./choice.tsx";
import { useReportFilter } from "./filter.ts";
import { WordsField } from "./filter-bar.tsx";
import { ReportView } from "./report.tsx";

const flowQuery = graphql(`
  query Flow($input: FlowInput!) {
    flow(input: $input) {
      excludedByConsent wholeSince archivedMonths
      nodes { id step kind item count customers shareOfAnchor }
      links { sourceNodeId targetNodeId count }
    }
  }
`);

type Flow = ResultOf<typeof flowQuery>["flow"];
type FlowNode = Flow["nodes"][number];

const BEFORE = ["PAGE", "SECTION", "CHANNEL", "CAMPAIGN"] as const;
const ANCHORED = ["CALL_REASON", "CHANNEL", "PAGE", "SECTION", "TEAM", "OUTCOME"] as const;
const AFTER = ["CHANNEL", "CALL_REASON", "PAGE", "SECTION", "OUTCOME"] as const;
const COUNTS = ["OCCURRENCE", "SESSION", "CUSTOMER"] as const;
const CONTAINERS = ["SESSION", "SENDER_SESSION", "CUSTOMER"] as const;

/** What customers did before they called, and after. */
export function FlowReport() {
  const input = useFlowInput();
  return (
    <ReportView
      title="Flow"
      about="What customers did on the way to a call, and what they did next."
      query={flowQuery}
      people="flow"
      variables={{ input }}
      controls={
        <>
          <SequenceField label="Around" name="around" empty="calls" subject="Each time somebody" />
          <StepField label="Shown as" name="as" options={ANCHORED} />
          <NumberChoice label="Steps before" name="before" value={input.stepsBefore} most={5} />
          <StepField label="Before, by" name="from" options={BEFORE} />
          <NumberChoice label="Steps after" name="after" value={input.stepsAfter} most={5} />
          <StepField label="After, by" name="into" options={AFTER} />
          <SequenceField label="Passing over" name="without" empty="nothing" subject="Each time somebody" />
          <Choice label="Within" name="within" options={CONTAINERS} />
          <Choice label="Count" name="counted" options={COUNTS} />
          <WordsField label="Only calls about" name="reasons" placeholder="all" />
        </>
      }
    >
      {({ flow }) => <Picture flow={flow} />}
    </ReportView>
  );
}

/** What steps are told apart by: a property, a carried value or an attribute. */
function StepField<Dimension extends string>(field: { label: string; name: string; options: readonly Dimension[] }) {
  const { search } = usePlace();
  const { label, name } = field;
  const attribute = attributeGroupIn(search, name);
  return (
    <>
      <RowsField {...field} isSingle />
      {!search.has(`${name}-carried`) && (
        <AttributeFields label={label.replace(", by", "")} name={name} isChosen={attribute !== null} />
      )}
    </>
  );
}

/** A carried value comes before an attribute: of the two the API takes one. */
const attributeOf = (search: URLSearchParams, name: string) =>
  search.has(`${name}-carried`) ? null : attributeGroupIn(search, name);

function useFlowInput() {
  const { period, audience, reasons } = useReportFilter();
  const { search } = usePlace();
  const [anchor, before, after] = [useRows("as", ANCHORED), useRows("from", BEFORE), useRows("into", AFTER)];
  return {
    period,
    audience,
    anchor: {
      matcher: aboutReasons(eventsIn(search, "around"), reasons) ?? matcherOf("calls"),
      dimension: anchor.dimension,
      carried: anchor.carried,
      attribute: attributeOf(search, "as"),
    },
    stepsBefore: Math.min(5, useNumber("before", 2)),
    stepsAfter: Math.min(5, useNumber("after", 1)),
    dimensionBefore: before.dimension,
    carriedBefore: before.carried,
    attributeBefore: attributeOf(search, "from"),
    dimensionAfter: after.dimension,
    carriedAfter: after.carried,
    attributeAfter: attributeOf(search, "into"),
    exclude: eventsIn(search, "without"),
    container: useChoice("within", CONTAINERS),
    countBy: useChoice("counted", COUNTS),
    itemsPerStep: 6,
  };
}

function Picture({ flow }: { flow: Flow }) {
  const { nodes, links } = flow;
  // A phone has no room for the names of a diagram: the ways are a table there.
  const isNarrow = useIsNarrow();
  const option = useCallback((palette: Palette) => sankey(palette, flow), [flow]);
  if (nodes.length === 0) return <Empty title="Nothing of the kind happened">Choose a longer period.</Empty>;
  const named = new Map(nodes.map((node) => [node.id, node]));
  return (
    <div className="stack">
      {!isNarrow && (
        <Panel title="From left to right">
          <Chart
            label="Sankey diagram of the steps before and after"
            height="high"
            option={option}
            onPick={({ data }) => openCell(pickedCell(data as Partial<Record<"name" | "source" | "target", string>>))}
          />
        </Panel>
      )}
      <DataTable
        title="Ways taken"
        file="flow"
        rows={links}
        columns={[
          { label: "Step", value: (link) => named.get(link.sourceNodeId)?.step ?? null },
          { label: "From", value: (link) => nameOf(named.get(link.sourceNodeId)) },
          { label: "To", value: (link) => nameOf(named.get(link.targetNodeId)) },
          opened<Flow["links"][number]>(
            { label: "Count", value: ({ count }) => count, shown: ({ count }) => countOf(count) },
            (link) => flowCell(link.sourceNodeId, { target: link.targetNodeId }),
          ),
        ]}
      />
      <DataTable
        title="Stops"
        file="flow-stops"
        rows={nodes}
        columns={[
          { label: "Step", value: ({ step }) => step },
          { label: "What", value: nameOf },
          opened<FlowNode>(
            { label: "Count", value: ({ count }) => count, shown: ({ count }) => countOf(count) },
            ({ id }) => flowCell(id),
          ),
          opened<FlowNode>(
            { label: "Customers", value: ({ customers }) => customers, shown: ({ customers }) => countOf(customers) },
            ({ id }) => flowCell(id, { figure: "CUSTOMERS" }),
          ),
          {
            label: "Of the anchor",
            value: (node) => node.shareOfAnchor,
            shown: (node) => percentOf(node.shareOfAnchor),
          },
        ]}
      />
    </div>
  );
}

const flowCell = (node: string, more: Partial<CellAsked<"flow">> = {}): CellAsked<"flow"> => ({ node, ...more });

/** The cell of a node, or of a link, of the diagram. */
const pickedCell = ({ name, source, target }: Partial<Record<"name" | "source" | "target", string>>) =>
  source && target ? flowCell(source, { target }) : flowCell(name ?? "");

function nameOf(node: FlowNode | undefined): string {
  if (!node) return "";
  if (node.kind !== "ITEM") return wordsOf(node.kind);
  const channel = CHANNEL_NAMES.find((one) => one === node.item);
  return channel ? channelName(channel) : (node.item ?? "not said");
}

function sankey({ text, series }: Palette, { nodes, links }: Flow) {
  const first = Math.min(...nodes.map(({ step }) => step));
  const named = new Map(nodes.map((node) => [node.id, node]));
  const colours = { ITEM: series[0], ENTRY: series[4], EXIT: series[5], OTHER: series[6], NONE: series[6] };
  return {
    legend: { show: false },
    tooltip: { trigger: "item", formatter: tipOf },
    series: [
      {
        type: "sankey",
        left: 8,
        right: 170,
        top: 10,
        bottom: 10,
        nodeGap: 12,
        nodeWidth: 14,
        label: { color: text, width: 150, overflow: "truncate", formatter: shownOf },
        lineStyle: { color: "source", opacity: 0.28, curveness: 0.5 },
        emphasis: { focus: "adjacency" },
        data: nodes.map((node) => ({
          name: node.id,
          tip: `${nameOf(node)}: ${countOf(node.count)}, ${countOf(node.customers)} customers`,
          depth: node.step - first,
          shown: `${nameOf(node)}  ${countOf(node.count)}`,
          itemStyle: { color: node.step === 0 ? series[1] : colours[node.kind] },
        })),
        links: links.map(({ sourceNodeId: source, targetNodeId: target, count: value }) => ({
          source,
          target,
          value,
          tip: `${nameOf(named.get(source))} → ${nameOf(named.get(target))}: ${countOf(value)}`,
        })),
      },
    ],
  };
}

const shownOf = ({ data }: { data: { shown: string } }) => data.shown;
const tipOf = ({ data }: { data: { tip: string } }) => data.tip;
