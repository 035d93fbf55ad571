import { expect, test } from "vitest";
import { CAMPAIGNS } from "../../seed/campaigns.ts";
import { demoData } from "../../seed/demo-data.ts";
import { SITE } from "../../seed/pages.ts";
import { type CallBody, DAY, type InteractionBody, MINUTE, type TouchpointBody } from "../../seed/post.ts";
import { DEMO_SOURCES } from "../../seed/sources.ts";
import { CHANNELS, OUTCOMES, TOUCHPOINT_KINDS } from "../../src/fields/choices.ts";
import { groupBy } from "../../src/kit/group.ts";

// The reports can only show what the demo data holds: each of these is something a report looks for.

const now = Date.parse("2026-11-20T14:30:00Z");
const records = demoData({ seed: 360, now });
const touchpoints = records.flatMap(({ kind, body }) => (kind === "touchpoint" ? [body as TouchpointBody] : []));
const legs = records.flatMap(({ kind, body }) => (kind === "interaction" ? [body as InteractionBody] : []));
const calls = records.flatMap(({ kind, body }) => (kind === "call" ? [body as CallBody] : []));
const voice = [...legs.filter(({ channelType }) => channelType === "VOICE"), ...calls];
const customers = records.flatMap(({ kind, body }) =>
  kind === "customer" ? [{ ...body, identities: body.identities ?? [] }] : [],
);

test("every channel, outcome and kind of touchpoint that senders may name is there", () => {
  const channels = new Set([
    ...touchpoints.map(({ channel }) => channel),
    ...legs.map(({ channelType }) => channelType),
  ]);
  const outcomes = new Set([...legs, ...calls].map(({ outcome }) => outcome));
  const kinds = new Set(touchpoints.map(({ kind }) => kind));

  expect([...CHANNELS].filter((channel) => !channels.has(channel))).toEqual([]);
  expect([...OUTCOMES].filter((outcome) => !outcomes.has(outcome))).toEqual([]);
  // A call, an intent, a message and a survey are legs: they come as interactions.
  expect([...TOUCHPOINT_KINDS].filter((kind) => !kinds.has(kind))).toEqual(["INTENT", "MESSAGE", "CALL", "SURVEY"]);
});

test("at least ten landlines are shared by two customers, and both ring from them", () => {
  const owners = groupBy(
    customers
      .filter(({ source }) => source === "crm")
      .flatMap(({ identities }) => {
        const custId = identityOf(identities, "custid");
        return identities.filter(({ namespace }) => namespace === "phone").map(({ value }) => ({ custId, value }));
      }),
    ({ value }) => value,
  );
  const shared = [...owners].filter(([, held]) => new Set(held.map(({ custId }) => custId)).size === 2);

  const rung = shared.filter(([line]) => {
    const onIt = voice.filter(({ identities }) => identityOf(identities, "phone") === line);
    return new Set(onIt.flatMap(({ identities }) => identityOf(identities, "custid") ?? [])).size === 2;
  });

  expect(shared.length).toBeGreaterThanOrEqual(10);
  expect(rung.length).toBeGreaterThanOrEqual(10);
});

test("callers ring again about the same reason within a week", () => {
  const byCaller = groupBy(
    voice.filter(({ identities }) => identityOf(identities, "phone")),
    (call) => `${identityOf(call.identities, "phone")} ${call.callReason}`,
  );

  const repeated = [...byCaller.values()].filter((group) => {
    const times = [...new Set(group.map(startOf))].sort((a, b) => a - b);
    return times.some(
      (at, index) => index > 0 && at - times[index - 1]! > 60 * MINUTE && at - times[index - 1]! < 7 * DAY,
    );
  });

  expect(repeated.length).toBeGreaterThanOrEqual(40);
});

test("callers give up within five seconds, within twenty and later", () => {
  const waits = voice.filter(({ outcome }) => outcome === "ABANDONED").map(({ queueSeconds }) => queueSeconds ?? 0);

  expect(waits.filter((wait) => wait <= 5).length).toBeGreaterThanOrEqual(10);
  expect(waits.filter((wait) => wait > 5 && wait <= 20).length).toBeGreaterThanOrEqual(10);
  expect(waits.filter((wait) => wait > 20).length).toBeGreaterThanOrEqual(10);
});

