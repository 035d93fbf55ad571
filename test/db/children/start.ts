import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { programOf } from "../../kit/programs.ts";

export interface Child<Said> {
  process: ChildProcess;
  said: Said;
}

/** Runs a script of this folder in a process of its own until it has said its piece, a line of JSON. */
export async function startChild<Said>(script: string, argument: string): Promise<Child<Said>> {
  const path = await programOf(`test/db/children/${script}`);
  const child = spawn(process.execPath, [path, argument], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(child.stdout!, "data")) as [Buffer];
  return { process: child, said: JSON.parse(String(line)) as Said };
}
