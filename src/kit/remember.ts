/** Caches the answers of a pure function for this many texts; then it drops them all. */
export function remember<Made>(most: number, make: (text: string) => Made): (text: string) => Made {
  const known = new Map<string, Made>();
  return (text) => {
    const seen = known.get(text);
    if (seen !== undefined) return seen;
    const made = make(text);
    if (known.size >= most) known.clear();
    known.set(text, made);
    return made;
  };
}
