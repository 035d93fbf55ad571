/** This many days in the viewer's time zone, today included. */
export function lastDays(days: number, now: Date): { from: string; to: string } {
  const end = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1);
  const start = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1 - days);
  return { from: start.toISOString(), to: end.toISOString() };
}
