import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { validate } from "../../src/ingest/reading/validate.ts";
import { instantAt, readingsOf, wallAt } from "../../src/kit/local-time.ts";
import { draws } from "../kit/draws.ts";

type Body = Record<string, unknown>;

/** The times of the leg, or why it was refused. */
function timesOf(
  kind: "call" | "interaction",
  body: Body,
  { zone = "Europe/London", startHint = undefined as Date | undefined } = {},
) {
  const record = { kind, body: { source: "pbx", sourceId: "1", ...body }, startHint };
  const answer = validate(record, zone);
  if ("reason" in answer) return answer.reason;
  if (answer.kind !== "interaction") throw new Error("no leg");
  const { sessionStartTime, interactionStartTime, interactionEndTime, sessionEndTime } = answer.body;
  return [sessionStartTime, interactionStartTime, interactionEndTime, sessionEndTime].map(
    (time) => time?.toISOString().slice(11, 19) ?? null,
  );
}

describe("the local times of one call are settled together", () => {
  const NIGHT = "2026-10-25";
  const at = (clock: string) => `${NIGHT} ${clock}`;

  test.each<[string, Body, (string | null)[]]>([
    [
      "a call that goes on into the second hour",
      { startedAt: at("01:50:00"), answeredAt: at("01:50:10"), endedAt: at("01:10:00"), durationSeconds: 1_200 },
      ["00:50:00", "00:50:10", "01:10:00", null],
    ],
    ["without its length", { startedAt: at("01:50"), endedAt: at("01:10") }, ["00:50:00", null, "01:10:00", null]],
    [
      "within the first of the two",
      { startedAt: at("01:10"), endedAt: at("01:30") },
      ["00:10:00", null, "00:30:00", null],
    ],
    [
      "from the first to the second, as its length says",
      { startedAt: at("01:10"), endedAt: at("01:30"), durationSeconds: 4_800 },
      ["00:10:00", null, "01:30:00", null],
    ],
    [
      "a minute off its length",
      { startedAt: at("01:30"), endedAt: at("02:10"), durationSeconds: 2_460 },
      ["01:30:00", null, "02:10:00", null],
    ],
    [
      "of the second hour, as its talk says",
      { startedAt: at("01:58"), answeredAt: at("01:59"), endedAt: at("02:09"), talkSeconds: 600 },
      ["01:58:00", "01:59:00", "02:09:00", null],
    ],
    ["begun before the hour", { startedAt: at("00:59"), endedAt: at("01:05") }, [`23:59:00`, null, "00:05:00", null]],
    [
      "with a wrap-up in the second hour",
      { startedAt: at("01:40"), answeredAt: at("01:41"), endedAt: at("01:59"), wrapUpEndedAt: at("01:02") },
      ["00:40:00", "00:41:00", "00:59:00", "01:02:00"],
    ],
  ])("%s", (_, body, expected) => {
    expect(timesOf("call", body)).toEqual(expected);
  });

  test("a start that the sender's id tells is the one that is told", () => {
    const body = { startedAt: at("01:20"), endedAt: at("01:40"), durationSeconds: 1_200 };

    expect(timesOf("call", body)).toEqual(["00:20:00", null, "00:40:00", null]);
    expect(timesOf("call", body, { startHint: new Date(`${NIGHT}T01:20:01Z`) })).toEqual([
      "01:20:00",
      null,
      "01:40:00",
      null,
    ]);
  });

  test("clocks that never heard of summer time ring through the hour that is skipped", () => {
    const spring = { startedAt: "2026-03-29 01:50", endedAt: "2026-03-29 02:10" };

    expect(timesOf("call", spring)).toEqual(["00:50:00", null, "01:10:00", null]);
    expect(timesOf("call", { ...spring, durationSeconds: 1_200 })).toEqual(["00:50:00", null, "01:10:00", null]);
  });

  test("an end that no reading puts after its start is refused as ever", () => {
    expect(timesOf("call", { startedAt: at("03:30"), endedAt: at("02:10") })).toBe("ENDS_BEFORE_START");
  });
});

