import type { ReportTable } from "../declaration.ts";
import type { FlowReportType } from "./flow.type.ts";

export const flowTable: ReportTable<FlowReportType> = {
  about: "`part` NODE is a node, with its customers; LINK leads from the node to the one in the columns `to…`.",

  of: ({ nodes, links }) => {
    const byId = new Map(nodes.map((node) => [node.id, node]));
    return {
      columns: ["part", "step", "kind", "item", "toStep", "toKind", "toItem", "count", "customers", "shareOfAnchor"],
      rows: [
        ...nodes.map((node) => ({ part: "NODE", ...node })),
        ...links.map(({ sourceNodeId, targetNodeId, count }) => {
          const [from, to] = [byId.get(sourceNodeId), byId.get(targetNodeId)];
          const start = { step: from?.step, kind: from?.kind, item: from?.item };
          return { part: "LINK", ...start, toStep: to?.step, toKind: to?.kind, toItem: to?.item, count };
        }),
      ],
    };
  },
};
