import type { Decoded, Line } from "./row.ts";

const QUOTED = '"((?:[^"\\\\]|\\\\.)*)"';
const LOG_LINE = new RegExp(
  `^(\\S+) (\\S+) (.+?) \\[([^\\]]+)\\] ${QUOTED} (\\d{3}) (\\d+|-)(?: ${QUOTED} ${QUOTED})?\\s*$`,
);

/** A line of an Apache access log, combined or common, which has no referrer and agent. A single dash means nothing. */
export function readApacheLine({ line, text }: Line): Decoded {
  const found = LOG_LINE.exec(text);
  if (!found) {
    const message =
      'The line is not in Apache\'s combined format: %h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i".';
    return { line, raw: text, fault: { reason: "BROKEN_ROW", message } };
  }
  const [ip, ident, user, time, request, status, size, referrer, agent] = found.slice(1).map(textOf);
  const [method, path, protocol] = requestOf(request ?? "");
  return {
    line,
    raw: text,
    row: { ip, ident, user, time, request, method, path, protocol, status, size, referrer, agent },
  };
}

function textOf(part: string | undefined): string {
  return part === undefined || part === "-" ? "" : part.replace(/\\(["\\])/g, "$1");
}

/** Scanners send anything: a text that is no request line leaves method and path empty. */
function requestOf(request: string): readonly string[] {
  return /^([A-Z]+) (\S+)(?: (HTTP\/\S+))?$/.exec(request)?.slice(1) ?? ["", "", ""];
}
