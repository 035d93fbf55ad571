import { useEffect, useRef } from "react";
import { useTheme } from "../shell/theme.ts";
import type { Option, Picked } from "./echarts.ts";
import { type Palette, readPalette } from "./palette.ts";

interface ChartProps {
  /** What the chart says, for people who cannot see it; the table below has the numbers. */
  label: string;
  height?: "low" | "middle" | "high";
  option: (palette: Palette) => Option;
  /** Takes what is clicked; the table below offers the same to the keyboard. */
  onPick?: (picked: Picked) => void;
}

/** Loads the chart library while the numbers load; call it after requesting them. */
export function useChartsAhead(): void {
  useEffect(() => void import("./echarts.ts"), []);
}

/** A chart; the first one loads the chart library. */
export function Chart({ label, height = "middle", option, onPick }: ChartProps) {
  const pick = useRef(onPick);
  pick.current = onPick;
  const place = useRef<HTMLDivElement>(null);
  const theme = useTheme();
  useEffect(() => {
    let isGone = false;
    let remove = () => {};
    void import("./echarts.ts").then(({ drawChart }) => {
      if (!isGone && place.current) {
        remove = drawChart(place.current, dressed(option(readPalette()), readPalette()), (picked) =>
          pick.current?.(picked),
        );
      }
    });
    return () => {
      isGone = true;
      remove();
    };
  }, [option, theme]);
  return <div ref={place} className="chart" data-height={height} role="img" aria-label={label} />;
}

/** The options of all charts. Tooltips are drawn as rich text, since the security policy forbids their HTML. */
function dressed(option: Option, { text, soft, line, panel, series }: Palette): Option {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  return {
    color: series,
    animation: !still,
    animationDuration: 250,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: text },
    ...option,
    legend: {
      textStyle: { color: text },
      top: 0,
      left: 0,
      itemWidth: 12,
      itemHeight: 10,
      ...(option.legend as object),
    },
    tooltip: {
      renderMode: "richText",
      confine: true,
      backgroundColor: panel,
      borderColor: line,
      textStyle: { color: text, fontSize: 13 },
      axisPointer: { type: "shadow", lineStyle: { color: soft } },
      ...(option.tooltip as object),
    },
  };
}
