import type { Palette } from "./palette.ts";

/** A number axis with pale lines. */
export function numberAxis({ soft, line }: Palette, more: object = {}) {
  return {
    type: "value",
    axisLabel: { color: soft, hideOverlap: true },
    axisLine: { show: false },
    splitLine: { lineStyle: { color: line } },
    ...more,
  };
}

/** A name axis; long names are cut, the table shows them whole. */
export function nameAxis({ text, line }: Palette, data: string[], more: object = {}) {
  return {
    type: "category",
    data,
    axisLabel: { color: text, width: 190, overflow: "truncate" },
    axisLine: { lineStyle: { color: line } },
    axisTick: { show: false },
    ...more,
  };
}

/** Leaves room for the labels only. */
export const GRID = {
  left: 8,
  right: 24,
  top: 36,
  bottom: 8,
  outerBoundsMode: "same",
  outerBoundsContain: "axisLabel",
};
