import { expect, test } from "vitest";
import { readFallout } from "../../../src/reports/fallout/fallout.report.ts";
import { FalloutInput, FalloutStepInput, type FalloutStepType } from "../../../src/reports/fallout/fallout.type.ts";
import { useDatabase } from "../../kit/database.ts";
import { ask } from "../kit/ask.ts";
import { useJourneys } from "../kit/journeys.ts";
import { at, day, given } from "../kit/world.ts";

const house = useDatabase();
const journeys = useJourneys(house);

const step = (name: string, rest: Partial<FalloutStepInput> = {}) =>
  ask(FalloutStepInput, { name, anyOf: [name === "call" ? { kinds: ["CALL"] } : { names: [name] }], ...rest });
const counts = (steps: FalloutStepType[]) => steps.map(({ count }) => count);

test("counts a customer at each step only while the order holds", async () => {
  await given(house.db, {
    ann: "page /home 09:00 > page /billing 09:05 > call 09:30",
    bob: "page /home 10:00 > page /billing 10:10",
    cat: "call 11:00 > page /home 11:05 > page /billing 11:20",
    dan: "page /billing 12:00",
  });

  const { steps } = await readFallout(
    journeys,
    ask(FalloutInput, { period: day, steps: [step("/home"), step("/billing"), step("call")], includeAll: true }),
  );

  const none = { pending: 0, dropped: 0, medianSecondsFromPrevious: null };
  expect(steps).toEqual([
    { ...none, name: "All customers", count: 4, ofFirst: 1, ofPrevious: 1 },
    { ...none, name: "/home", count: 3, ofFirst: 3 / 4, ofPrevious: 3 / 4, dropped: 1 },
    { ...none, name: "/billing", count: 3, ofFirst: 3 / 4, ofPrevious: 1, medianSecondsFromPrevious: 600 },
    { ...none, name: "call", count: 1, ofFirst: 1 / 4, ofPrevious: 1 / 3, dropped: 2, medianSecondsFromPrevious: 1500 },
  ]);
});

test("goes back to a later first step when the earlier one is out of time", async () => {
  await given(house.db, { ann: "page /a 10:00 > page /b 10:50 > page /a 11:00 > page /b 11:05" });
  const input = ask(FalloutInput, { period: day, steps: [step("/a"), step("/b")], withinMinutes: 10 });

  const ofPath = await readFallout(journeys, input);
  const ofStep = await readFallout(journeys, {
    ...input,
    withinMinutes: null,
    steps: [step("/a"), step("/b", { withinMinutes: 5 })],
  });

  expect(counts(ofPath.steps)).toEqual([1, 1]);
  expect(counts(ofStep.steps)).toEqual([1, 1]);
  expect(ofStep.steps[1]!.medianSecondsFromPrevious).toBe(300);
});

test("counts each walk of whoever walks the path again, and what they began anew", async () => {
  await given(house.db, {
    ann: "page /a 10:00 > page /b 10:05 > page /b 10:06 > page /a 11:00 > page /a 11:10 > page /b 11:20 > page /a 12:00",
    bob: "page /a 10:00 > page /b 10:05 > call 10:06",
    cat: "page /b 09:00",
  });
  const input = ask(FalloutInput, { period: day, steps: [step("/a"), step("/b")], reEntry: true });

  const { steps } = await readFallout(journeys, input);
  const once = await readFallout(journeys, { ...input, reEntry: false });
  const everybody = readFallout(journeys, { ...input, includeAll: true });

  expect(counts(steps)).toEqual([4, 3]);
  expect(steps[1]).toMatchObject({ dropped: 1, medianSecondsFromPrevious: 300 });
  expect(counts(once.steps)).toEqual([2, 2]);
  await expect(everybody).rejects.toThrow("leave out `includeAll`");
});

test("lets only the very next event take a step that has to follow immediately", async () => {
  await given(house.db, {
    ann: "page /a 10:00 > search x 10:01 > page /b 10:02",
    bob: "page /a 10:00 > search x 10:01 > page /a 10:02 > page /b 10:03",
  });

  const { steps } = await readFallout(
    journeys,
    ask(FalloutInput, { period: day, steps: [step("/a"), step("/b", { immediately: true })] }),
  );

  expect(counts(steps)).toEqual([2, 1]);
});

