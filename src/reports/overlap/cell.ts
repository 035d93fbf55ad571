import { behindFold } from "../../journeys/behind.ts";
import { noSuchCell, wrongCell } from "../people.ts";
import type { OverlapCellInput } from "./cell.type.ts";
import { overlapFold } from "./overlap.fold.ts";
import type { OverlapInput } from "./overlap.type.ts";

/** Whom a figure adds up, by the masks of the regions that they are in. */
interface OverlapCell {
  of: "identified" | "unidentified";
  masks: readonly number[];
}

export const overlapBehind = behindFold({
  fold: overlapFold,
  take(tally, { of, masks }: OverlapCell) {
    let share = 0;
    for (const mask of masks) {
      share += tally[of][mask]!;
      tally[of][mask] = 0;
    }
    return share;
  },
});

export function overlapCellOf({ sets }: OverlapInput, { figure, sets: asked }: OverlapCellInput): OverlapCell {
  const names = sets.map(({ name }) => name);
  const unknown = asked.find((name) => !names.includes(name));
  if (unknown !== undefined) throw noSuchCell("set", unknown, names);
  const needsSets = figure === "REGION" || figure === "MEMBERS";
  if (needsSets !== asked.length > 0) {
    throw wrongCell(needsSets ? `Name the \`sets\` of ${figure}.` : `${figure} is one figure: leave out \`sets\`.`);
  }
  const mask = names.reduce((bits, name, i) => (asked.includes(name) ? bits | (1 << i) : bits), 0);
  const all = Array.from({ length: 2 ** names.length - 1 }, (_, i) => i + 1);
  switch (figure) {
    case "REGION":
      return { of: "identified", masks: [mask] };
    case "MEMBERS":
      return { of: "identified", masks: all.filter((one) => (one & mask) === mask) };
    case "UNION":
      return { of: "identified", masks: all };
    case "UNIDENTIFIED":
      return { of: "unidentified", masks: all };
  }
}
