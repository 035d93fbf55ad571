import { startEmbedded } from "../../../src/db/embedded.ts";
import { openLog } from "../../../src/kit/log.ts";

// A process of its own that keeps an embedded PostgreSQL running, or says why it cannot.
const [dataDir] = process.argv.slice(2) as [string];
const said = await startEmbedded({ dataDir, log: openLog("silent") }).catch((error: Error) => error.message);
process.stdout.write(
  `${JSON.stringify(typeof said === "string" ? { refused: said } : { url: said.url, pid: said.pid })}\n`,
);
if (typeof said !== "string") setInterval(() => {}, 1_000);
