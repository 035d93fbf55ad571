import { join, resolve } from "node:path";
import { type App, openApp } from "./app.ts";
import { type Config, ConfigError, loadEnvFile, readConfig } from "./config.ts";
import { AWAY, isAway } from "./db/away.ts";
import { DEMO_KEY_FILE } from "./demo.ts";
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
  greet(app, config);
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

/** A key is shown on a terminal only: what a container prints is kept, and read by others. */
function greet({ url, demoKey }: App, { dataDir, openPages }: Config): void {
  const lines = [`customer360 listens at ${url}`, ...(openPages ? [`GraphiQL: ${url}/graphiql`] : [])];
  if (demoKey) {
    const file = join(dataDir, DEMO_KEY_FILE);
    const isSeen = process.stdout.isTTY;
    lines.push(isSeen ? `Console: ${url}/#key=${demoKey}` : `Console: ${url}, with the key in ${file}`);
    lines.push("For the commands of README.md, in a second terminal:");
    lines.push(`  export C360_URL=${url} C360_KEY=${isSeen ? demoKey : `$(cat '${resolve(file)}')`}`);
  }
  process.stdout.write(`${lines.join("\n")}\n`);
}
