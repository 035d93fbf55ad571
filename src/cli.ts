import { COMMANDS } from "./cli/commands.ts";
import { ConfigError, loadEnvFile } from "./config.ts";
import { AWAY, isAway } from "./db/away.ts";
import { AppError } from "./kit/errors.ts";

process.exitCode = await main(process.argv.slice(2));

async function main([name = "help", ...args]: string[]): Promise<number> {
  const command = COMMANDS[name];
  if (!command) return help(name);
  try {
    loadEnvFile();
    return await command.run(args);
  } catch (error) {
    const isExpected = error instanceof AppError || error instanceof ConfigError || isUsage(error);
    const unexpected = isAway(error) ? AWAY : ((error as Error).stack ?? error);
    process.stderr.write(`${isExpected ? (error as Error).message : unexpected}\n`);
    return 1;
  }
}

/** Whether `util.parseArgs` rejected an unknown option. */
function isUsage(error: unknown): boolean {
  return String((error as { code?: string }).code).startsWith("ERR_PARSE_ARGS");
}

function help(name: string): number {
  const width = Math.max(...Object.keys(COMMANDS).map((known) => known.length));
  const lines = Object.entries(COMMANDS).map(([known, command]) => `  ${known.padEnd(width)}  ${command.help}`);
  const isAsked = ["help", "--help", "-h"].includes(name);
  process[isAsked ? "stdout" : "stderr"].write(
    `${isAsked ? "" : `There is no command ${name}.\n`}Usage: npm run c360 -- <command>\n${lines.join("\n")}\n`,
  );
  return isAsked ? 0 : 1;
}
