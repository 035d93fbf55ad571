import { countOf, percentOf } from "../parts/format.ts";
import type { Overlap } from "./overlap.tsx";

const WIDTH = 34;
const HEIGHT = 180;
const ROW = 26;
const LEFT = 190;
/** How many regions are drawn; the table has the smaller ones. */
const SHOWN = 20;

/** For more than three sets: a bar for each region, and dots that show its sets. */
export function UpSet({ overlap: { sets, regions } }: { overlap: Overlap }) {
  const shown = regions
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count)
    .slice(0, SHOWN);
  const most = shown[0]?.count ?? 1;
  const widest = Math.max(...sets.map(({ count }) => count), 1);
  const width = LEFT + shown.length * WIDTH + 16;
  const height = HEIGHT + 28 + sets.length * ROW;
  const label = `Regions of ${sets.map(({ name }) => name).join(", ")} by size; the largest holds ${most}.`;
  return (
    <div className="table-scroll">
      <svg
        className="upset"
        viewBox={`0 0 ${width} ${height}`}
        width={width}
        height={height}
        role="img"
        aria-label={label}
      >
        {shown.map((region, column) => (
          <Bar key={region.sets.join()} sets={sets} region={region} x={LEFT + column * WIDTH} most={most} />
        ))}
        {sets.map(({ name, count }, row) => (
          <g key={name}>
            <text x={LEFT - 12} y={HEIGHT + 33 + row * ROW} className="upset-name">
              {`${name} ${countOf(count)}`}
              <title>{percentOf(count / widest)} of the largest set</title>
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
}

interface BarProps {
  sets: Overlap["sets"];
  region: Overlap["regions"][number];
  x: number;
  most: number;
}

function Bar({ sets, region, x, most }: BarProps) {
  const tall = (region.count / most) * (HEIGHT - 20);
  return (
    <g>
      <title>{`${region.sets.join(" and ")}: ${countOf(region.count)}`}</title>
      <rect x={x + 6} y={HEIGHT - tall} width={WIDTH - 12} height={tall} rx={2} className="upset-bar" />
      <text x={x + WIDTH / 2} y={HEIGHT - tall - 5} className="upset-count">
        {countOf(region.count)}
      </text>
      <Dots {...{ sets, region, x }} />
    </g>
  );
}

function Dots({ sets, region, x }: Omit<BarProps, "most">) {
  const rows = sets.flatMap(({ name }, row) => (region.sets.includes(name) ? [row] : []));
  const y = (row: number) => HEIGHT + 28 + row * ROW;
  const middle = x + WIDTH / 2;
  return (
    <>
      {rows.length > 1 && <line x1={middle} x2={middle} y1={y(rows[0]!)} y2={y(rows.at(-1)!)} className="upset-link" />}
      {sets.map(({ name }, row) => (
        <circle key={name} cx={middle} cy={y(row)} r={6} className={rows.includes(row) ? "upset-in" : "upset-out"} />
      ))}
    </>
  );
}
