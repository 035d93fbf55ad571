/** What Genesys Cloud writes, in short. */

export const CALLER = "+447700900501";
const clock = (time: string) => `2026-03-02T${time}Z`;

type Cut = readonly [type: string, from: string, to: string, more?: Record<string, unknown>];

export const session = (id: string, segments: readonly Cut[], fields: Record<string, unknown> = {}) => ({
  sessionId: id,
  mediaType: "voice",
  ...fields,
  segments: segments.map(([segmentType, from, to, more]) => ({
    segmentType,
    segmentStart: clock(from),
    segmentEnd: clock(to),
    ...more,
  })),
});
export const customer = (from: string, to: string) => ({
  participantId: "customer",
  purpose: "customer",
  sessions: [
    session("s-customer", [["interact", from, to]], {
      direction: "inbound",
      ani: `tel:${CALLER}`,
      dnis: "tel:+442079460000",
    }),
  ],
});
export const queue = (id: string, from: string, to: string, disconnectType: string, fields = {}) => ({
  participantId: id,
  purpose: "acd",
  sessions: [session(`s-${id}`, [["interact", from, to, { queueId: "q", disconnectType }]], fields)],
});
export const agent = (userId: string, ...sessions: readonly object[]) => ({
  participantId: userId,
  purpose: "agent",
  userId,
  sessions,
});
export const talk = (conversationId: string, participants: readonly object[], originatingDirection = "inbound") => ({
  conversationId,
  originatingDirection,
  conversationEnd: clock("12:00:00"),
  participants,
});

export const SERVED = {
  contacts: 1,
  calls: 1,
  handled: 1,
  abandoned: 0,
  queued: 1,
  transfers: 0,
  repeatCallers: 0,
  resolved: [1, 1],
  customer: CALLER,
} as const;
