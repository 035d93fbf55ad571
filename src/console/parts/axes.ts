import type { Palette } from "./palette.ts";

/** An axis of numbers, with quiet lines. */
export function numberAxis({ soft, line }: Palette, more: object = {}) {
  return {
    type: "value",
    axisLabel: { color: soft },
    axisLine: { show: false },
    splitLine: { lineStyle: { color: line } },
    ...more,
  };
}

/** An axis of names; long ones are cut, the table has them whole. */
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

/** Room for the labels and nothing else. */
export const GRID = {
  left: 8,
  right: 24,
  top: 36,
  bottom: 8,
  outerBoundsMode: "same",
  outerBoundsContain: "axisLabel",
};
