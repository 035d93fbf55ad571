import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { inject } from "vitest";
import { readConfig } from "../../src/config.ts";
import { copyDemo, greetingOf, NO_SETTINGS } from "../kit/demo.ts";
import { NODE_FLAGS, programs } from "../kit/programs.ts";
import { type Block, ROOT } from "./blocks.ts";

/** Somebody who has installed the product, started it, and pastes commands into a second terminal. */
export interface Newcomer {
  /** Pastes the blocks one after another; answers what each printed. */
  paste(blocks: readonly Block[]): Promise<string[]>;
  leave(): Promise<void>;
}

/** Where the product keeps its data if nobody says. */
const DATA_DIR = readConfig({}).dataDir;
const MARK = "@@ block";

export async function arrive(): Promise<Newcomer> {
  const folder = await checkout();
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    ...NO_SETTINGS,
    CURL_HOME: folder,
    npm_config_update_notifier: "false",
  };
  const server = spawn("node", [...NODE_FLAGS, "dist/main.js"], {
    cwd: folder,
    env,
    stdio: ["ignore", "pipe", "ignore"],
  });
  const paste = await greetingOf(server);
  return {
    async paste(blocks) {
      const script = [paste, ...blocks.flatMap(({ line, text }) => [`printf "\\n${MARK} ${line}\\n"`, text])].join(
        "\n",
      );
      const bash = spawn("bash", ["-euo", "pipefail", "-c", script], {
        cwd: folder,
        env,
        stdio: ["ignore", "pipe", "pipe"],
      });
      const [said, complaint, [code]] = await Promise.all([text(bash.stdout), text(bash.stderr), once(bash, "close")]);
      const [, ...outputs] = said.split(new RegExp(`^${MARK} `, "m"));
      if (code === 0) return outputs.map((output) => output.slice(output.indexOf("\n") + 1));
      throw new Error(`The command of ${blocks[0]!.file}, line ${outputs.at(-1)} ended with ${code}: ${complaint}`);
    },
    async leave() {
      const gone = once(server, "exit");
      server.kill("SIGTERM");
      await gone;
    },
  };
}

/** As `npm run build` and `npm ci --omit=dev` leave it. */
async function checkout(): Promise<string> {
  const folder = mkdtempSync(join(inject("directory"), "newcomer-"));
  for (const name of ["package.json", "build.mjs", "docs"])
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  symlinkSync(await programs(), join(folder, "dist"), "junction");
  await copyDemo(join(folder, DATA_DIR));
  // A refusal is a fault here, where a person would read it.
  writeFileSync(join(folder, ".curlrc"), "fail-with-body\nshow-error\n");
  return folder;
}
