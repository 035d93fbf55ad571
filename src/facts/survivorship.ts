import { byText } from "../kit/order.ts";
import { type Rules, settingsOf } from "./rules.ts";

// Which of several statements about one field of a customer survives. `survivorship.sql` says the same to the database; a
// test holds the two to each other.

/** What one source states under one of its ids. */
export interface Stated {
  source: string;
  sourceId: string;
  observedAt: Date;
  /** When each field was last stated, explicit nulls included. */
  stated: Readonly<Record<string, string>>;
}

/** The name of a key of `extra`: each is a field of its own. */
export function extraKey(key: string): string {
  return `extra.${key}`;
}

/** The statement whose value of a field survives, of those that have one; null when none has. */
export function survivorOf<Statement extends Stated>(
  statements: readonly Statement[],
  field: string,
  rules: Rules,
): Statement | null {
  let best: Statement | null = null;
  for (const one of statements) if (!best || bySurvival(one, best, { field, rules }) < 0) best = one;
  return best;
}

/** The surviving signals, by code, each with the statement that it is of: a code is a field of its own, so two models do not silence each other. */
export function signalsOf<Signal extends { code: string }, Statement extends Stated & { signals: readonly Signal[] }>(
  statements: readonly Statement[],
  rules: Rules,
): { signal: Statement["signals"][number]; of: Statement }[] {
  const codes = [...new Set(statements.flatMap(({ signals }) => signals.map(({ code }) => code)))].sort(byText);
  return codes.flatMap((code) => {
    const saying = statements.filter(({ signals }) => signals.some((signal) => signal.code === code));
    const best = survivorOf(saying, "signals", rules);
    const signal = best?.signals.find((candidate) => candidate.code === code);
    return best && signal ? [{ signal, of: best }] : [];
  });
}

/** The best-ranked source first; of equal rank the newest statement; of equal time the natural key. */
function bySurvival(a: Stated, b: Stated, { field, rules }: { field: string; rules: Rules }): number {
  return (
    settingsOf(rules, a.source).rank - settingsOf(rules, b.source).rank ||
    statedAt(b, field).getTime() - statedAt(a, field).getTime() ||
    byText(a.source, b.source) ||
    byText(a.sourceId, b.sourceId)
  );
}

/** When a field was stated. */
export function statedAt({ stated, observedAt }: Stated, field: string): Date {
  const at = stated[field];
  return at === undefined ? observedAt : new Date(at);
}

/** Null and an empty list leave their statement without a value, so that the next best one survives. */
export function isValue(value: unknown): boolean {
  return value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0);
}
