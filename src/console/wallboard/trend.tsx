import { useCallback } from "react";
import { GRID, nameAxis, numberAxis } from "../parts/axes.ts";
import { Chart } from "../parts/chart.tsx";
import { hourOf, momentOf, percentOf, shortDayOf } from "../parts/format.ts";
import type { Palette } from "../parts/palette.ts";
import type { KpiBucket } from "./kpi.query.ts";

interface TrendProps {
  rows: KpiBucket[];
  method: string;
  isHourly: boolean;
}

/** Handled and abandoned contacts over time, with the service level above them. */
export function Trend({ rows, method, isHourly }: TrendProps) {
  const option = useCallback(
    (palette: Palette) => lines(palette, { rows, method, isHourly }),
    [rows, method, isHourly],
  );
  return <Chart label="Contacts and service level over time; the table below compares groups" option={option} />;
}

function lines(palette: Palette, { rows, method, isHourly }: TrendProps) {
  const level = ({ serviceLevels }: KpiBucket) => serviceLevels.find((one) => one.method === method)?.value ?? null;
  const isOneDay = rows.length <= 24;
  const hour = isOneDay ? hourOf : momentOf;
  const name = ({ bucketStart }: KpiBucket) => (isHourly ? hour(bucketStart) : shortDayOf(bucketStart));
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
      {
        type: "line",
        name: "Service level",
        yAxisIndex: 1,
        data: rows.map(level),
        symbolSize: 5,
        tooltip: { valueFormatter: (value: number | null) => percentOf(value) },
      },
    ],
  };
}
