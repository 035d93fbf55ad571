import { countOf, percentOf } from "../parts/format.ts";
import { type Circle, circlesOf } from "./circles.ts";
import type { Overlap } from "./overlap.tsx";

/** Two or three circles; areas and overlaps stand for the counts. */
export function Venn({ overlap }: { overlap: Overlap }) {
  const { sets, pairs } = overlap;
  const both = (a: string, b: string) =>
    pairs.find((pair) => (pair.a === a && pair.b === b) || (pair.a === b && pair.b === a))?.both ?? 0;
  const circles = circlesOf({ sets, both });
  const box = boxOf(circles);
  return (
    <div className="venn">
      <svg viewBox={`${box.x} ${box.y} ${box.width} ${box.height}`} role="img" aria-label={spoken(overlap)}>
        {circles.map((circle, position) => (
          <circle
            key={sets[position]!.name}
            cx={circle.x}
            cy={circle.y}
            r={circle.r}
            className={`venn-circle c${position}`}
          />
        ))}
        <Counts overlap={overlap} circles={circles} scale={box.width / 100} />
      </svg>
      <Legend overlap={overlap} />
    </div>
  );
}

/** The number of each region that has room for it. */
function Counts({
  overlap: { sets, regions },
  circles,
  scale,
}: {
  overlap: Overlap;
  circles: Circle[];
  scale: number;
}) {
  return regions.map((region) => {
    const inside = region.sets.map((name) => sets.findIndex((set) => set.name === name));
    const place = placeOf(inside, circles);
    if (!place || place.room <= scale * 1.9) return null;
    return (
      <text
        key={region.sets.join()}
        x={place.x}
        y={place.y + scale * 1.6}
        fontSize={scale * 4.2}
        className="venn-count"
      >
        {countOf(region.count)}
      </text>
    );
  });
}

function Legend({ overlap: { sets, union } }: { overlap: Overlap }) {
  return (
    <ul className="venn-legend">
      {sets.map(({ name, count }, position) => (
        <li key={name}>
          <i className={`swatch c${position}`} />
          <strong>{name}</strong> {countOf(count)} <span className="soft">{percentOf(count / union)} of all</span>
        </li>
      ))}
      <li className="note">
        The areas of the circles, and of what two of them share, are to scale. What is too small for a number is in the
        table.
      </li>
    </ul>
  );
}

function spoken({ sets, regions }: Overlap): string {
  const parts = regions.map((region) => `${region.count} only in ${region.sets.join(" and ")}`);
  return `Venn diagram of ${sets.map(({ name }) => name).join(", ")}: ${parts.join("; ")}.`;
}

function boxOf(circles: Circle[]) {
  const left = Math.min(...circles.map(({ x, r }) => x - r));
  const right = Math.max(...circles.map(({ x, r }) => x + r));
  const top = Math.min(...circles.map(({ y, r }) => y - r));
  const bottom = Math.max(...circles.map(({ y, r }) => y + r));
  const air = (right - left) * 0.02;
  return { x: left - air, y: top - air, width: right - left + 2 * air, height: bottom - top + 2 * air };
}

/** The grid on which the widest point of a region is searched. */
const GRID = 48;

/** The point of a region farthest from its borders, where its number has most room. */
function placeOf(inside: number[], circles: Circle[]): { x: number; y: number; room: number } | null {
  const box = boxOf(circles);
  let best: { x: number; y: number; room: number } | null = null;
  for (let column = 0; column <= GRID; column++) {
    for (let row = 0; row <= GRID; row++) {
      const point = { x: box.x + (box.width * column) / GRID, y: box.y + (box.height * row) / GRID };
      const room = roomAt(point, inside, circles);
      if (room > (best?.room ?? 0)) best = { ...point, room };
    }
  }
  return best;
}

/** Distance to the nearest border; negative outside the region. */
function roomAt(point: { x: number; y: number }, inside: number[], circles: Circle[]): number {
  const rooms = circles.map(({ x, y, r }, position) => {
    const depth = r - Math.hypot(point.x - x, point.y - y);
    return inside.includes(position) ? depth : -depth;
  });
  return Math.min(...rooms);
}
