import { useCallback } from "react";
import { Chart } from "../parts/chart.tsx";
import { type Column, DataTable } from "../parts/data-table.tsx";
import { countOf, decimalOf, percentOf } from "../parts/format.ts";
import type { Palette } from "../parts/palette.ts";
import { Panel } from "../parts/panel.tsx";
import { Empty } from "../parts/states.tsx";
import { barsOf, drawnOf } from "./attribution-bars.ts";
import { AttributionControls, useAttributionInput } from "./attribution-controls.tsx";
import {
  type Attribution,
  attributionQuery,
  type CreditLine,
  creditLinesOf,
  modelName,
  othersOf,
  PARTS,
  partValue,
  splitValuesOf,
  unattributedOf,
} from "./attribution-lines.ts";
import { openCell, opened } from "./cell.tsx";
import { ReportView } from "./report.tsx";

/** Which pages lead to calls, by several models side by side. */
export function AttributionReport() {
  const input = useAttributionInput();
  return (
    <ReportView
      title="Attribution"
      about="Which pages lead to calls, and how much of each call is theirs."
      query={attributionQuery}
      people="attribution"
      variables={{ input }}
      examples={EXAMPLES}
      controls={<AttributionControls />}
    >
      {({ attribution }) => <Picture attribution={attribution} />}
    </ReportView>
  );
}

const EXAMPLES = {
  "Campaigns that people came by in the month before a purchase":
    "by-carried=campaign%3Bper%3Acustomer&of=purchases&within=CUSTOMER&back=30",
  "What those read who had chatted in vain": "did=chats%3Ecalls~within%3A1440&by=SECTION",
};

function Picture({ attribution }: { attribution: Attribution }) {
  const { models, conversions, total, otherCurrencies } = attribution;
  const parts = splitValuesOf(attribution);
  const lines = creditLinesOf(attribution);
  const option = useCallback((palette: Palette) => barsOf(palette, attribution), [attribution]);
  if (conversions === 0) return <Empty title="Nobody called">Choose a longer period or a wider audience.</Empty>;
  return (
    <div className="stack">
      <Panel
        title={`${countOf(conversions)} conversions${total === conversions ? "" : `, ${decimalOf(total)} in all`}`}
      >
        <Chart
          label="Credit of the most credited items by model"
          height="high"
          option={option}
          onPick={({ seriesName, dataIndex }) =>
            openCell({
              ...drawnOf(lines)[dataIndex]!.cell,
              model:
                Math.max(
                  0,
                  models.findIndex(({ kind }) => modelName(kind) === seriesName),
                ) + 1,
              ...(parts.slice(0, PARTS).includes(seriesName) && { split: partValue(seriesName) }),
            })
          }
        />
        {parts.length > 0 && models[0] && (
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
        columns={columnsOf(models, parts)}
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

function columnsOf(models: Attribution["models"], parts: string[]): Column<CreditLine>[] {
  return [
    { label: "Item", value: ({ item }) => item },
    { label: "Section", value: ({ section }) => section },
    ...models.flatMap(({ kind }, position): Column<CreditLine>[] => [
      opened<CreditLine>(
        {
          label: modelName(kind),
          value: ({ byModel }) => byModel[position]?.credit ?? null,
          shown: ({ byModel }) => <Credit {...byModel[position]} />,
        },
        ({ cell }) => ({ ...cell, model: position + 1 }),
      ),
      {
        label: `${modelName(kind)} share`,
        value: ({ byModel }) => byModel[position]?.share ?? null,
        isInFileOnly: true,
      },
      ...parts.map((part, place) => partColumn(modelName(kind), position, { part, isInFileOnly: place >= PARTS })),
    ]),
    opened<CreditLine>({ label: "Conversions", value: ({ conversions }) => conversions }, ({ cell }) => ({
      ...cell,
      figure: "CONVERSIONS",
    })),
  ];
}

/** What a model credits to an item, of the conversions with one value. */
function partColumn(
  model: string,
  position: number,
  { part, isInFileOnly }: { part: string; isInFileOnly: boolean },
): Column<CreditLine> {
  const creditOf = ({ byModel }: CreditLine) => byModel[position]?.parts.get(part) ?? null;
  return opened<CreditLine>(
    {
      label: `${model}: ${part}`,
      value: creditOf,
      shown: (line) => decimalOf(creditOf(line)),
      isNumber: true,
      isInFileOnly,
    },
    ({ cell }) => ({ ...cell, model: position + 1, split: partValue(part) }),
  );
}
