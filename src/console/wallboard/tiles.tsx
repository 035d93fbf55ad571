import { Button } from "react-aria-components/Button";
import { Tooltip, TooltipTrigger } from "react-aria-components/Tooltip";
import { countOf, lengthOf, moneyText, percentOf, wordsOf } from "../parts/format.ts";
import { OpenFigure } from "../reports/cell.tsx";
import type { KpiFields } from "./kpi.query.ts";

interface Tile {
  label: string;
  /** The field of the API, for whoever is behind it; of a list with the method or the currency. Null: nobody is. */
  figure: string | null;
  value: string;
  /** What exactly is counted, shown on hover. */
  definition: string;
  tone?: "good" | "warn" | "bad" | null;
}

/** From which value a figure is no longer good, and from which it is bad. */
const THRESHOLDS = {
  abandonment: { good: 0.05, bad: 0.1 },
  resolution: { good: 0.75, bad: 0.6 },
};

/** The method of the service level and its target. */
export interface Level {
  method: string;
  seconds: number;
  /** In percent. */
  target: number;
}

/** Percentage points below the target that still count as a warning; below that the figure is bad. */
const WATCHED = 10;

/** The figures of the period, each with its definition. */
export function Tiles({ kpi, level }: { kpi: KpiFields; level: Level }) {
  return (
    <ul className="tiles">
      {tilesOf(kpi, level).map(({ label, figure, value, definition, tone }) => (
        <li key={label} className="panel tile" data-tone={tone ?? undefined}>
          <TooltipTrigger delay={150}>
            <Button className="tile-label">{label}</Button>
            <Tooltip className="tip" placement="bottom start">
              {definition}
            </Tooltip>
          </TooltipTrigger>
          <span className="tile-value">
            <OpenFigure cell={{ figure }} isEmpty={figure === null || value === "–" || value === "0"}>
              <strong>{value}</strong>
            </OpenFigure>
            {tone && (
              <span className="tag" data-tone={tone}>
                {TONES[tone]}
              </span>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

const TONES = { good: "on target", warn: "watch", bad: "off target" };

function tilesOf(kpi: KpiFields, level: Level): Tile[] {
  return [...volumeTiles(kpi, level), ...resolutionTiles(kpi), ...timeTiles(kpi), ...afterTiles(kpi)];
}

function volumeTiles(kpi: KpiFields, { method, seconds, target }: Level): Tile[] {
  const level = kpi.serviceLevels.find((one) => one.method === method);
  return [
    {
      label: "Contacts",
      figure: "contacts",
      value: countOf(kpi.contacts),
      definition: `${countOf(kpi.queued)} of them waited in a queue.`,
    },
    { label: "Handled", figure: "handled", value: countOf(kpi.handled), definition: "Contacts that an agent took." },
    {
      label: `Service level in ${seconds} s`,
      figure: `serviceLevels/${method}`,
      value: percentOf(level?.value),
      definition: `${wordsOf(method)}: ${level?.definition} ${level?.numerator} of ${level?.denominator}; the target is ${target}%.`,
      tone: above(level?.value, { good: target / 100, bad: (target - WATCHED) / 100 }),
    },
    {
      label: "Abandoned",
      figure: "abandonmentRate",
      value: percentOf(kpi.abandonmentRate),
      definition: `Hung up while in the queue, of those queued: ${countOf(kpi.abandoned)}, ${countOf(kpi.shortAbandoned)} of them at once.`,
      tone: below(kpi.abandonmentRate, THRESHOLDS.abandonment),
    },
  ];
}

/** First-contact resolution by the two methods that need no survey. */
function resolutionTiles({ firstContactResolution }: KpiFields): Tile[] {
  return firstContactResolution
    .filter(({ method }) => method === "FLAG" || method === "NO_REPEAT")
    .map(({ method, value, definition, numerator, denominator }) => ({
      figure: `firstContactResolution/${method}`,
      label: method === "FLAG" ? "Resolved at once" : "No call back in 7 days",
      value: percentOf(value),
      definition: `${definition} ${numerator} of ${denominator}.`,
      tone: above(value, THRESHOLDS.resolution),
    }));
}

function timeTiles(kpi: KpiFields): Tile[] {
  return [
    {
      label: "Answered after",
      figure: "averageSpeedOfAnswerSeconds",
      value: lengthOf(kpi.averageSpeedOfAnswerSeconds),
      definition: "Mean wait in the queue of those answered.",
    },
    {
      label: "Longest wait",
      figure: null,
      value: lengthOf(kpi.maxQueueSeconds),
      definition: "The longest anybody waited, abandoned calls included.",
    },
    {
      label: "Handle time",
      figure: "averageHandleSeconds",
      value: lengthOf(kpi.averageHandleSeconds),
      definition: "Talk, hold and wrap-up of a handled contact, on average.",
    },
    {
      label: "Wrap-up",
      figure: "averageWrapUpSeconds",
      value: lengthOf(kpi.averageWrapUpSeconds),
      definition: "Work after the call of a handled contact, on average.",
    },
  ];
}

function afterTiles(kpi: KpiFields): Tile[] {
  return [
    {
      label: "Transferred",
      figure: "transferRate",
      value: percentOf(kpi.transferRate),
      definition: "Handed on, of those handled.",
    },
    {
      label: "Repeat callers",
      figure: "repeatCallerRate",
      value: percentOf(kpi.repeatCallerRate),
      definition: "Customers who rang again within seven days, of those who rang.",
    },
    {
      label: "Call back asked",
      figure: "callbackRate",
      value: percentOf(kpi.callbackRate),
      definition: "Ended with a call back asked for, of those queued.",
    },
    {
      label: "Satisfied",
      figure: "csatTopTwoBox",
      value: percentOf(kpi.csatTopTwoBox),
      definition: `Scores in the two best values of their scale, where it is known; the mean is ${percentOf(kpi.averageCsat)} of it.`,
    },
    {
      label: "Cost of a contact",
      figure: `costPerContact/${kpi.costPerContact[0]?.currency}`,
      value: moneyText(kpi.costPerContact),
      definition: "Cost over the contacts that state one.",
    },
  ];
}

function above(value: number | null | undefined, { good, bad }: { good: number; bad: number }): Tile["tone"] {
  if (value == null) return null;
  return value >= good ? "good" : value < bad ? "bad" : "warn";
}

function below(value: number | null, { good, bad }: { good: number; bad: number }): Tile["tone"] {
  if (value === null) return null;
  return value <= good ? "good" : value > bad ? "bad" : "warn";
}
