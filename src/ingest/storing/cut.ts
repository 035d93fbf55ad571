import { groupBy } from "../../kit/group.ts";
import { byText } from "../../kit/order.ts";
import type { Visit } from "./visit.ts";

/** The pause in milliseconds that ends a visit of a source. */
export type PauseOf = (source: string) => number;

/** What can be told of parts of visits before they are joined. */
type Part = Pick<Visit, "id" | "subjectId" | "source" | "from" | "to">;

/**
 * The visits that these parts make, each as its parts in their order: of one subject and source, with no pause longer than
 * the source's from the latest end so far. The first part names the visit. The same parts in any order, or some of them
 * joined before, give the same visits.
 */
export function cut<P extends Part>(parts: readonly P[], pauseOf: PauseOf): P[][] {
  const lives = groupBy(parts, ({ subjectId, source }) => `${subjectId}\0${source}`);
  return [...lives.values()].flatMap((life) => cutLife(life, pauseOf(life[0]!.source)));
}

function cutLife<P extends Part>(life: readonly P[], pause: number): P[][] {
  const visits: P[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const part of life.toSorted((a, b) => a.from.getTime() - b.from.getTime() || byText(a.id, b.id))) {
    if (part.from.getTime() - end > pause) visits.push([part]);
    else visits.at(-1)!.push(part);
    end = Math.max(end, part.to.getTime());
  }
  return visits;
}
