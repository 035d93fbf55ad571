import type { Rules } from "../facts/rules.ts";
import { extraKey, isValue, type Stated, signalsOf, statedAt, survivorOf } from "../facts/survivorship.ts";
import { SURVIVING } from "../fields/car.ts";
import type { Plain, Signal } from "../fields/value.ts";
import { byText } from "../kit/order.ts";

const { signals: _, ...VARIABLES } = SURVIVING;

/** The variables that sources state of a customer, under the names of the contract. */
export type Variables = { -readonly [Name in keyof typeof VARIABLES]: Plain<(typeof VARIABLES)[Name]> };

export type CustomerVariable = keyof Variables;

/** What one source states under one of its ids. */
export interface Statement extends Stated {
  values: Partial<{ [Name in CustomerVariable]: Variables[Name] | null }>;
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
  /** By the name of the variable; of extra, of each of its keys (`extra.plan`). */
  provenance: ReadonlyMap<string, Provenance>;
  signals: readonly (Signal & Provenance)[];
}

/** Per field the value that survives, and where it came from. */
export function survive(statements: readonly Statement[], rules: Rules): Survivor {
  const values: Record<string, unknown> = {};
  const provenance = new Map<string, Provenance>();
  const names = new Set(statements.flatMap((statement) => Object.keys(statement.values) as CustomerVariable[]));
  names.delete("extra");
  for (const name of names) {
    const saying = statements.filter((statement) => isValue(statement.values[name]));
    const best = survivorOf(saying, name, rules);
    if (!best) continue;
    values[name] = best.values[name];
    provenance.set(name, { source: best.source, observedAt: statedAt(best, name) });
  }
  const extra = survivingExtra(statements, rules, provenance);
  if (extra) values.extra = extra;
  const signals = signalsOf(statements, rules).map(({ signal, of }) => {
    return { ...signal, source: of.source, observedAt: statedAt(of, "signals") };
  });
  return { values: values as Partial<Variables>, provenance, signals };
}

/** Each key of extra is a field of its own: one source does not hide what another says beside it. */
function survivingExtra(
  statements: readonly Statement[],
  rules: Rules,
  provenance: Map<string, Provenance>,
): Record<string, unknown> | null {
  const keys = new Set(statements.flatMap(({ values }) => Object.keys(values.extra ?? {})));
  if (keys.size === 0) return null;
  const surviving = [...keys].sort(byText).map((key) => {
    const saying = statements.filter(({ values }) => Object.hasOwn(values.extra ?? {}, key));
    const best = survivorOf(saying, extraKey(key), rules)!;
    provenance.set(extraKey(key), { source: best.source, observedAt: statedAt(best, extraKey(key)) });
    return [key, (best.values.extra as Record<string, unknown>)[key]] as const;
  });
  return Object.fromEntries(surviving);
}
