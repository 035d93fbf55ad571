import { describe, expect, test } from "vitest";
import { REDACTED_KINDS } from "../../src/facts/redacting/redact-text.ts";
import type { Field } from "../../src/fields/field.ts";
import { redactRecord } from "../../src/ingest/reading/redact-record.ts";
import { validate } from "../../src/ingest/reading/validate.ts";
import { GIVEN } from "../fields/generated.ts";

const redacting = { kinds: new Set(REDACTED_KINDS), region: "SE" };
const CARD = "4111111111111111";

/** Fields that stay as they were sent, and why. */
const STAYS: Readonly<Record<string, string>> = {
  source: "the name of a system, half of a record's key",
  sourceId: "the other half: changed, the record would be another one",
  sessionId: "says which session",
  universalSessionId: "says which journey",
  callBackSessionId: "says which session",
  contactKey: "says which contact",
  callId: "says which call",
  transactionId: "says which order",
  agentId: "says which agent",
  agentIdTransferred: "says which agent",
  agentSkillId: "says which of the centre's skills",
  agentSkillIdTransferred: "says which of the centre's skills",
  callCentreId: "says which centre",
  trackingNumber: "a number of the company's",
  dialledNumber: "a number of the company's",
};

const texts = (kind: keyof typeof GIVEN) => GIVEN[kind].filter((field) => cardIn(field) !== null);

function cardIn(field: Field): unknown {
  if (field.type === "text") return field.redact === "address" ? `https://a.se/${CARD}` : CARD;
  if (field.type === "list") return field.choices ? null : [CARD];
  if (field.type === "json") return { [CARD]: [{ [CARD]: CARD }] };
  return field.type === "signals" ? [{ code: CARD, reason: CARD }] : null;
}

const LEAST = {
  interaction: { sessionStartTime: "2026-11-01T10:00:00Z", channelType: "VOICE" },
  call: { startedAt: "2026-11-01T10:00:00Z" },
  touchpoint: { occurredAt: "2026-11-01T10:00:00Z", kind: "MESSAGE", channel: "CHAT" },
  customer: { observedAt: "2026-11-01T10:00:00Z" },
};

describe.each(Object.keys(LEAST) as (keyof typeof LEAST)[])("of a %s", (kind) => {
  test.each(texts(kind).map((field) => [field.name, field] as const))(
    "%s is looked through, or stays for a reason",
    (name, field) => {
      const body = { source: "s", sourceId: "1", ...LEAST[kind], [name]: cardIn(field) };
      const validated = validate({ kind, body }, null);
      if ("reason" in validated) throw new Error(validated.message);

      const { validated: left, found } = redactRecord(validated, redacting);

      const isLeft = JSON.stringify(left.body).includes(CARD);
      expect({ name, isLeft, found: found.map((one) => one.kind) }).toEqual(
        STAYS[name] ? { name, isLeft: true, found: [] } : { name, isLeft: false, found: ["card"] },
      );
    },
  );
});

test("keys of which nothing is left stay apart, and so do their values", () => {
  const metadata = {
    [CARD]: 1,
    "5555555555554444": 2,
    "[card] 2": 3,
    plain: { "4111-1111-1111-1111": 5_555_555_555_554_444 },
  };
  const validated = validate(
    { kind: "touchpoint", body: { source: "s", sourceId: "1", ...LEAST.touchpoint, metadata } },
    null,
  );
  if ("reason" in validated) throw new Error(validated.message);

  const { validated: left } = redactRecord(validated, redacting);

  expect(left.body).toMatchObject({
    metadata: { "[card]": 1, "[card] 2": 2, "[card] 2 2": 3, plain: { "[card]": "[card]" } },
  });
});
