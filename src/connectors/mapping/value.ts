import { createHash } from "node:crypto";
import type { ValueType } from "../../fields/derive/mapping.ts";
import { canonical } from "../../kit/canonical.ts";
import type { Value } from "./language.ts";
import { compileRead, type Spelling } from "./read-as.ts";
import { type Compute, cellText, compileConditions, type RowScope } from "./scope.ts";

/**
 * Compiles a value to a function of the row; null where it is empty. It throws BadCell for a cell that it cannot read.
 */
export function compileValue(
  rule: Value,
  { type, spelling, field }: { type: ValueType; spelling: Spelling; field?: string },
): Compute {
  const from = originOf(rule, spelling);
  const refine = compileRefine(rule);
  const read = compileRead(rule, { type, spelling, from: labelOf(rule), field });
  const applies = rule.when ? compileConditions(rule.when) : null;
  return (scope) => {
    if (applies && !applies(scope)) return null;
    const cell = refine(from(scope));
    return cell === null || cell === undefined ? null : read(cell, scope);
  };
}

/** The columns (and named values) that a value reads, conditions aside: testing a column does not use it up. */
export function columnsRead(rule: Value): string[] {
  const inner = [rule.firstOf, rule.earliest, rule.latest, rule.list].flatMap((rules) => rules ?? []);
  return [
    ...(rule.column ? [rule.column] : []),
    ...(rule.template ? namesIn(rule.template) : []),
    ...(Array.isArray(rule.hash) ? rule.hash : []),
    ...(rule.currencyColumn ? [rule.currencyColumn] : []),
    ...inner.flatMap(columnsRead),
  ];
}

function labelOf(rule: Value): string {
  const columns = [...new Set(columnsRead(rule))].map((column) => `"${column}"`);
  return columns.length > 0 ? `Column ${columns.join(" with ")}` : "A constant of the mapping";
}

function originOf(rule: Value, spelling: Spelling): Compute {
  const { column, constant, template, hash, firstOf, earliest, latest, list } = rule;
  const each = (rules: readonly Value[], type: ValueType) =>
    rules.map((inner) => compileValue(inner, { type, spelling }));
  if (column !== undefined) return (scope) => scope.get(column);
  if (constant !== undefined) return () => constant;
  if (template !== undefined) return compileTemplate(template);
  if (hash !== undefined) return (scope) => hashOf(scope, hash);
  if (rule.file !== undefined) return (scope) => scope.modifiedAt;
  if (firstOf) return firstIn(each(firstOf, rule.as ?? "text"));
  if (earliest) return extremeOf(each(earliest, "date"), (a, b) => a < b);
  if (latest) return extremeOf(each(latest, "date"), (a, b) => a > b);
  return allOf(each(list ?? [], "text"));
}

const HOLE = /\{([^{}]+)\}/g;

function namesIn(template: string): string[] {
  return [...template.matchAll(HOLE)].map(([, name]) => name!.trim());
}

/** Empty when one of its columns is empty: half a key is no key. */
function compileTemplate(template: string): Compute {
  const names = namesIn(template);
  const between = template.split(/\{[^{}]+\}/);
  return (scope) => {
    let text = between[0]!;
    for (const [position, name] of names.entries()) {
      const cell = cellText(scope.get(name));
      if (cell === null) return null;
      text += cell + between[position + 1]!;
    }
    return text;
  };
}

/** 128 bits are enough to tell the rows of one source apart. */
const HASH_LENGTH = 32;

function hashOf(scope: RowScope, columns: "row" | readonly string[]): string {
  const cells = columns === "row" ? scope.row : columns.map((column) => cellText(scope.get(column)));
  return createHash("sha256").update(canonical(cells, true)).digest("hex").slice(0, HASH_LENGTH);
}

function firstIn(values: readonly Compute[]): Compute {
  return (scope) => {
    for (const value of values) {
      const cell = value(scope);
      if (cell !== null) return cell;
    }
    return null;
  };
}

function extremeOf(values: readonly Compute[], isBetter: (a: Date, b: Date) => boolean): Compute {
  return (scope) => {
    const dates = values.map((value) => value(scope)).filter((cell) => cell instanceof Date);
    return dates.length === 0 ? null : dates.reduce((best, date) => (isBetter(date, best) ? date : best));
  };
}

function allOf(values: readonly Compute[]): Compute {
  return (scope) => values.map((value) => value(scope)).filter((cell) => cell !== null);
}

/** Changes the text before it is read: a parameter, empty words, a pattern, a translation. */
function compileRefine(rule: Value): (cell: unknown) => unknown {
  const skip = rule.skip && new Set(rule.skip.map((word) => word.toLowerCase()));
  const pattern = rule.match === undefined ? null : new RegExp(rule.match, "u");
  const { query, lookup, otherwise } = rule;
  if (!skip && !pattern && !lookup && !query && !rule.case) return (cell) => cell;
  return (cell) => {
    let text = cellText(cell);
    if (text !== null && query) text = parameterOf(text, query);
    if (text === null || skip?.has(text.toLowerCase())) return null;
    if (pattern) text = matchOf(text, pattern);
    if (text === null) return null;
    if (rule.case) text = rule.case === "lower" ? text.toLowerCase() : text.toUpperCase();
    if (!lookup) return text;
    if (Object.hasOwn(lookup, text)) return lookup[text];
    return otherwise === undefined ? text : otherwise;
  };
}

function parameterOf(url: string, name: string): string | null {
  const start = url.indexOf("?");
  if (start === -1) return null;
  return new URLSearchParams(url.slice(start + 1).split("#", 1)[0]).get(name) || null;
}

function matchOf(text: string, pattern: RegExp): string | null {
  const found = pattern.exec(text);
  return found ? (found[1] ?? found[0]) : null;
}
