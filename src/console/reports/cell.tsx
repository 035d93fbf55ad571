import type { ReactNode } from "react";
import { Button } from "react-aria-components/Button";
import type { PeopleAsked } from "../builder/inputs.ts";
import type { Column } from "../parts/data-table.tsx";
import { dayOf, wordsOf } from "../parts/format.ts";
import { changeParameters } from "../shell/router.ts";

/** The reports whose figures can be opened. */
export type OpenReport = keyof PeopleAsked;
export type CellAsked<Report extends OpenReport> = NonNullable<PeopleAsked[Report]>["cell"];

/** Opens the customers behind a figure; the address keeps which. */
export const openCell = (cell: object) => changeParameters({ cell: JSON.stringify(cell) });

/** The cell of the address; null where none, or nothing readable, is open. */
export function cellIn(search: URLSearchParams): Record<string, unknown> | null {
  try {
    const cell: unknown = JSON.parse(search.get("cell") ?? "null");
    return typeof cell === "object" ? (cell as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}

/** “Step 2, dropped” */
export function cellWords(cell: Record<string, unknown>): string {
  const words = Object.entries(cell)
    .filter(([, value]) => value !== null && value !== "COUNT" && value !== "ROW")
    .map(([name, value]) => {
      const said = [value]
        .flat()
        .map((one) => (/^\d{4}-\d\d-\d\dT/.test(`${one}`) ? dayOf(`${one}`) : (one ?? "not known")))
        .join(" and ");
      if (name === "group") return said;
      return name === "figure"
        ? wordsOf(said.replace(/([a-z])([A-Z])/g, "$1_$2")).toLowerCase()
        : `${wordsOf(name).toLowerCase()} ${said}`;
    });
  return words.join(", ").replace(/^./, (first) => first.toUpperCase());
}

/** The same column, whose figures open whoever is behind them. */
export function opened<Row>(column: Column<Row>, cellOf: (row: Row) => object | null): Column<Row> {
  const { value, shown } = column;
  return {
    ...column,
    shown(row) {
      const [cell, figure] = [cellOf(row), value(row)];
      const text = shown ? shown(row) : figure;
      return cell ? (
        <OpenFigure cell={cell} isEmpty={figure === null || figure === 0}>
          {text}
        </OpenFigure>
      ) : (
        text
      );
    },
  };
}

interface FigureProps {
  cell: object;
  /** Nobody is behind a figure that is 0 or unknown. */
  isEmpty: boolean;
  children: ReactNode;
}

/** A figure that opens whoever is behind it. */
export function OpenFigure({ cell, isEmpty, children }: FigureProps) {
  if (isEmpty) return children;
  return (
    <Button className="figure" onPress={() => openCell(cell)}>
      {children}
    </Button>
  );
}
