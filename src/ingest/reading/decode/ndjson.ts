import { RepeatedName, readJson } from "../../../kit/json.ts";
import type { Decoded, DecodedRow, Line } from "./row.ts";

/** A line that holds one JSON object. */
export function readJsonLine({ line, text }: Line): Decoded {
  try {
    const row: unknown = readJson(text);
    if (typeof row === "object" && row !== null && !Array.isArray(row))
      return { line, raw: text, row: row as DecodedRow };
    return {
      line,
      raw: text,
      fault: { reason: "BROKEN_ROW", message: "The line is JSON, but no object: send one object a line." },
    };
  } catch (error) {
    const message =
      error instanceof RepeatedName
        ? error.message
        : "The line is not JSON: send one object a line, without commas between them.";
    return { line, raw: text, fault: { reason: "BROKEN_ROW", message } };
  }
}
