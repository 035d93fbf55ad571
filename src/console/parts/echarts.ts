import { BarChart, CustomChart, LineChart, SankeyChart, ScatterChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { type EChartsCoreOption, type EChartsType, init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

// Only the charts that are drawn somewhere; loaded when the first of them is.
use([
  BarChart,
  CustomChart,
  LineChart,
  SankeyChart,
  ScatterChart,
  GridComponent,
  LegendComponent,
  TooltipComponent,
  CanvasRenderer,
]);

export type Option = EChartsCoreOption;

/** A chart in the given place, which grows and shrinks with it. */
export function drawChart(place: HTMLElement, option: Option): () => void {
  const chart: EChartsType = init(place, null, { renderer: "canvas" });
  chart.setOption(option);
  const watcher = new ResizeObserver(() => chart.resize());
  watcher.observe(place);
  return () => {
    watcher.disconnect();
    chart.dispose();
  };
}
