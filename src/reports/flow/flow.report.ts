import type { Db } from "../../db/client.ts";
import { AppError } from "../../kit/errors.ts";
import { checkBetween, checkPeriod, checkTimeout } from "../check.ts";
import { FlowRow, flowSql } from "./flow.sql.ts";
import type { FlowInput, FlowNodeKind, FlowNodeType, FlowReportType } from "./flow.type.ts";

/** Columns on each side of the anchor that still make a picture. */
const MAX_STEPS = 5;
/** Nodes of a column that still make a picture. */
const MAX_ITEMS = 10;

/** The paths through the anchor, a node for each value at each step. */
export async function readFlow(db: Db, input: FlowInput): Promise<FlowReportType> {
  const query = directed(input);
  check(query);
  const rows = await db.rows(FlowRow, flowSql(query));
  const nodes = rows.filter((row) => row.part === "NODE");
  const paths = nodes.filter((row) => row.step === 0).reduce((sum, row) => sum + row.count, 0);
  return {
    nodes: nodes.map((row) => nodeOf(row, paths)),
    links: rows
      .filter((row) => row.part === "LINK")
      .map(({ step, kind, item, nextKind, nextItem, count }) => ({
        sourceNodeId: idOf(step, kind, item),
        targetNodeId: idOf(step + 1, nextKind!, nextItem),
        count,
      })),
  };
}

/** A flow that starts with its anchor has nothing before it, one that ends with it nothing after. */
function directed(input: FlowInput): FlowInput {
  switch (input.anchor.position) {
    case "STARTS_WITH":
      return { ...input, stepsBefore: 0 };
    case "ENDS_WITH":
      return { ...input, stepsAfter: 0 };
    case "CONTAINS":
      return input;
  }
}

function check({ period, stepsBefore, stepsAfter, itemsPerStep, sessionTimeoutMinutes }: FlowInput): void {
  checkPeriod(period);
  checkTimeout(sessionTimeoutMinutes);
  checkBetween("stepsBefore", stepsBefore, { least: 0, most: MAX_STEPS });
  checkBetween("stepsAfter", stepsAfter, { least: 0, most: MAX_STEPS });
  checkBetween("itemsPerStep", itemsPerStep, { least: 1, most: MAX_ITEMS });
  if (stepsBefore + stepsAfter === 0) {
    throw new AppError(
      "BAD_INPUT",
      "A flow needs a step besides its anchor: ask for one by `stepsBefore` or `stepsAfter`, on the side that `position` shows.",
      ["stepsBefore"],
    );
  }
}

function nodeOf({ step, kind, item, count, customers }: FlowRow, paths: number): FlowNodeType {
  return { id: idOf(step, kind, item), step, kind, item, count, customers, shareOfAnchor: count / paths };
}

function idOf(step: number, kind: FlowNodeKind, item: string | null): string {
  return item === null ? `${step}/${kind}` : `${step}/${kind}/${item}`;
}
