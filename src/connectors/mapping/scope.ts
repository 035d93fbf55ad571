import { LONG_NUMBER_REMEDY, LongNumber } from "../../kit/json.ts";
import type { Condition } from "./language.ts";

/** A row as a mapping sees it: its columns and, before them, the mapping's named values. */
export interface RowScope {
  row: Readonly<Record<string, unknown>>;
  /** Null where the column is absent, empty or holds a word that means nothing. */
  get(name: string): unknown;
  /** When the file was last changed. */
  modifiedAt: Date | null;
}

/** A cell that is not what the mapping says; its record is rejected. */
export class BadCell extends Error {
  readonly reason: string;

  constructor(reason: string, message: string) {
    super(message);
    this.reason = reason;
  }
}

export type Compute = (scope: RowScope) => unknown;

/** Opens a row; named values are computed when they are first asked for. */
export function openScope(row: RowScope["row"], rules: ScopeRules): RowScope {
  const computed = new Map<string, unknown>();
  const scope: RowScope = {
    row,
    modifiedAt: rules.modifiedAt,
    get(name) {
      const compute = rules.values.get(name);
      if (!compute) return cellOf(row, name, rules.nothing);
      if (!computed.has(name)) computed.set(name, compute(scope));
      return computed.get(name);
    },
  };
  return scope;
}

export interface ScopeRules {
  values: ReadonlyMap<string, Compute>;
  /** In lower case. */
  nothing: ReadonlySet<string>;
  modifiedAt: Date | null;
}

function cellOf(row: RowScope["row"], name: string, nothing: ReadonlySet<string>): unknown {
  const cell = Object.hasOwn(row, name) ? row[name] : nestedIn(row, name);
  if (typeof cell !== "string") return cell ?? null;
  const text = cell.trim();
  return text === "" || nothing.has(text.toLowerCase()) ? null : text;
}

/** `customer.phone` of a JSON row. */
function nestedIn(row: RowScope["row"], name: string): unknown {
  if (!name.includes(".")) return null;
  return name.split(".").reduce<unknown>((inner, key) => {
    return typeof inner === "object" && inner !== null && Object.hasOwn(inner, key)
      ? (inner as RowScope["row"])[key]
      : null;
  }, row);
}

/** The text of a cell for comparisons and look-ups. */
export function cellText(cell: unknown): string | null {
  if (cell === null || cell === undefined) return null;
  if (cell instanceof Date) return cell.toISOString();
  if (cell instanceof LongNumber) throw new BadCell("LONG_NUMBER", LONG_NUMBER_REMEDY);
  return typeof cell === "object" ? JSON.stringify(cell) : String(cell);
}

/** Whether a row meets all conditions. */
export function compileConditions(conditions: readonly Condition[]): (scope: RowScope) => boolean {
  const tests = conditions.map(compileCondition);
  return (scope) => tests.every((meets) => meets(scope));
}

function compileCondition({ column, ...comparison }: Condition): (scope: RowScope) => boolean {
  const test = compileComparison(comparison);
  return (scope) => test(cellText(scope.get(column)));
}

function compileComparison(by: Omit<Condition, "column">): (text: string | null) => boolean {
  if (by.equals !== undefined) return (text) => (text ?? "") === by.equals;
  if (by.not !== undefined) return (text) => (text ?? "") !== by.not;
  if (by.in) return (text) => by.in!.includes(text ?? "");
  if (by.notIn) return (text) => !by.notIn!.includes(text ?? "");
  if (by.present !== undefined) return (text) => (text !== null) === by.present;
  const pattern = new RegExp(by.matches ?? by.unlike ?? "", "iu");
  return (text) => pattern.test(text ?? "") === (by.matches !== undefined);
}
