// What Ann and Bob did: Ann in January, February and November, Bob in January.

/** A view of a page of one visitor. */
export const page = (sourceId: string, occurredAt: string, login: string, more: object = {}) => ({
  kind: "touchpoint" as const,
  body: {
    source: "web",
    sourceId,
    occurredAt,
    channel: "WEB",
    kind: "PAGE_VIEW",
    url: `https://a.se/${login}/${sourceId}`,
    metadata: { long: 1 },
    identities: [{ namespace: "login", value: login }],
    ...more,
  },
});
export const bobs = { namespace: "login", value: "bob" };
/** Bob calls five minutes after his page. */
export const call = () => ({
  kind: "call" as const,
  body: {
    source: "cti",
    sourceId: "call",
    startedAt: "2026-01-05T09:05:00Z",
    identities: [bobs],
  },
});

export const told = () => [
  page("jan", "2026-01-31T23:50:00Z", "ann"),
  page("feb", "2026-02-01T00:10:00Z", "ann"),
  page("quagga", "2026-01-05T09:00:00Z", "bob"),
  page("new", "2026-11-20T09:00:00Z", "ann"),
  call(),
];
