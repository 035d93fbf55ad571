import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A server in its own process, and its address. */
export interface Served {
  url: string;
  pid: number;
  headers: Record<string, string>;
  stop(): Promise<void>;
}

const ROOT = fileURLToPath(new URL("../", import.meta.url));
/** The admin key of every server started here. */
export const BENCH_KEY = "c360_bench_key_of_more_than_32_characters";

function build(): void {
  execFileSync(process.execPath, ["build.mjs", "--if-stale"], { cwd: ROOT, stdio: ["ignore", "ignore", "inherit"] });
}

/** What adds up in threads, as it is deployed: what reads TypeScript names each function anew whenever it is made. */
export function builtFoldWorker(): URL {
  build();
  return new URL("../dist/src/fold-worker.mjs", import.meta.url);
}

/** Node's options in `npm start` and `npm run import`. */
export function programOf(name: "main" | "cli"): [string, ...string[]] {
  build();
  return [process.execPath, "--max-semi-space-size=32", `dist/${name}.js`];
}

/** Serves the product over this database, as it is deployed. Where a folder is named, V8 leaves a profile in it at the end. */
export function serveProduct(databaseUrl: string, profile?: string): Promise<Served> {
  const [node, ...rest] = programOf("main");
  const settings = {
    NODE_ENV: "production",
    DATABASE_URL: databaseUrl,
    PORT: "0",
    LOG_LEVEL: "silent",
    C360_ADMIN_KEY: BENCH_KEY,
    C360_REQUESTS_PER_SECOND: "1000000",
  };
  const flags = profile ? ["--cpu-prof", `--cpu-prof-dir=${profile}`] : [];
  return serve([node, ...flags, ...rest], settings);
}

/** One of the bare servers of `peers/`. */
export function servePeer(name: string, databaseUrl: string): Promise<Served> {
  return serve([process.execPath, "--import", "tsx", `bench/peers/${name}.ts`, databaseUrl], {});
}

/** Starts a command that prints its address once it listens. */
export async function serve(command: readonly string[], environment: Record<string, string>): Promise<Served> {
  const [program, ...args] = command as [string, ...string[]];
  const child = spawn(program, args, { cwd: ROOT, env: environment, stdio: ["ignore", "pipe", "inherit"] });
  // Kills the server when the benchmark fails.
  const abandon = () => void child.kill("SIGKILL");
  process.once("exit", abandon);
  const url = await addressIn(child);
  return {
    url,
    pid: child.pid!,
    headers: { "content-type": "application/json", authorization: `Bearer ${BENCH_KEY}` },
    async stop() {
      process.off("exit", abandon);
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}

async function addressIn(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) {
    const [address] = /http:\/\/[\w.[\]]+:\d+/.exec(line) ?? [];
    if (!address) continue;
    child.stdout!.resume();
    return address.replace("localhost", "127.0.0.1");
  }
  throw new Error("The server ended before it listened.");
}
