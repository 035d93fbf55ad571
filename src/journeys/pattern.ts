/**
 * `*` is any text, everything else is itself; capitals do not matter. Each part is sought once, behind the one before: a
 * regular expression would try all places of all parts, and a name of a thousand letters would hold the process for hours.
 */
export function patternOf(pattern: string): (name: string) => boolean {
  const [first, ...rest] = pattern.toLowerCase().split("*");
  const last = rest.pop();
  return (text) => {
    const name = text.toLowerCase();
    if (last === undefined) return name === first;
    if (!name.startsWith(first!) || !name.endsWith(last)) return false;
    let from = first!.length;
    const to = name.length - last.length;
    for (const part of rest) {
      const at = name.indexOf(part, from);
      if (at === -1) return false;
      from = at + part.length;
    }
    return from <= to;
  };
}