test("a transferred call has a second leg under the same journey", () => {
  const passedOn = voice.filter(({ isTransferred, agentIdTransferred }) => isTransferred && agentIdTransferred);

  const followed = passedOn.filter((first) =>
    voice.some((leg) => leg.sourceId === `${first.sourceId}-2` && leg.universalSessionId === first.universalSessionId),
  );

  expect(followed.length).toBeGreaterThanOrEqual(40);
  expect(followed.length).toBeGreaterThan(passedOn.length * 0.9);
});

test("a callback names the call that asked for it", () => {
  const asked = new Set(
    voice.filter(({ outcome }) => outcome === "CALLBACK_REQUESTED").map(({ sourceId }) => sourceId),
  );

  const back = voice.filter(({ isCallBack, callBackSessionId }) => isCallBack && asked.has(callBackSessionId ?? ""));

  expect(back.length).toBeGreaterThanOrEqual(15);
});

test("the invoice page leads to a call within half an hour four times as often as the telephones in the shop", () => {
  const invoice = propensity("/billing/invoice");
  const shop = propensity("/shop/phones");

  expect(invoice).toBeGreaterThan(0.12);
  expect(invoice).toBeGreaterThan(shop * 4);
});

test("most who reach the checkout leave it without an order", () => {
  const reached = sessionsWith(({ url }) => pathOf(url) === "/shop/checkout");
  const confirmed = sessionsWith(({ url }) => pathOf(url) === "/shop/confirmation");

  expect([...confirmed].filter((session) => reached.has(session)).length / reached.size).toBeLessThan(0.4);
});

test("the spring campaign brings more calls than the others", () => {
  const byCampaign = groupBy(
    voice.filter(({ campaign }) => campaign),
    ({ campaign }) => campaign,
  );
  const counts = [...byCampaign]
    .map(([name, group]) => ({ name, count: group.length }))
    .sort((a, b) => b.count - a.count);

  expect(counts[0]?.name).toBe("spring-fibre");
  expect(counts.length).toBe(5);
});

test("calls to tracked numbers mostly come out of a visit that is still going on, and some callers go back to the site", () => {
  const seen = groupBy(touchpoints, ({ identities }) => identityOf(identities, "ecid"));
  const visitsOf = (ecid: string | null) => (ecid === null ? [] : (seen.get(ecid) ?? []));
  const numbers = CAMPAIGNS.map(({ number }) => number);
  const tracked = voice.filter((call) => numbers.includes(String(dialledIn(call))) && call.direction === "INBOUND");
  const near = (call: (typeof voice)[number], from: number, to: number) =>
    visitsOf(identityOf(call.identities, "ecid")).some(({ occurredAt, endedAt }) => {
      const [at, end] = [Date.parse(String(occurredAt)), Date.parse(String(endedAt ?? occurredAt))];
      return end >= startOf(call) + from && at <= startOf(call) + to;
    });

  const before = tracked.filter((call) => near(call, -30 * MINUTE, 0));
  const after = voice.filter((call) => near(call, -30 * MINUTE, 0) && near(call, MINUTE, 60 * MINUTE));

  expect(before.length / tracked.length).toBeGreaterThan(0.67);
  expect(before.length / tracked.length).toBeLessThan(0.96);
  expect(after.length).toBeGreaterThanOrEqual(20);
});

function dialledIn(call: CallBody | InteractionBody): unknown {
  return "startedAt" in call ? call.dialledNumber : (call as InteractionBody).trackingNumber;
}

