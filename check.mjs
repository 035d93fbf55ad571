import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";

// All that is told from reading the code: `npm run check`. At once, since each alone leaves processors idle; what they say
// is printed one after another.

const CHECKS = [
  "biome check .",
  // More checkers than one end sooner alone, but each checks again what they share: half as much work more.
  "tsc --noEmit --checkers 1",
  "tsc --noEmit --checkers 1 -p src/console",
  "knip",
];

const results = await Promise.all(CHECKS.map(run));
process.exitCode = results.every(Boolean) ? 0 : 1;

/** Run by npm, which has the packages' programs in its path; true when all is well. */
async function run(command) {
  const child = spawn(command, { shell: true, stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise((done) => child.on("close", done));
  const [said, complaint] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const code = await ended;
  process.stdout.write(said);
  process.stderr.write(complaint);
  if (code !== 0) process.stderr.write(`${command} found fault.\n`);
  return code === 0;
}
