import { expect, test } from "vitest";
import { printReportSql } from "../../../src/cli/report-sql.ts";
import { useDatabase } from "../../kit/database.ts";

const house = useDatabase();

interface Node {
  "Parent Relationship"?: string;
  "Relation Name"?: string;
  "CTE Name"?: string;
  Plans?: Node[];
}

test("customers who wait to be rolled up are left out by a join, never sought among all changes row by row", async ({
  skip,
}) => {
  const { rows: versions } = await house.db.pool.query("show server_version_num");
  skip(Number(versions[0].server_version_num) < 160_000, "PostgreSQL 15 cannot explain a statement without its values");

  for (const [name, text] of printReportSql()) {
    const { rows } = await house.db.pool.query(`explain (generic_plan, format json) ${text}`);
    const [{ Plan: plan }] = rows[0]["QUERY PLAN"];

    const looked = nodesOf(plan).filter((node) => node["Parent Relationship"] === "SubPlan");

    expect(looked.flatMap(nodesOf).filter(readsChanges), name).toEqual([]);
    if (text.includes("changed_customers")) expect(nodesOf(plan).some(readsChanges), name).toBe(true);
  }
});

function nodesOf(node: Node): Node[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}

function readsChanges(node: Node): boolean {
  return node["Relation Name"] === "changed_customers" || node["CTE Name"] === "unmaterialised";
}
