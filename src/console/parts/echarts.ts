import { BarChart, CustomChart, LineChart, SankeyChart, ScatterChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { type EChartsCoreOption, type EChartsType, init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

// Only the chart types in use, loaded with the first chart.
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

/** A bar, a point, a stop or a way that was clicked. */
export interface Picked {
  seriesName: string;
  dataIndex: number;
  data: unknown;
}

/** Draws a chart that follows the size of its element. */
export function drawChart(place: HTMLElement, option: Option, onPick: (picked: Picked) => void): () => void {
  const chart: EChartsType = init(place, null, { renderer: "canvas" });
  chart.setOption(option);
  chart.on("click", ({ seriesName = "", dataIndex, data }) => onPick({ seriesName, dataIndex, data }));
  const watcher = new ResizeObserver(() => chart.resize());
  watcher.observe(place);
  return () => {
    watcher.disconnect();
    chart.dispose();
  };
}
