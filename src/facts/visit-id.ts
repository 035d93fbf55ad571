// A visit that pauses bound has no name of its sender's.

/**
 * The id of the visit that begins with this touchpoint, and, the other way about, the touchpoint that such a visit began
 * with when it had this id: the last bit, turned. So an id given earlier still leads to the visit that holds that moment.
 */
export function twinOf(id: string): string {
  return id.slice(0, -1) + (Number.parseInt(id.slice(-1), 16) ^ 1).toString(16);
}
