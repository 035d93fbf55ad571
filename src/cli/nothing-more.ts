import { AppError } from "../kit/errors.ts";

/** Refuses words of a command line that would do nothing: a mistyped option must not run the command without it. */
export function nothingMore(args: readonly string[], usage: string): void {
  if (args.length > 0) throw new AppError("BAD_INPUT", `${args[0]} means nothing here. ${usage}`);
}
