import { useCallback } from "react";
import { RowsField, useRows } from "../builder/rows-field.tsx";
import { SequenceField } from "../builder/sequence-field.tsx";
import { Chart } from "../parts/chart.tsx";
import { type Column, DataTable } from "../parts/data-table.tsx";
import { countOf, decimalOf, percentOf } from "../parts/format.ts";
import type { Palette } from "../parts/palette.ts";
import { Panel } from "../parts/panel.tsx";
import { Empty } from "../parts/states.tsx";
import { usePlace } from "../shell/router.ts";
import { barsOf } from "./attribution-bars.ts";
import {
  type Attribution,
  attributionQuery,
  type CreditLine,
  creditLinesOf,
  modelName,
  othersOf,
  unattributedOf,
} from "./attribution-lines.ts";
import { Choice, MultiChoice, useChoice } from "./choice.tsx";
import { aboutReasons, eventsIn, listOf, useReportFilter } from "./filter.ts";
import { WordsField } from "./filter-bar.tsx";
import { ReportView } from "./report.tsx";

const MODELS = [
  "LAST_TOUCH",
  "FIRST_TOUCH",
  "LINEAR",
  "TIME_DECAY",
  "U_SHAPED",
  "J_SHAPED",
  "INVERSE_J",
  "PARTICIPATION",
  "SAME_TOUCH",
  "ALGORITHMIC",
  "MARKOV",
] as const;
type Model = (typeof MODELS)[number];
const DIMENSIONS = ["PAGE", "SECTION", "CAMPAIGN", "MEDIUM", "CHANNEL", "SOURCE", "SEARCH_TERM"] as const;
const CONTAINERS = ["SESSION", "CUSTOMER"] as const;
const SPLITS = ["none", "CALL_REASON", "CALL_CENTRE", "TEAM", "OUTCOME", "SEGMENT"] as const;
const MEASURES = ["COUNT", "COST", "REVENUE"] as const;
const CURRENCIES = ["GBP", "EUR", "USD", "SEK"] as const;

/** Which pages lead to calls, by several models side by side. */
export function AttributionReport() {
  const { search } = usePlace();
  const chosen = (listOf(search, "models") ?? ["LAST_TOUCH", "LINEAR", "TIME_DECAY"]).filter(isModel);
  const input = useAttributionInput(chosen);
  return (
    <ReportView
      title="Attribution"
      about="Which pages lead to calls, and how much of each call is theirs."
      query={attributionQuery}
      variables={{ input }}
      controls={
        <>
          <MultiChoice
            label="Models, up to four"
            name="models"
            options={MODELS}
            named={modelName}
            chosen={chosen}
            least={1}
            most={4}
          />
          <RowsField label="Credit to" name="by" options={DIMENSIONS} />
          <Choice label="Touches within" name="within" options={CONTAINERS} />
          <Choice label="Split by" name="split" options={SPLITS} />
          <SequenceField label="What is explained" name="of" empty="calls" subject="Each time somebody" />
          <SequenceField label="What gets credit" name="touches" empty="page views" subject="Each time somebody" />
          <Choice label="Measure" name="measure" options={MEASURES} />
          {input.currency && <Choice label="Currency" name="currency" options={CURRENCIES} named={String} />}
          <WordsField label="Only calls about" name="reasons" placeholder="all" />
        </>
      }
    >
      {({ attribution }) => <Picture attribution={attribution} />}
    </ReportView>
  );
}

function useAttributionInput(models: readonly Model[]) {
  const { search } = usePlace();
  const { period, audience, reasons } = useReportFilter();
  const split = useChoice("split", SPLITS);
  const measure = useChoice("measure", MEASURES);
  const currency = useChoice("currency", CURRENCIES);
  return {
    period,
    audience,
    ...useRows("by", DIMENSIONS),
    container: useChoice("within", CONTAINERS),
    models: models.map((kind) => ({ kind })),
    conversions: aboutReasons(eventsIn(search, "of"), reasons),
    touches: eventsIn(search, "touches"),
    splitBy: split === "none" ? null : split,
    measure,
    currency: measure === "COUNT" ? null : currency,
  };
}

const isModel = (name: string): name is Model => (MODELS as readonly string[]).includes(name);

function Picture({ attribution }: { attribution: Attribution }) {
  const { models, conversions, total, otherCurrencies } = attribution;
  const lines = creditLinesOf(attribution);
  const option = useCallback((palette: Palette) => barsOf(palette, attribution), [attribution]);
  if (conversions === 0) return <Empty title="Nobody called">Choose a longer period or a wider audience.</Empty>;
  return (
    <div className="stack">
      <Panel
        title={`${countOf(conversions)} conversions${total === conversions ? "" : `, ${decimalOf(total)} in all`}`}
      >
        <Chart label="Credit of the most credited items by model" height="high" option={option} />
        {lines.some(({ split }) => split) && models[0] && (
          <p className="note">
            The bars split the credit by {modelName(models[0].kind).toLowerCase()}, the first model.
          </p>
        )}
        {otherCurrencies > 0 && (
          <p className="note">{otherCurrencies} conversions are in other currencies and left out.</p>
        )}
      </Panel>
      <DataTable
        title="Credit by item"
        file="attribution"
        columns={columnsOf(models, lines)}
        rows={lines}
        apart={[...othersOf(attribution), ...unattributedOf(attribution)]}
      />
    </div>
  );
}

/** The credit and its share of the total. */
function Credit({ credit, share }: Partial<CreditLine["byModel"][number]>) {
  return (
    <>
      {decimalOf(credit)} <span className="soft share">{share == null ? "" : percentOf(share)}</span>
    </>
  );
}

function columnsOf(models: Attribution["models"], lines: CreditLine[]): Column<CreditLine>[] {
  return [
    { label: "Item", value: ({ item }) => item },
    { label: "Section", value: ({ section }) => section },
    ...models.flatMap(({ kind }, position): Column<CreditLine>[] => [
      {
        label: modelName(kind),
        value: ({ byModel }) => byModel[position]?.credit ?? null,
        shown: ({ byModel }) => <Credit {...byModel[position]} />,
      },
      {
        label: `${modelName(kind)} share`,
        value: ({ byModel }) => byModel[position]?.share ?? null,
        isInFileOnly: true,
      },
    ]),
    { label: "Conversions", value: ({ conversions }) => conversions },
    ...(lines.some(({ split }) => split)
      ? [{ label: "Split of the first model", value: ({ split }: CreditLine) => split }]
      : []),
  ];
}
