import fc from "fast-check";

export const LONG = process.env.FC_RUNS;

/** How often a property is tried: enough for every day; FC_RUNS times when it is set. With a time, assert it by `holds`. */
export function draws(everyDay: number, withinMs?: number) {
  if (LONG) return { numRuns: Number(LONG) };
  return { numRuns: everyDay, ...(withinMs && { interruptAfterTimeLimit: withinMs }) };
}

const HALVES = { from: 0xd800, count: 0x800 };

/**
 * Any character but half ones, as likely as fast-check's `binary`: that one keeps a map of all 1.1 million, which takes a
 * second and 100 MB of each process.
 */
export const anyCharacter = fc
  .nat(0x10ffff - HALVES.count)
  .map((place) => String.fromCodePoint(place < HALVES.from ? place : place + HALVES.count));

/**
 * `fc.assert`, but it ends when its last draw has ended. When time is up, fast-check answers at once and leaves the draw
 * running, which would go on writing into the next test's tables. Where no draw has ended by then, the first one decides.
 */
export async function holds<Drawn>(
  property: fc.IAsyncProperty<Drawn>,
  parameters: fc.Parameters<Drawn>,
): Promise<void> {
  let last: ReturnType<typeof property.run> | null = null;
  const run = (drawn: Drawn) => {
    last = property.run(drawn);
    return last;
  };
  try {
    await fc.assert<Drawn>(Object.create(property, { run: { value: run } }), parameters);
  } catch (error) {
    if (!(error as Error).message.startsWith("Property interrupted after 0 tests")) throw error;
    const fault = (await last) as { error?: unknown } | null;
    if (fault) throw fault.error ?? error;
  } finally {
    await last;
  }
}