test("needs two events for two equal steps, and takes those of one instant in their order", async () => {
  await given(house.db, {
    ann: "page /a 10:00",
    bob: "page /a 10:00 > page /a 10:00",
    cat: "call 10:00 > page /a 10:00",
  });

  const twice = await readFallout(journeys, ask(FalloutInput, { period: day, steps: [step("/a"), step("/a")] }));
  const webFirst = await readFallout(journeys, ask(FalloutInput, { period: day, steps: [step("/a"), step("call")] }));
  const callFirst = await readFallout(journeys, ask(FalloutInput, { period: day, steps: [step("call"), step("/a")] }));

  expect(counts(twice.steps)).toEqual([3, 1]);
  expect(counts(webFirst.steps)).toEqual([3, 1]);
  expect(counts(callFirst.steps)).toEqual([1, 0]);
});

test("calls pending, not dropped, whoever still has time at the end of watching", async () => {
  await given(house.db, {
    ann: "page /a 23:00",
    bob: "page /a 23:30",
    cat: "page /a 23:59",
    dan: "page /a 23:45 > page /b 23:50",
  });
  const input = ask(FalloutInput, { period: day, steps: [step("/a"), step("/b", { withinMinutes: 30 }), step("/c")] });

  const customers = await readFallout(journeys, input);
  const sessions = await readFallout(journeys, { ...input, container: "SESSION", sessionTimeoutMinutes: 10 });
  const early = await readFallout(journeys, input, at("23:20"));

  const open = ({ steps }: { steps: FalloutStepType[] }) => steps.map(({ dropped, pending }) => [dropped, pending]);
  expect(open(customers)).toEqual([
    [0, 0],
    [1, 2],
    [1, 0],
  ]);
  // Of the sessions, only cat's could have gone on.
  expect(open(sessions)).toEqual([
    [0, 0],
    [2, 1],
    [1, 0],
  ]);
  expect(open(early)[1]).toEqual([0, 3]);
});

test("walks the path anew in each session", async () => {
  await given(house.db, {
    ann: "page /a 09:00 > call 09:10 > page /a 12:00 > page /b 12:05 > call 15:00",
    nobody: { identity: "RECORD", events: [{ at: at("10:00"), channel: "VOICE", kind: "CALL" }] },
  });

  const { steps } = await readFallout(
    journeys,
    ask(FalloutInput, { period: day, steps: [step("/a"), step("call")], container: "SESSION", includeAll: true }),
  );

  expect(steps.map(({ name, count }) => [name, count])).toEqual([
    ["All sessions", 3],
    ["/a", 2],
    ["call", 1],
  ]);
});

test("answers an empty period with zeros", async () => {
  await given(house.db, { ann: "page /a 3T10:00" });

  const { steps } = await readFallout(journeys, ask(FalloutInput, { period: day, steps: [step("/a"), step("call")] }));

  const nothing = {
    count: 0,
    ofFirst: null,
    ofPrevious: null,
    dropped: 0,
    pending: 0,
    medianSecondsFromPrevious: null,
  };
  expect(steps).toEqual([
    { name: "/a", ...nothing },
    { name: "call", ...nothing },
  ]);
});

test("says what to change in an impossible question", async () => {
  const reading = (question: Partial<FalloutInput>) =>
    readFallout(journeys, ask(FalloutInput, { period: day, steps: [step("/a"), step("call")], ...question }));

  await expect(reading({ steps: [step("/a")] })).rejects.toThrow("A fallout needs at least two steps");
  await expect(reading({ steps: [], includeAll: true })).rejects.toThrow("at least two steps");
  await expect(reading({ steps: Array(21).fill(step("/a")) })).rejects.toThrow("at most 20 `steps`");
  await expect(reading({ steps: [step("/a", { immediately: true }), step("call")] })).rejects.toThrow(
    "before the first",
  );
  await expect(reading({ steps: [step("/a"), step("b", { anyOf: [] })] })).rejects.toMatchObject({
    code: "BAD_INPUT",
    message: expect.stringContaining("at least one in `anyOf`"),
    inputPath: ["steps", "1", "anyOf"],
  });
  const overfull = step("b", { anyOf: Array(21).fill({ kinds: ["CALL"] }) });
  await expect(reading({ steps: [step("/a"), overfull] })).rejects.toThrow("at most 20 matchers");
  await expect(reading({ withinMinutes: -1 })).rejects.toThrow("`withinMinutes` is -1: give a number from 0");
  await expect(reading({ period: { from: day.to, to: day.from } })).rejects.toThrow("give a `to` later");
});
