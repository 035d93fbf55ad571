import { afterAll, expect } from "vitest";

/** What each attack was answered, and its milliseconds of CPU: printed when all are done. */
const costs: Record<string, string> = {};
afterAll(() => console.info(costs));

/** Fails where the work takes more milliseconds of CPU than that, this test's own included. */
export async function costing<Answer>(name: string, most: number, work: () => Promise<Answer>): Promise<Answer> {
  const before = process.cpuUsage();
  const answer = await work();
  const { user, system } = process.cpuUsage(before);
  const ms = Math.round((user + system) / 1_000);
  costs[name] = `${toldIn(answer)} after ${ms} ms of CPU`;
  expect({ [name]: ms <= most }).toEqual({ [name]: true });
  return answer;
}

/** The statuses of an answer or of several, and the code of GraphQL's first error. */
function toldIn(answer: unknown): string {
  const all = [answer].flat().map((one) => {
    const { status, errors, codes } = Object(one) as { status?: number; errors?: Fault[]; codes?: string[] };
    return [status ?? (typeof one === "number" ? one : ""), errors?.[0]?.extensions.code ?? codes?.at(-1) ?? ""];
  });
  return [...new Set(all.map((parts) => parts.filter(Boolean).join(" ")))].join(", ");
}

interface Fault {
  extensions: { code: string };
}
