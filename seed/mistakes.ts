import { HOUR, iso } from "./post.ts";

/** Records with mistakes, so that the list of rejections has something to show. */
export function demoMistakes(
  now: number,
): { kind: "interaction" | "call" | "touchpoint" | "customer"; body: unknown }[] {
  const at = iso(now - HOUR);
  const caller = [{ namespace: "custid", value: "2007" }];
  return [
    { kind: "call", body: { source: "telephony", sourceId: "broken-1", identities: caller, startedAt: "20/11 09:30" } },
    {
      kind: "call",
      body: { source: "telephony", sourceId: "broken-2", identities: caller, startedAt: at, queueSeconds: -4 },
    },
    { kind: "call", body: { source: "telephony", identities: caller, startedAt: at } },
    {
      kind: "touchpoint",
      body: { source: "web", sourceId: "broken-3", occurredAt: at, kind: "HOVER", channel: "WEB" },
    },
    {
      kind: "interaction",
      body: { source: "connect", sourceId: "broken-4", channelType: "PHONE", sessionStartTime: at },
    },
    { kind: "customer", body: { source: "billing", sourceId: "broken-5", identities: caller } },
    { kind: "customer", body: { source: "crm", sourceId: "broken-6", observedAt: at, identities: caller, age: 212 } },
  ];
}
