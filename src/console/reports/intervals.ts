import type { Palette } from "../parts/palette.ts";

interface Api {
  value(dimension: number): number;
  coord(point: [number, number]): [number, number];
}

/** A line from the smallest to the largest value in each row, for a chart whose rows are names. */
export function intervals(bounds: [number, number][], { soft }: Palette) {
  return {
    type: "custom",
    silent: true,
    encode: { x: [0, 1], y: 2 },
    data: bounds.map(([low, high], row) => [low, high, row]),
    renderItem(_params: unknown, api: Api) {
      const [left, y] = api.coord([api.value(0), api.value(2)]);
      const [right] = api.coord([api.value(1), api.value(2)]);
      const line = (x1: number, y1: number, x2: number, y2: number) => ({
        type: "line",
        shape: { x1, y1, x2, y2 },
        style: { stroke: soft, lineWidth: 2 },
      });
      return {
        type: "group",
        children: [line(left, y, right, y), line(left, y - 5, left, y + 5), line(right, y - 5, right, y + 5)],
      };
    },
  };
}
