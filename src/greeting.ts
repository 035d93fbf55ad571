import { join, resolve } from "node:path";
import type { App } from "./app.ts";
import { type Config, DATA_FOLDER } from "./config.ts";
import { DEMO_KEY_FILE } from "./demo.ts";

type Started = Pick<App, "url" | "demoKey"> & Pick<Config, "dataDir" | "openPages">;

/**
 * What a start says: where it listens, and what to paste so that the commands of README meet this server and its
 * database. A key is shown on a terminal only: what a container prints is kept, and read by others.
 */
export function greeting({ url, demoKey, dataDir, openPages }: Started, isTerminal: boolean): string[] {
  const lines = [`customer360 listens at ${url}`, ...(openPages ? [`GraphiQL: ${url}/graphiql`] : [])];
  if (!demoKey) return lines;
  const file = join(dataDir, DEMO_KEY_FILE);
  const settings = [`C360_URL=${url}`, `C360_KEY=${isTerminal ? demoKey : `$(cat ${quoted(resolve(file))})`}`];
  if (dataDir !== DATA_FOLDER) settings.push(`DATA_DIR=${quoted(resolve(dataDir))}`);
  lines.push(isTerminal ? `Console: ${url}/#key=${demoKey}` : `Console: ${url}, with the key in ${file}`);
  lines.push("For the commands of README.md, in a second terminal:", `  export ${settings.join(" ")}`);
  return lines;
}

/** As bash reads it back. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
