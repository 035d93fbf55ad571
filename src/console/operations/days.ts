import { shortDayOf } from "../parts/format.ts";

/** The calendar days of a period, in the API's spelling and as people read them. */
export function daysOf({ from, to }: { from: string; to: string }): { day: string; name: string }[] {
  const days: { day: string; name: string }[] = [];
  const end = new Date(to);
  for (const day = new Date(from); day < end; day.setDate(day.getDate() + 1)) {
    const [month, date] = [day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, "0"));
    days.push({ day: `${day.getFullYear()}-${month}-${date}`, name: shortDayOf(day.toISOString()) });
  }
  return days;
}
