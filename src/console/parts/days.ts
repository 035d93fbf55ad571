/** This many days in the viewer's time zone, today included. */
export function lastDays(days: number, now: Date): { from: string; to: string } {
  const end = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1);
  const start = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1 - days);
  return { from: start.toISOString(), to: end.toISOString() };
}

export const isDateText = (text: string | null): text is string => /^\d{4}-\d\d-\d\d$/.test(text ?? "");

/** Midnight in the viewer's time zone, of a day or of so many later. */
export function midnightOf(day: string, later: number): string {
  const [year, month, date] = day.split("-").map(Number);
  return new Date(year!, month! - 1, date! + later).toISOString();
}
