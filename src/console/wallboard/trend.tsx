import { useCallback } from "react";
import { GRID, nameAxis, numberAxis } from "../parts/axes.ts";
import { Chart } from "../parts/chart.tsx";
import { DataTable } from "../parts/data-table.tsx";
import { countOf, dayOf, hourOf, momentOf, percentOf, shortDayOf } from "../parts/format.ts";
import { useNow } from "../parts/now.ts";
import type { Palette } from "../parts/palette.ts";
import type { KpiBucketFields } from "./kpi.query.ts";

interface TrendProps {
  rows: KpiBucketFields[];
  method: string;
  isHourly: boolean;
}

/** Handled and abandoned contacts over time, with the service level. */
export function Trend({ rows, method, isHourly }: TrendProps) {
  const option = useCallback(
    (palette: Palette) => lines(palette, { rows, method, isHourly }),
    [rows, method, isHourly],
  );
  return <Chart label="Contacts and service level over time; the last table has the numbers" option={option} />;
}

/** The numbers of the chart, without intervals that have not begun. */
export function TrendTable({ rows, method, isHourly }: TrendProps) {
  const now = useNow();
  const begun = rows.filter(({ bucketStart }) => Date.parse(bucketStart ?? "") <= now);
  const counted = (label: string, value: (row: KpiBucketFields) => number) => ({
    label,
    value,
    shown: (row: KpiBucketFields) => countOf(value(row)),
  });
  return (
    <DataTable
      title={isHourly ? "Hour by hour" : "The course in numbers"}
      file="kpi-course"
      rows={begun}
      columns={[
        {
          label: "From",
          value: ({ bucketStart }) => bucketStart,
          shown: ({ bucketStart }) => (isHourly ? momentOf(bucketStart) : dayOf(bucketStart)),
        },
        counted("Contacts", ({ contacts }) => contacts),
        counted("Handled", ({ handled }) => handled),
        counted("Abandoned", ({ abandoned }) => abandoned),
        { label: "Service level", value: levelOf(method), shown: (row) => percentOf(levelOf(method)(row)) },
      ]}
    />
  );
}

const levelOf =
  (method: string) =>
  ({ serviceLevels }: KpiBucketFields) =>
    serviceLevels.find((one) => one.method === method)?.value ?? null;

function lines(palette: Palette, { rows, method, isHourly }: TrendProps) {
  const isOneDay = rows.length <= 24;
  const hour = isOneDay ? hourOf : momentOf;
  const name = ({ bucketStart }: KpiBucketFields) => (isHourly ? hour(bucketStart) : shortDayOf(bucketStart));
  const bar = (label: string, data: number[]) => ({ type: "bar", name: label, stack: "contacts", data });
  return {
    grid: GRID,
    legend: {},
    tooltip: { trigger: "axis" },
    xAxis: nameAxis(palette, rows.map(name), { axisLabel: { color: palette.soft } }),
    yAxis: [
      numberAxis(palette),
      numberAxis(palette, {
        min: 0,
        max: 1,
        splitLine: { show: false },
        axisLabel: { color: palette.soft, formatter: (value: number) => percentOf(value) },
      }),
    ],
    series: [
      bar(
        "Handled",
        rows.map(({ handled }) => handled),
      ),
      bar(
        "Abandoned",
        rows.map(({ abandoned }) => abandoned),
      ),
      levelLine(palette, rows.map(levelOf(method))),
    ],
  };
}

/** Visible on bars of any colour. */
function levelLine(palette: Palette, data: (number | null)[]) {
  return {
    type: "line",
    name: "Service level",
    yAxisIndex: 1,
    data,
    symbol: "circle",
    symbolSize: 8,
    color: palette.text,
    itemStyle: { borderColor: palette.panel, borderWidth: 2 },
    lineStyle: { shadowColor: palette.panel, shadowBlur: 6 },
    tooltip: { valueFormatter: (value: number | null) => percentOf(value) },
  };
}
