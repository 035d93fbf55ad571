import { readFileSync } from "node:fs";

/** One cell of the tables of docs/identities.md. */
export interface Cell {
  sent: string;
  /** The column: a namespace, or `ids`. */
  of: string;
  /** Null for nobody. */
  person: string | null;
  outcome: "person" | "nobody" | "withheld" | "refused";
}

/** The namespaces that a column of the page stands for. */
export const NAMESPACES: Readonly<Record<string, readonly string[]>> = {
  ids: ["custid", "login", "cookie", "contact"],
  persons: ["custid", "login", "loyaltyid"],
  browsers: ["cookie", "contact", "device"],
  crmid: ["crmid"],
  numbers: ["custid", "globalcustid"],
  "numbers of 8 digits": ["custid@crm-se"],
  email: ["email"],
  phone: ["phone"],
};

/** Every cell of every table. */
export function cellsOfPage(): Cell[] {
  const lines = readFileSync("docs/identities.md", "utf8").split("\n");
  let columns: string[] = [];
  return lines.flatMap((line) => {
    if (!line.startsWith("|")) return [];
    const [sent, ...cells] = line
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim());
    if (sent === "what is sent") columns = cells;
    if (!sent!.startsWith("`")) return [];
    return cells.map((cell, position) => cellOf(textOf(sent!), columns[position]!, cell));
  });
}

function cellOf(sent: string, of: string, cell: string): Cell {
  if (cell.startsWith("`")) return { sent, of, person: textOf(cell), outcome: "person" };
  if (cell === "nobody" || cell === "withheld" || cell === "refused") return { sent, of, person: null, outcome: cell };
  throw new Error(`docs/identities.md: a cell says ${cell}.`);
}

/** A JSON string in a code span. */
function textOf(cell: string): string {
  return JSON.parse(cell.slice(1, -1));
}
