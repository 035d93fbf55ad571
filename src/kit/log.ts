import { pino } from "pino";

/** A dotted event name and plain facts; never a phone, e-mail, name or raw record. */
export interface Log {
  debug(event: string, facts?: Record<string, unknown>): void;
  info(event: string, facts?: Record<string, unknown>): void;
  warn(event: string, facts?: Record<string, unknown>): void;
  error(event: string, facts?: Record<string, unknown>): void;
}

/** The same log, where every line says these facts too. */
export function logWith(log: Log, said: Record<string, unknown>): Log {
  return {
    debug: (event, facts) => log.debug(event, { ...said, ...facts }),
    info: (event, facts) => log.info(event, { ...said, ...facts }),
    warn: (event, facts) => log.warn(event, { ...said, ...facts }),
    error: (event, facts) => log.error(event, { ...said, ...facts }),
  };
}

export type LogLevel = "debug" | "info" | "warn" | "error" | "silent";

/** JSON lines on standard error, so that commands keep standard output for their answers. */
export function openLog(level: LogLevel): Log {
  const sink = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, messageKey: "event" },
    pino.destination(2),
  );
  return {
    debug: (event, facts) => sink.debug(facts ?? {}, event),
    info: (event, facts) => sink.info(facts ?? {}, event),
    warn: (event, facts) => sink.warn(facts ?? {}, event),
    error: (event, facts) => sink.error(facts ?? {}, event),
  };
}