const ZONES = ["Europe/London", "America/New_York", "Australia/Lord_Howe", "America/St_Johns", "Asia/Jerusalem"];
/** Hours round the changes of clocks in 2026, by zone. */
const changes = fc
  .tuple(
    fc.constantFrom(...ZONES),
    fc.constantFrom("2026-03-08", "2026-03-27", "2026-03-29", "2026-04-04", "2026-10-04", "2026-10-25", "2026-11-01"),
  )
  .chain(([zone, day]) =>
    fc.tuple(
      fc.constant(zone),
      fc.integer({ min: 0, max: 172_800 }).map((seconds) => Date.parse(day) + seconds * 1_000),
    ),
  );
const seconds = fc.integer({ min: 0, max: 7_200 });

/** What the sender's clock on the wall showed. */
const shown = (instant: number, zone: string) => new Date(wallAt(new Date(instant), zone)).toISOString().slice(0, 19);

test("of a call whose length is stated no local time is misread, unless two readings fit it as well", () => {
  fc.assert(
    fc.property(changes, seconds, seconds, seconds, ([zone, start], ring, talk, wrapUp) => {
      const instants = [
        start,
        start + ring * 1_000,
        start + (ring + talk) * 1_000,
        start + (ring + talk + wrapUp) * 1_000,
      ];
      const [startedAt, answeredAt, endedAt, wrapUpEndedAt] = instants.map((instant) => shown(instant, zone));
      const lengths = { durationSeconds: ring + talk, queueSeconds: ring };

      const times = timesOf("call", { startedAt, answeredAt, endedAt, wrapUpEndedAt, ...lengths }, { zone });

      expect(times).not.toBe("ENDS_BEFORE_START");
      const [began, , ended] = (times as string[]).map((time) => Date.parse(`1970-01-01T${time}Z`) / 1_000);
      expect((ended! - began! + 86_400) % 86_400).toBe(ring + talk);
      expect(readingsOf(instantAt(Date.parse(`${startedAt}Z`), zone)).map(timeOfDay)).toContain(times[0]);
    }),
    draws(300),
  );
});

const timeOfDay = (instant: Date) => instant.toISOString().slice(11, 19);

test("told where its sender's id says that it began, a call is read as it was", () => {
  fc.assert(
    fc.property(changes, seconds, ([zone, start], length) => {
      const body = {
        startedAt: shown(start, zone),
        endedAt: shown(start + length * 1_000, zone),
        durationSeconds: length,
      };

      const times = timesOf("call", body, { zone, startHint: new Date(start) });

      expect([times[0], times[2]]).toEqual([start, start + length * 1_000].map((time) => timeOfDay(new Date(time))));
    }),
    draws(300),
  );
});

test("a leg under the names of the JAR, and a touchpoint, are settled alike", () => {
  const second = { startHint: new Date("2026-10-25T01:20:00Z") };
  const hour = { channelType: "VOICE", sessionStartTime: "2026-10-25 01:20", interactionEndTime: "2026-10-25 01:40" };
  expect(timesOf("interaction", hour, second)).toEqual(["01:20:00", null, "01:40:00", null]);

  const leg = { channelType: "CHAT", sessionStartTime: "2026-10-25 01:50", interactionEndTime: "2026-10-25 01:10" };
  const touchpoint = { kind: "PAGE_VIEW", channel: "WEB", occurredAt: "2026-10-25 01:50", endedAt: "2026-10-25 01:10" };
  const moment = validate(
    { kind: "touchpoint", body: { source: "web", sourceId: "1", ...touchpoint } },
    "Europe/London",
  );

  expect(timesOf("interaction", leg)).toEqual(["00:50:00", null, "01:10:00", null]);
  expect(moment).toMatchObject({ body: { endedAt: new Date("2026-10-25T01:10:00Z") } });
});
