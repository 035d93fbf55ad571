import { AppError } from "../kit/errors.ts";
import type { MatcherInput } from "./filter.type.ts";
import type { AttributionKind, AttributionModelInput } from "./model.type.ts";

/** How the touches of one conversion share it, by nothing but their place and time. */
export type CreditRule =
  | { kind: "POSITION"; first: number; middle: number; last: number }
  | { kind: "EVEN" }
  | { kind: "DECAY"; halfLifeMinutes: number }
  /** By the touches before stages, of which `stageEvents` are the beginnings; other touches share the middle. */
  | { kind: "STAGED"; first: number; stage: number; last: number; middle: number; stageEvents: readonly MatcherInput[] }
  | { kind: "SAME" }
  | { kind: "EACH" };

const DEFAULT_HALF_LIFE_MINUTES = 7 * 24 * 60;
/** Minutes of the shortest and the longest half-life: a second, and ten years. */
const HALF_LIFE = { least: 1 / 60, most: 5_256_000 };

/** What a model means for the touches; null for the two that must see every journey first. */
export function creditRuleOf(model: AttributionModelInput): CreditRule | null {
  refuseStrayWeights(model);
  switch (model.kind) {
    case "FIRST_TOUCH":
      return { kind: "POSITION", first: 1, middle: 0, last: 0 };
    case "LAST_TOUCH":
      return { kind: "POSITION", first: 0, middle: 0, last: 1 };
    case "U_SHAPED":
      return { kind: "POSITION", first: 40, middle: 20, last: 40 };
    case "J_SHAPED":
      return { kind: "POSITION", first: 20, middle: 20, last: 60 };
    case "INVERSE_J":
      return { kind: "POSITION", first: 60, middle: 20, last: 20 };
    case "W_SHAPED":
      return { kind: "STAGED", first: 30, stage: 30, last: 0, middle: 10, stageEvents: stageEventsOf(model) };
    case "FULL_PATH":
      return { kind: "STAGED", first: 22.5, stage: 22.5, last: 22.5, middle: 10, stageEvents: stageEventsOf(model) };
    case "CUSTOM":
      return customOf(model);
    case "LINEAR":
      return { kind: "EVEN" };
    case "TIME_DECAY":
      return { kind: "DECAY", halfLifeMinutes: halfLifeOf(model) };
    case "SAME_TOUCH":
      return { kind: "SAME" };
    case "PARTICIPATION":
      return { kind: "EACH" };
    case "ALGORITHMIC":
    case "MARKOV":
      return null;
  }
}

/** The setting that each model reads; any other would be silently without effect. */
const SETTINGS: Partial<Record<AttributionKind, readonly (keyof AttributionModelInput)[]>> = {
  CUSTOM: ["firstWeight", "middleWeight", "lastWeight"],
  TIME_DECAY: ["halfLifeMinutes"],
  W_SHAPED: ["stageEvents"],
  FULL_PATH: ["stageEvents"],
};

function refuseStrayWeights(model: AttributionModelInput): void {
  for (const setting of ["halfLifeMinutes", "firstWeight", "middleWeight", "lastWeight", "stageEvents"] as const) {
    if (model[setting] == null || SETTINGS[model.kind]?.includes(setting)) continue;
    throw new AppError("BAD_INPUT", `${model.kind} has no \`${setting}\`: leave it out.`, ["models"]);
  }
}

/** Stages of the models that have some. */
const STAGES = 2;

function stageEventsOf({ kind, stageEvents }: AttributionModelInput): readonly MatcherInput[] {
  if (stageEvents?.length === STAGES) return stageEvents;
  const message = `Give ${kind} ${STAGES} \`stageEvents\`: what a lead and an opportunity begin with, or any other two stages.`;
  throw new AppError("BAD_INPUT", message, ["models"]);
}

function customOf({ firstWeight, middleWeight, lastWeight }: AttributionModelInput): CreditRule {
  const [first, middle, last] = [firstWeight ?? 0, middleWeight ?? 0, lastWeight ?? 0];
  const weights = [first, middle, last];
  if (weights.some((weight) => !(weight >= 0 && weight <= 1e9))) {
    throw new AppError("BAD_INPUT", "Give CUSTOM weights from 0 to 1000000000.", ["models"]);
  }
  if (first + middle + last === 0) {
    throw new AppError("BAD_INPUT", "Give CUSTOM at least one weight above 0.", ["models"]);
  }
  return { kind: "POSITION", first, middle, last };
}

function halfLifeOf({ halfLifeMinutes }: AttributionModelInput): number {
  const length = halfLifeMinutes ?? DEFAULT_HALF_LIFE_MINUTES;
  if (length >= HALF_LIFE.least && length <= HALF_LIFE.most) return length;
  throw new AppError("BAD_INPUT", "Give TIME_DECAY a half-life from one second (0.0167) to 5256000 minutes.", [
    "models",
  ]);
}