test("records come late, twice, contradicted, newer and older than what is known", () => {
  const versions = [...groupBy(records, ({ kind, body }) => `${kind} ${body.source} ${body.sourceId}`).values()];
  const bodies = versions.map((group) => new Set(group.map(({ body }) => JSON.stringify(body))).size);
  const revised = voice.filter(({ csatScore }) => csatScore != null);
  const late = touchpoints.filter((body, index) => {
    const before = touchpoints[index - 1];
    return (
      before !== undefined && Date.parse(String(before.occurredAt)) - Date.parse(String(body.occurredAt)) > 60 * MINUTE
    );
  });

  expect(versions.filter((group, index) => group.length > bodies[index]!).length).toBeGreaterThanOrEqual(100);
  expect(bodies.filter((count) => count > 1).length).toBeGreaterThanOrEqual(60);
  expect(revised.length).toBeGreaterThanOrEqual(50);
  expect(late.length).toBeGreaterThanOrEqual(100);
});

test("some callers nothing identifies, some only a foreign visitor id, some only a number that is on record", () => {
  const prefixes = DEMO_SOURCES.flatMap(({ foreignPrefixes }) => foreignPrefixes);
  const onRecord = new Set(customers.flatMap(({ identities }) => identities.map(({ value }) => String(value))));
  const nobody = voice.filter(({ identities }) => (identities ?? []).every(({ value }) => value === "anonymous"));
  const foreign = voice.filter(({ identities }) =>
    prefixes.some((prefix) => identityOf(identities, "ecid")?.startsWith(prefix)),
  );
  const byNumber = voice.filter(
    ({ identities }) => identities?.length === 1 && onRecord.has(String(identities[0]?.value)),
  );

  expect(nobody.length).toBeGreaterThanOrEqual(20);
  expect(foreign.length).toBeGreaterThanOrEqual(5);
  expect(byNumber.length).toBeGreaterThanOrEqual(100);
});

test("the sources disagree about some customers", () => {
  const stated = groupBy(customers, ({ identities }) => identityOf(identities, "custid"));

  const disputed = [...stated.values()].filter(
    (group) => new Set(group.flatMap(({ region }) => region ?? [])).size > 1,
  );

  expect(disputed.length).toBeGreaterThanOrEqual(10);
});

function identityOf(identities: CallBody["identities"], namespace: string): string | null {
  const found = (identities ?? []).find((identity) => identity.namespace === namespace);
  return found ? String(found.value) : null;
}

function startOf(call: CallBody | InteractionBody): number {
  return Date.parse(String("startedAt" in call ? call.startedAt : call.sessionStartTime));
}

function pathOf(url: string | null | undefined): string | null {
  return url?.startsWith(SITE) ? new URL(url).pathname : null;
}

function sessionsWith(matches: (body: TouchpointBody) => boolean): Set<string> {
  return new Set(touchpoints.filter(matches).map(({ sessionId }) => String(sessionId)));
}

/** Sessions with the page whose signed-in visitor's number rang within 30 minutes of it, told apart by the records alone. */
function propensity(page: string): number {
  const phoneOf = new Map(
    customers
      .filter(({ source }) => source === "crm")
      .map(({ identities }) => [identityOf(identities, "custid"), phonesOf(identities)]),
  );
  const custIdOf = new Map(
    touchpoints.flatMap(({ identities, sessionId }) => {
      const custId = identityOf(identities, "custid");
      return custId ? [[sessionId, custId] as const] : [];
    }),
  );
  const views = touchpoints.filter(({ url, sessionId }) => pathOf(url) === page && custIdOf.has(sessionId));
  const rung = views.filter(({ sessionId, occurredAt }) => {
    const numbers = phoneOf.get(custIdOf.get(sessionId) ?? null) ?? [];
    const at = Date.parse(String(occurredAt));
    return voice.some((call) => {
      const number = identityOf(call.identities, "phone")?.replace(/^0/, "+44");
      return number && numbers.includes(number) && startOf(call) >= at && startOf(call) <= at + 30 * MINUTE;
    });
  });
  const sessions = (bodies: readonly TouchpointBody[]) => new Set(bodies.map(({ sessionId }) => sessionId)).size;
  return sessions(rung) / sessions(views);
}

function phonesOf(identities: NonNullable<CallBody["identities"]>): string[] {
  return identities.filter(({ namespace }) => namespace === "phone").map(({ value }) => String(value));
}
