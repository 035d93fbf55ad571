import { doneWords, type EventChoice, eventMatcher, eventWords, parseEvent, writeEvent } from "./events.ts";
import type { EventMatcher, SequenceAsked } from "./inputs.ts";
import { codeOf, minutesOf, minutesText, readSettings, writeSettings } from "./text.ts";

export const KEEPS = ["EVERYONE", "ONLY_BEFORE", "ONLY_AFTER"] as const satisfies SequenceAsked["keep"][];
export const CONTAINERS = ["CUSTOMER", "SESSION", "SENDER_SESSION"] as const satisfies SequenceAsked["container"][];

/** What happens, and how far behind the step before. */
export interface StepChoice extends EventChoice {
  /** At most, and at least, so many minutes after the step before. */
  within: number | null;
  after: number | null;
  /** The very next event. */
  next: boolean;
  /** What does not happen between. */
  without: EventChoice | null;
}

/** One thing after the other. */
export interface SequenceChoice {
  steps: StepChoice[];
  keep: (typeof KEEPS)[number];
  container: (typeof CONTAINERS)[number];
  /** At most so many minutes from the first step to the last. */
  within: number | null;
  /** The longest pause within a session, in minutes; the API's own when null. */
  pause: number | null;
}

/** A step that says nothing but what happens. */
export const stepOf = (event: EventChoice): StepChoice => ({
  ...event,
  within: null,
  after: null,
  next: false,
  without: null,
});

export const sequenceOf = (steps: StepChoice[]): SequenceChoice => ({
  steps,
  keep: "EVERYONE",
  container: "CUSTOMER",
  within: null,
  pause: null,
});

/** Reads `web.sections.billing>calls~within:60;per:session;keep:only_after`. Without steps: it says nothing known. */
export function parseSequence(text: string): SequenceChoice {
  const [steps = "", ...settings] = text.split(";");
  const said = readSettings(settings);
  return {
    steps: parseSteps(steps),
    keep: codeOf(said.get("keep"), "EVERYONE"),
    container: codeOf(said.get("per"), "CUSTOMER"),
    within: minutesOf(said.get("within")),
    pause: minutesOf(said.get("pause")),
  };
}

export function writeSequence({ steps, keep, container, within, pause }: SequenceChoice): string {
  const settings = {
    keep: keep === "EVERYONE" ? null : keep.toLowerCase(),
    per: container === "CUSTOMER" ? null : container.toLowerCase(),
    within,
    pause,
  };
  return writeSteps(steps) + writeSettings(";", settings);
}

/** Reads steps alone; none where one of them is not known: a shorter sequence would be another question. */
export function parseSteps(text: string): StepChoice[] {
  const steps = text.split(">").filter(Boolean).map(parseStep);
  return steps.every((step) => step !== null) ? steps : [];
}

export const writeSteps = (steps: readonly StepChoice[]) => steps.map(writeStep).join(">");

function parseStep(text: string, position: number): StepChoice | null {
  const [spelled = "", ...limits] = text.split("~");
  const event = parseEvent(spelled);
  if (!event || position === 0) return event && stepOf(event);
  const said = readSettings(limits);
  const without = said.has("without") ? parseEvent(said.get("without")!) : null;
  if (said.has("without") && !without) return null;
  return {
    ...event,
    within: minutesOf(said.get("within")),
    after: minutesOf(said.get("after")),
    next: said.has("next"),
    without,
  };
}

/** Nothing comes before the first step, so that it has no limits. */
function writeStep(step: StepChoice, position: number): string {
  if (position === 0) return writeEvent(step);
  const { within, after, next, without } = step;
  const limits = { within, after, next: next ? "" : null, without: without && writeEvent(without) };
  return writeEvent(step) + writeSettings("~", limits);
}

/** The matcher of the API: a single event is one, in its container; anything else is a sequence. */
export function sequenceMatcher(choice: SequenceChoice): EventMatcher {
  const [first, ...others] = choice.steps;
  if (first && others.length === 0 && choice.keep === "EVERYONE") return eventMatcher(first);
  return { sequence: sequenceAsked(choice) };
}

/** The sequence of the API. One without steps is refused there, as it should be: nothing else means what was asked. */
export function sequenceAsked({ steps, keep, container, within, pause }: SequenceChoice): SequenceAsked {
  return {
    steps: steps.map((step, position) => ({ match: eventMatcher(step), ...(position > 0 && limitsOf(step)) })),
    keep,
    container,
    ...(within !== null && { within }),
    ...(pause !== null && { sessionTimeoutMinutes: pause }),
  };
}

function limitsOf({ within, after, next, without }: StepChoice) {
  return {
    ...(within !== null && { within }),
    ...(after !== null && { after }),
    ...(next && { next }),
    ...(without && { without: eventMatcher(without) }),
  };
}

/** Of what is not all that the customer did. */
export const sessionWords = (container: SequenceChoice["container"]) =>
  container === "SESSION" ? "session" : "session as its sender cut it";

/** “saw a page in section billing, then within 1 h called, without chat or bot in between; in one session” */
export function sequenceWords(choice: SequenceChoice): string {
  const { steps, keep, container, within } = choice;
  const ends = [
    within !== null && `all within ${minutesText(within)}`,
    container !== "CUSTOMER" && `in one ${sessionWords(container)}`,
    keep === "ONLY_BEFORE" && "counting only what came before",
    keep === "ONLY_AFTER" && "counting only what came after",
  ].filter(Boolean);
  return [steps.map(stepWords).join(", "), ...ends].join("; ");
}

function stepWords(step: StepChoice, position: number): string {
  if (position === 0) return doneWords(step);
  const { within, after, next, without } = step;
  const limits = [
    next && "at once",
    within !== null && `within ${minutesText(within)}`,
    after !== null && `${within === null ? "" : "but "}not before ${minutesText(after)}`,
  ].filter(Boolean);
  const barred = without ? `, without ${eventWords(without)} in between` : "";
  return `then ${limits.map((limit) => `${limit} `).join("")}${doneWords(step)}${barred}`;
}
