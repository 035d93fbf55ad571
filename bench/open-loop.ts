import { Agent, request } from "node:http";
import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import type { Served } from "./serve.ts";

export interface Pace {
  rate: number;
  seconds: number;
}

/** An answer, and its milliseconds since the moment at which its request was due. */
export interface Answered {
  ms: number;
  status: number;
  text: string;
}

/** Requests leave on schedule whether earlier ones are answered or not, and wait from the scheduled moment. */
export async function askOpenLoop(
  server: Served,
  { rate, seconds }: Pace,
  body: (n: number) => object,
): Promise<Answered[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const start = performance.now();
  const asked = Array.from({ length: rate * seconds }, async (_, n) => {
    const due = start + (n * 1_000) / rate;
    await pause(Math.max(0, due - performance.now()));
    const answer = await post(server, agent, body(n));
    return { ...answer, ms: performance.now() - due };
  });
  const answered = await Promise.all(asked);
  agent.destroy();
  return answered;
}

/** Posts to `/graphql`. */
export function post({ url, headers }: Served, agent: Agent, body: object): Promise<Pick<Answered, "status" | "text">> {
  const text = JSON.stringify(body);
  const options = { method: "POST", agent, headers: { ...headers, "content-length": Buffer.byteLength(text) } };
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/graphql`, options, (answer) => {
      let got = "";
      answer.setEncoding("utf8");
      answer.on("data", (chunk: string) => {
        got += chunk;
      });
      answer.on("end", () => resolve({ status: answer.statusCode!, text: got }));
      answer.on("error", reject);
    });
    sent.on("error", reject);
    sent.end(text);
  });
}
