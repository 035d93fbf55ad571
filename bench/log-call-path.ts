import { Session } from "node:inspector/promises";
import { fileURLToPath } from "node:url";
import { openApp } from "../src/app.ts";
import { readConfig } from "../src/config.ts";
import { groupBy } from "../src/kit/group.ts";
import { openLog } from "../src/kit/log.ts";
import { openBench } from "./kit.ts";
import { BENCH_KEY } from "./serve.ts";

// The files of src that run for one logCall, from HTTP to the tables and back: those that V8 counts at each of some calls.
// What the timers of a server run beside one of them drops out.

const CALLS = 12;
const SRC = fileURLToPath(new URL("../src/", import.meta.url));
const MUTATION = "mutation ($input: LogCallInput!) { logCall(input: $input) { status userErrors { message } } }";

const bench = await openBench();
const session = new Session();
session.connect();
await session.post("Profiler.enable");
await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
const config = readConfig({ NODE_ENV: "production", DATABASE_URL: bench.url, PORT: "0", C360_ADMIN_KEY: BENCH_KEY });
const app = await openApp(config, openLog("silent"));
try {
  await logCall(0);
  const passed: Set<string>[] = [];
  for (let n = 1; n <= CALLS; n += 1) {
    await filesThatRan();
    await logCall(n);
    passed.push(await filesThatRan());
  }
  const files = [...passed[0]!].filter((file) => passed.every((call) => call.has(file))).sort();
  const rooms = groupBy(files, (file) => file.split("/")[0]!);
  for (const [room, inside] of rooms) console.log(`${room} ${inside.length}: ${inside.join(" ")}`);
  console.log(`${files.length} files`);
} finally {
  session.disconnect();
  await app.stop();
  await bench.close();
}

/** Since it was asked for the last time. */
async function filesThatRan(): Promise<Set<string>> {
  const { result } = await session.post("Profiler.takePreciseCoverage");
  const ran = result.filter(({ functions }) => functions.some(({ ranges }) => ranges[0]!.count > 0));
  const paths = ran.flatMap(({ url }) => (url.startsWith("file:") ? [fileURLToPath(url.replace(/\?.*$/, ""))] : []));
  const ours = paths.filter((path) => path.startsWith(SRC) && !path.includes("/generated/"));
  return new Set(ours.map((path) => path.slice(SRC.length)));
}

async function logCall(n: number): Promise<void> {
  const input = {
    source: "cti",
    sourceId: `call-${n}`,
    startedAt: new Date(Date.UTC(2026, 8, 1) + n * 1_000).toISOString(),
    durationSeconds: 120,
    agentId: "agent-1",
    callReason: "invoice",
    identities: [
      { namespace: "phone", value: `+4670100000${n % 3}` },
      { namespace: "custid", value: `${1_000_000 + (n % 3)}` },
    ],
  };
  const answer = await fetch(`${app.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${BENCH_KEY}` },
    body: JSON.stringify({ query: MUTATION, variables: { input } }),
  });
  const text = await answer.text();
  if (!text.includes('"ACCEPTED"')) throw new Error(text);
}
