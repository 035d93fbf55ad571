import { type App, openApp } from "./app.ts";
import { type Config, ConfigError, loadEnvFile, readConfig } from "./config.ts";
import { AWAY, isAway } from "./db/away.ts";
import { greeting } from "./greeting.ts";
import { AppError } from "./kit/errors.ts";
import { type Log, openLog } from "./kit/log.ts";

/** A stop that takes longer is cut short: the process manager that asked for it kills soon after. */
const STOP_WITHIN_MS = 30_000;

await main();

async function main(): Promise<void> {
  const config = settings();
  const log = openLog(config.logLevel);
  const app = await start(config, log);
  let isStopping = false;
  const stop = (signal: string) => {
    if (isStopping) return giveUp(log, "app.forced");
    isStopping = true;
    log.info("app.signalled", { signal });
    setTimeout(() => giveUp(log, "app.late"), STOP_WITHIN_MS).unref();
    app.stop().then(
      () => process.exit(0),
      (error: Error) => giveUp(log, "app.failed", error.name),
    );
  };
  process.on("SIGINT", () => stop("SIGINT"));
  process.on("SIGTERM", () => stop("SIGTERM"));
  process.stdout.write(`${greeting({ ...app, ...config }, process.stdout.isTTY).join("\n")}\n`);
}

function settings(): Config {
  try {
    loadEnvFile();
    return readConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  }
}

async function start(config: Config, log: Log): Promise<App> {
  try {
    return await openApp(config, log);
  } catch (error) {
    log.error("app.failed", { name: (error as Error).name, code: (error as { code?: string }).code });
    const reason = isAway(error) ? AWAY : String(error);
    process.stderr.write(`${error instanceof AppError ? error.message : reason}\n`);
    process.exit(1);
  }
}

function giveUp(log: Log, event: string, reason?: string): void {
  log.warn(event, { reason });
  process.exit(1);
}
