import { type AdaptedRecord, type Adapter, accept, reject } from "../adapter.ts";
import { REST, valuesOf } from "./columns.ts";
import { keptIn, typeOf } from "./fields.ts";
import type { IdentityValue, Mapping, RecordRule } from "./language.ts";
import type { Spelling } from "./read-as.ts";
import {
  BadCell,
  type Compute,
  cellText,
  compileConditions,
  openScope,
  type RowScope,
  type ScopeRules,
} from "./scope.ts";
import { columnsRead, compileValue } from "./value.ts";

export type FileRow = Readonly<Record<string, unknown>>;

/** What a mapping knows about the file beside its rows. */
export interface FileFacts {
  modifiedAt: Date | null;
}

/**
 * Makes an adapter of a mapping: each row becomes the records that the mapping lists, or none where it excludes the
 * row.
 */
export function openMapping(mapping: Mapping, { modifiedAt }: FileFacts): Adapter<FileRow> {
  const spelling = spellingOf(mapping);
  const rules: ScopeRules = {
    values: new Map(
      Object.entries(mapping.values).map(([name, rule]) => [name, compileValue(rule, { type: "text", spelling })]),
    ),
    nothing: new Set(mapping.nothing.map((word) => word.toLowerCase())),
    modifiedAt,
  };
  const legs = mapping.records.map((record) => compileRecord(mapping, record));
  return {
    name: mapping.source,
    adapt(row) {
      const scope = openScope(row, rules);
      return legs.map((leg) => leg(scope)).filter((record) => record !== null);
    },
  };
}

/** Whether the sender has no id of its own, so that one is made from a hash of the row. */
export function makesItsOwnIds(mapping: Mapping): boolean {
  return mapping.records.some(({ sourceId }) => sourceId.hash !== undefined);
}

function spellingOf({ settings, locale, decimal, format }: Mapping): Spelling {
  const zone = settings.timeZone ?? "UTC";
  return { zone, locale: locale ?? null, decimal: decimal ?? null, isJson: format === "ndjson" };
}

type Leg = (scope: RowScope) => AdaptedRecord | null;

function compileRecord(mapping: Mapping, rule: RecordRule): Leg {
  const spelling = spellingOf(mapping);
  const isWanted = compileConditions([...mapping.where, ...(rule.where ?? [])]);
  const sourceId = compileValue(rule.sourceId, { type: "text", spelling });
  const fields = Object.entries(rule.fields).map(
    ([name, value]) => [name, compileValue(value, { type: typeOf(rule.kind, name), spelling, field: name })] as const,
  );
  const compileIdentities = (values: readonly IdentityValue[]) =>
    values.map(({ namespace, ...value }) => [namespace, compileValue(value, { type: "text", spelling })] as const);
  const identities = compileIdentities(rule.identities);
  const withdrawn = compileIdentities(rule.withdrawIdentities);
  const keep = compileKeep(mapping, rule);
  return (scope) => {
    const body: Record<string, unknown> = { source: mapping.source };
    try {
      if (!isWanted(scope)) return null;
      body.sourceId = idOf(sourceId, scope);
      for (const [name, value] of fields) setPresent(body, name, value(scope));
      // An empty list would withdraw all identities of a customer.
      const isCustomer = rule.kind === "customer";
      body.identities = listed(identitiesOf(identities, scope), isCustomer);
      if (isCustomer) body.withdrawIdentities = listed(identitiesOf(withdrawn, scope), isCustomer);
      keep(scope, body);
      return accept(rule.kind, body);
    } catch (error) {
      if (!(error instanceof BadCell)) throw error;
      return reject(accept(rule.kind, { ...namesOf(body), row: scope.row }), error.reason, error.message);
    }
  };
}

function idOf(sourceId: Compute, scope: RowScope): string {
  const id = cellText(sourceId(scope));
  if (id === null) throw new BadCell("MISSING_ID", "The columns that make the record's id (sourceId) are empty.");
  return id;
}

/** Sets a field only where the cell is not empty. */
function setPresent(body: Record<string, unknown>, name: string, cell: unknown): void {
  if (cell !== null && cell !== undefined) body[name] = cell;
}

function listed(list: readonly unknown[], isLeftOutEmpty: boolean): readonly unknown[] | undefined {
  return isLeftOutEmpty && list.length === 0 ? undefined : list;
}

function identitiesOf(identities: readonly (readonly [string, Compute])[], scope: RowScope): unknown[] {
  return identities.flatMap(([namespace, value]) => {
    const text = cellText(value(scope));
    return text === null ? [] : [{ namespace, value: text }];
  });
}

/** The source and id of a rejection; the row itself is stored beside it. */
function namesOf({ source, sourceId }: Record<string, unknown>): Record<string, unknown> {
  return sourceId === undefined ? { source } : { source, sourceId };
}

function compileKeep(mapping: Mapping, rule: RecordRule): (scope: RowScope, body: Record<string, unknown>) => void {
  if (rule.keep.length === 0) return () => {};
  const target = keptIn(rule.kind);
  const named = rule.keep.filter((column) => column !== REST);
  const used = rule.keep.includes(REST) ? usedBy(mapping, rule) : null;
  return (scope, body) => {
    const rest = used ? Object.keys(scope.row).filter((column) => !used.has(column)) : [];
    const kept = new Map<string, unknown>();
    for (const column of [...rest, ...named]) {
      const cell = scope.get(column);
      if (cell !== null) kept.set(column, cell);
    }
    if (kept.size > 0) body[target] = { ...Object.fromEntries(kept), ...(body[target] as object | undefined) };
  };
}

/** The columns that a record's values read, through named values too. */
function usedBy(mapping: Mapping, rule: RecordRule): Set<string> {
  const used = new Set<string>();
  const pending = valuesOf(rule).flatMap(columnsRead);
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (used.has(name)) continue;
    used.add(name);
    const value = mapping.values[name];
    if (value) pending.push(...columnsRead(value));
  }
  return used;
}
