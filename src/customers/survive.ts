import { type Rules, settingsOf } from "../facts/rules.ts";
import { STATED } from "../fields/car.ts";
import type { Plain, Signal } from "../fields/value.ts";

const { signals: _, ...VARIABLES } = STATED;

/** The variables that sources state of a customer, under the names of the contract. */
export type Variables = { -readonly [Name in keyof typeof VARIABLES]: Plain<(typeof VARIABLES)[Name]> };

export type Variable = keyof Variables;

/** What one source states under one of its ids. */
export interface Statement {
  source: string;
  sourceId: string;
  observedAt: Date;
  /** When each field was last stated, explicit nulls included. */
  stated: Readonly<Record<string, string>>;
  values: Partial<{ [Name in Variable]: Variables[Name] | null }>;
  signals: readonly Signal[];
}

/** Where a surviving value came from. */
export interface Provenance {
  source: string;
  observedAt: Date;
}

/** What survives of all that sources state. */
export interface Survivor {
  values: Partial<Variables>;
  provenance: ReadonlyMap<Variable, Provenance>;
  signals: readonly (Signal & Provenance)[];
}

/**
 * Per field the value of the best-ranked source; of equal rank the newest statement; of equal time the natural key.
 * An explicit null leaves its own statement without a value, so that the next best one survives.
 */
export function survive(statements: readonly Statement[], rules: Rules): Survivor {
  const values: Record<string, unknown> = {};
  const provenance = new Map<Variable, Provenance>();
  const names = new Set(statements.flatMap((statement) => Object.keys(statement.values) as Variable[]));
  for (const name of names) {
    const best = bestOf(
      statements.filter((statement) => isValue(statement.values[name])),
      name,
      rules,
    );
    if (!best) continue;
    values[name] = best.values[name];
    provenance.set(name, { source: best.source, observedAt: statedAt(best, name) });
  }
  return { values: values as Partial<Variables>, provenance, signals: survivingSignals(statements, rules) };
}

function isValue(value: unknown): boolean {
  return value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0);
}

function bestOf(statements: readonly Statement[], field: string, rules: Rules): Statement | null {
  let best: Statement | null = null;
  for (const statement of statements) if (!best || isBetter(statement, best, { field, rules })) best = statement;
  return best;
}

function isBetter(a: Statement, b: Statement, { field, rules }: { field: string; rules: Rules }): boolean {
  const byRank = settingsOf(rules, a.source).rank - settingsOf(rules, b.source).rank;
  if (byRank !== 0) return byRank < 0;
  const byTime = statedAt(a, field).getTime() - statedAt(b, field).getTime();
  if (byTime !== 0) return byTime > 0;
  return a.source === b.source ? a.sourceId < b.sourceId : a.source < b.source;
}

function statedAt({ stated, observedAt }: Statement, field: string): Date {
  const at = stated[field];
  return at === undefined ? observedAt : new Date(at);
}

/** Each code is a field of its own: two models do not silence each other. */
function survivingSignals(statements: readonly Statement[], rules: Rules): (Signal & Provenance)[] {
  const codes = [...new Set(statements.flatMap(({ signals }) => signals.map(({ code }) => code)))].sort();
  return codes.flatMap((code) => {
    const best = bestOf(
      statements.filter(({ signals }) => signals.some((signal) => signal.code === code)),
      "signals",
      rules,
    );
    const signal = best?.signals.find((candidate) => candidate.code === code);
    return best && signal ? [{ ...signal, source: best.source, observedAt: statedAt(best, "signals") }] : [];
  });
}
