import { aboutReasons, eventsIn, listOf } from "../builder/asked.ts";
import { matcherOf } from "../builder/events.ts";
import { RowsField, useRows } from "../builder/rows-field.tsx";
import { SequenceField } from "../builder/sequence-field.tsx";
import { usePlace } from "../shell/router.ts";
import { modelName } from "./attribution-lines.ts";
import { Choice, MultiChoice, NumberChoice, useChoice, useNumber } from "./choice.tsx";
import { useReportFilter } from "./filter.ts";
import { WordsField } from "./filter-bar.tsx";

const MODELS = [
  "LAST_TOUCH",
  "FIRST_TOUCH",
  "LINEAR",
  "TIME_DECAY",
  "U_SHAPED",
  "J_SHAPED",
  "INVERSE_J",
  "W_SHAPED",
  "FULL_PATH",
  "PARTICIPATION",
  "SAME_TOUCH",
  "ALGORITHMIC",
  "MARKOV",
] as const;
type Model = (typeof MODELS)[number];
const DIMENSIONS = ["PAGE", "SECTION", "CAMPAIGN", "MEDIUM", "CHANNEL", "SOURCE", "SEARCH_TERM"] as const;
const CONTAINERS = ["SESSION", "SENDER_SESSION", "CUSTOMER"] as const;
const SPLITS = ["none", "CALL_REASON", "CALL_CENTRE", "TEAM", "OUTCOME", "SEGMENT"] as const;
const MEASURES = ["COUNT", "COST", "REVENUE"] as const;
const CURRENCIES = ["GBP", "EUR", "USD", "SEK"] as const;

/** Minutes in which a touch loses half its weight: a session lasts minutes, and a customer for years. */
const HALF_LIFE = { SESSION: 15, SENDER_SESSION: 15, CUSTOMER: 10_080 } as const;
const DAY_MINUTES = 1_440;

/** The choices of the report, beside period and audience. */
export function AttributionControls() {
  const { models, container, halfLife, daysBack, measure } = useChosen();
  return (
    <>
      <MultiChoice
        label="Models, up to four"
        name="models"
        options={MODELS}
        named={modelName}
        chosen={models}
        least={1}
        most={4}
      />
      <RowsField label="Credit to" name="by" options={DIMENSIONS} />
      <Choice label="Touches within" name="within" options={CONTAINERS} />
      {container === "CUSTOMER" && (
        <NumberChoice label="Days back (0: any)" name="back" value={daysBack} most={3_650} />
      )}
      {models.includes("TIME_DECAY") && (
        <NumberChoice label="Half-life, minutes" name="halfLife" value={halfLife} most={525_600} />
      )}
      <RowsField label="Split by" name="split" options={SPLITS} isSingle />
      <SequenceField label="What is explained" name="of" empty="calls" subject="Each time somebody" />
      <SequenceField label="What gets credit" name="touches" empty="page views" subject="Each time somebody" />
      <SequenceField
        label="What gets it only without others"
        name="last-resort"
        empty="nothing"
        subject="Each time somebody"
      />
      {models.some(hasStages) && (
        <>
          <SequenceField
            label="First stage begins with"
            name="stage1"
            empty="a form"
            subject="The first time somebody"
          />
          <SequenceField
            label="Second stage begins with"
            name="stage2"
            empty="a call"
            subject="The first time somebody"
          />
        </>
      )}
      <SequenceField label="What gets none" name="without" empty="nothing" subject="Each time somebody" />
      <Choice label="Measure" name="measure" options={MEASURES} />
      {measure !== "COUNT" && <Choice label="Currency" name="currency" options={CURRENCIES} named={String} />}
      <WordsField label="Only calls about" name="reasons" placeholder="all" />
    </>
  );
}

/** What the address says, as the API takes it. */
export function useAttributionInput() {
  const { search } = usePlace();
  const { period, audience, reasons } = useReportFilter();
  const { models, container, halfLife, daysBack, measure } = useChosen();
  const split = useRows("split", SPLITS);
  const currency = useChoice("currency", CURRENCIES);
  const stageEvents = [
    eventsIn(search, "stage1") ?? matcherOf("forms"),
    eventsIn(search, "stage2") ?? matcherOf("calls"),
  ];
  return {
    period,
    audience,
    ...useRows("by", DIMENSIONS),
    container,
    lookbackMinutes: container === "CUSTOMER" && daysBack > 0 ? daysBack * DAY_MINUTES : null,
    models: models.map((kind) => ({
      kind,
      ...(kind === "TIME_DECAY" && { halfLifeMinutes: halfLife }),
      ...(hasStages(kind) && { stageEvents }),
    })),
    conversions: aboutReasons(eventsIn(search, "of"), reasons),
    touches: eventsIn(search, "touches"),
    fallback: eventsIn(search, "last-resort"),
    exclude: eventsIn(search, "without"),
    splitBy: split.carried || split.dimension === "none" ? null : split.dimension,
    splitByCarried: split.carried,
    measure,
    currency: measure === "COUNT" ? null : currency,
  };
}

function useChosen() {
  const { search } = usePlace();
  const container = useChoice("within", CONTAINERS);
  return {
    container,
    models: (listOf(search, "models") ?? ["LAST_TOUCH", "LINEAR", "TIME_DECAY"]).filter(isModel),
    halfLife: useNumber("halfLife", HALF_LIFE[container]),
    daysBack: useNumber("back", 0),
    measure: useChoice("measure", MEASURES),
  };
}

const hasStages = (model: Model) => model === "W_SHAPED" || model === "FULL_PATH";

const isModel = (name: string): name is Model => (MODELS as readonly string[]).includes(name);
