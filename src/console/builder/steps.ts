import { eventMatcher, eventWords } from "./events.ts";
import type { FalloutStepAsked } from "./inputs.ts";
import { parseSteps, type StepChoice } from "./sequences.ts";
import { minutesText } from "./text.ts";

const START = "web>web.sections.billing>calls";

/** The steps of a path in the address; a usual path where it has none. */
export const pathOf = (text: string | null): StepChoice[] => parseSteps(text ?? START);

/** The steps of the API, each with a name of its own: a step may occur twice. */
export function pathAsked(steps: readonly StepChoice[]): FalloutStepAsked[] {
  const seen = new Map<string, number>();
  return steps.map((step) => {
    const words = stepName(step);
    const times = (seen.get(words) ?? 0) + 1;
    seen.set(words, times);
    return {
      name: times === 1 ? words : `${words} (${times})`,
      anyOf: [eventMatcher(step)],
      ...(step.next && { immediately: true }),
      ...(step.within !== null && { withinMinutes: step.within }),
    };
  });
}

/** “Web or app → page views in section billing, within 1 h → calls” */
export const pathWords = (steps: readonly StepChoice[]) => steps.map(stepName).join(" → ");

function stepName(step: StepChoice): string {
  const words = [
    eventWords(step),
    step.next && "at once",
    step.within !== null && `within ${minutesText(step.within)}`,
  ].filter(Boolean);
  return words.join(", ").replace(/^[a-z]/, (first) => first.toUpperCase());
}
