import { execFile } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { programOf } from "../kit/programs.ts";

test.each(["src/main.ts", "src/cli.ts"])(
  "%s reads .env where it is started, and the environment wins",
  async (program) => {
    const folder = mkdtempSync(join(inject("directory"), "env-"));
    writeFileSync(join(folder, ".env"), "PORT=of-the-file\nSEED=of-the-file\nC360_DEFAULT_REGION=of-the-file\n");

    const said = await faultsOf(program, folder, { PORT: "0", SEED: "" });

    expect(said).toContain("C360_DEFAULT_REGION");
    expect(said).not.toMatch(/PORT|SEED/);
  },
);

async function faultsOf(program: string, cwd: string, environment: Record<string, string>): Promise<string> {
  const args = [await programOf(program), "keys", "list"];
  return new Promise((done) => {
    execFile(
      process.execPath,
      args,
      { cwd, env: { PATH: process.env.PATH, ...environment } },
      (_error, _stdout, stderr) => done(stderr),
    );
  });
}
