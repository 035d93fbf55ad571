import type { Happening, Person } from "../reports/kit/world.ts";

/** What people did in October and November, so that there is something of every question to tell. */
export function people(): Record<string, Person> {
  const page = (time: string, name: string, more: Partial<Happening> = {}): Happening => ({
    at: new Date(`2026-${time}:00Z`),
    channel: "WEB",
    kind: "PAGE_VIEW",
    name,
    ...more,
  });
  const call = (time: string, callReason: string | null, more: Partial<Happening> = {}): Happening => ({
    at: new Date(`2026-${time}:00Z`),
    channel: "VOICE",
    kind: "CALL",
    callReason,
    ...more,
  });
  const taking = (minutes: string) => ({ until: new Date(`2026-${minutes}:00Z`) });
  return {
    ann: {
      region: "north",
      products: ["card", "loan"],
      events: [
        page("10-05T09:00", "/home"),
        page("10-05T09:10", "/billing", { value: [12.5, "EUR"] }),
        call("10-05T09:30", "billing", {
          ...taking("10-05T09:40"),
          cost: [4.1, "EUR"],
          columns: { agent_seconds: 500 },
        }),
        page("11-07T09:00", "/home"),
        call("11-09T09:00", "billing", { cost: [2.2, "EUR"] }),
      ],
    },
    bob: {
      identity: "CARRIER",
      events: [
        page("10-31T23:50", "/home"),
        page("11-01T00:10", "/help"),
        call("11-01T00:20", "moving", { cost: [1, "SEK"] }),
      ],
    },
    cat: {
      events: [
        page("11-03T10:00", "/help"),
        page("11-03T12:00", "/home"),
        { ...call("11-03T12:10", null), channel: "CHAT", kind: "MESSAGE", intent: "hello" },
      ],
    },
    dan: { events: [call("10-09T10:00", "billing", { columns: { match_status: "OFFLINE" } })] },
    eve: {
      events: [call("10-12T10:00", "billing", { columns: { is_consult: true } }), call("10-12T10:01", "billing")],
    },
    nobody: { identity: "RECORD", events: [call("11-02T10:00", "billing")] },
  };
}
