import { CHANNELS, OUTCOMES, TOUCHPOINT_KINDS, type TouchpointKind } from "../fields/choices.ts";
import type { NUMBERS } from "./column-types.ts";
import { NO_CODE, type Partition } from "./columns.ts";
import type { LEG_COLUMNS } from "./declared.ts";
import { type ContextColumn, type Dictionaries, ITEM_KINDS } from "./dictionary.ts";
import type { Journey } from "./fold.ts";
import { leadOf } from "./stage.ts";
import { type Translation, translation } from "./tables.ts";

/** A leg's column of texts. */
type LegText = {
  [Name in keyof typeof LEG_COLUMNS]: (typeof LEG_COLUMNS)[Name] extends typeof NUMBERS ? Name : never;
}[keyof typeof LEG_COLUMNS];

/** How the value of an event along a dimension is found: always the number of a text, -1 for none. */
export type DimensionPlan =
  | { by: "ITEM"; kind: number | null; texts: Translation }
  /** What a leg says itself, else its item's name. */
  | { by: "LEG_OR_ITEM"; own: LegText; kind: number; texts: Translation }
  /** Of a touchpoint out of its context; what a leg says itself, else what its visit says. */
  | { by: "CONTEXT"; texts: Translation; own: LegText; brought: LegText | null }
  | { by: "LEG"; own: LegText }
  | { by: "OUTCOME"; texts: Translation }
  | { by: "CHANNEL"; texts: Translation }
  | { by: "SOURCE"; texts: Translation }
  | { by: "SEGMENT" }
  | { by: "STAGE"; texts: Translation };

const STAGES = ["EARLY", "LEAD", "POST_LEAD"] as const;

/** Every dimension of an event, and how it is read; with the texts that stand for its values. */
const READINGS = {
  PAGE: (known) => named(known, "PAGE_VIEW"),
  SEARCH_TERM: (known) => named(known, "SEARCH"),
  PROMPT: (known) => named(known, "PROMPT"),
  SECTION: ({ items }) => ({ by: "ITEM", kind: null, texts: items.sections.all() }),
  INTENT: (known) => ({ ...named(known, "INTENT"), by: "LEG_OR_ITEM", own: "intent" }),
  CALL_REASON: (known) => ({ ...named(known, "CALL"), by: "LEG_OR_ITEM", own: "callReason" }),
  CAMPAIGN: (known) => brought(known, "campaign", { own: "campaign", brought: "broughtCampaign" }),
  MEDIUM: (known) => brought(known, "medium", { own: "medium", brought: "broughtMedium" }),
  REFERRER: (known) => brought(known, "referrer", { own: "referrer", brought: "broughtReferrer" }),
  LANDING_PAGE: (known) => brought(known, "landingPage", { own: "landingPage", brought: "broughtLandingPage" }),
  DEVICE: (known) => brought(known, "device", { own: "device", brought: null }),
  TRACKING_NUMBER: () => ({ by: "LEG", own: "trackingNumber" }),
  AGENT: () => ({ by: "LEG", own: "agentId" }),
  SKILL: () => ({ by: "LEG", own: "agentSkillId" }),
  DEPARTMENT: () => ({ by: "LEG", own: "department" }),
  TEAM: () => ({ by: "LEG", own: "team" }),
  JOURNEY_STEP: () => ({ by: "LEG", own: "journeyStep" }),
  CALL_CENTRE: () => ({ by: "LEG", own: "callCentreId" }),
  OUTCOME: ({ texts }) => ({ by: "OUTCOME", texts: numbersOf(texts, OUTCOMES) }),
  CHANNEL: ({ texts }) => ({ by: "CHANNEL", texts: numbersOf(texts, CHANNELS) }),
  STAGE: ({ texts }) => ({ by: "STAGE", texts: numbersOf(texts, STAGES) }),
  SOURCE: ({ texts, sources }) => ({
    by: "SOURCE",
    texts: translation(sources.size, (source) => texts.add(sources.of(source))),
  }),
  SEGMENT: () => ({ by: "SEGMENT" }),
} as const satisfies Readonly<Record<string, (known: Dictionaries) => DimensionPlan>>;

export type DimensionName = keyof typeof READINGS;

/** How to read a dimension. `isOwn` leaves out what a call has from the visit that it came out of. */
export function dimensionPlanOf(dictionary: Dictionaries, dimension: DimensionName, isOwn = false): DimensionPlan {
  const reading = dictionary.tables.once<DimensionPlan>(dimension, () => READINGS[dimension](dictionary));
  return isOwn && reading.by === "CONTEXT" ? { ...reading, brought: null } : reading;
}

/** Names mean something else for each kind: a search's is its term, a call's its reason. */
function named({ items }: Dictionaries, kind: TouchpointKind) {
  return { by: "ITEM", kind: TOUCHPOINT_KINDS.indexOf(kind), texts: items.names.all() } as const;
}

function numbersOf(texts: Dictionaries["texts"], words: readonly string[]): Translation {
  return translation(words.length, (code) => texts.add(words[code]!));
}

/** A campaign without a name is none; what it is called by is its medium's. */
function brought(
  { items, contexts, texts }: Dictionaries,
  name: Exclude<ContextColumn, "campaignSource"> | "medium",
  columns: { own: LegText; brought: LegText | null },
): DimensionPlan {
  const of = contexts.columns[name === "medium" ? "campaign" : name].all();
  const names = items.names.all();
  const sections = items.sections.all();
  const kinds = items.kinds.all();
  const none = texts.find("");
  const textOf = (value: number): number => {
    if (value === -1 || name === "device") return value;
    if (name === "referrer" && kinds[value] !== ITEM_KINDS.indexOf("REFERRER")) return -1;
    const text = (name === "medium" ? sections : names)[value]!;
    return text === none ? -1 : text;
  };
  return { by: "CONTEXT", texts: translation(of.length, (context) => textOf(of[context]!)), ...columns };
}

/** The number of an event's value. */
export type ReadValue = (event: number, journey: Journey) => number;

/** What reads a dimension in the columns of this partition. */
export function compileDimension(partition: Partition, reading: DimensionPlan): ReadValue {
  const { events, legs, customers } = partition;
  const { isLeg, item, kind, link, channel, source, context } = events;
  switch (reading.by) {
    case "ITEM": {
      const { texts, kind: only } = reading;
      if (only === null) return (event) => (item[event] === -1 ? -1 : texts[item[event]!]!);
      return (event) => (kind[event] !== only || item[event] === -1 ? -1 : texts[item[event]!]!);
    }
    case "LEG_OR_ITEM": {
      const own = legs[reading.own];
      const name = compileDimension(partition, { ...reading, by: "ITEM" });
      return (event, journey) => {
        const said = isLeg[event] ? own[link[event]!]! : -1;
        return said === -1 ? name(event, journey) : said;
      };
    }
    case "CONTEXT": {
      const { texts } = reading;
      const own = legs[reading.own];
      const brought = reading.brought && legs[reading.brought];
      return (event) => {
        if (!isLeg[event]) return context[event] === -1 ? -1 : texts[context[event]!]!;
        const said = own[link[event]!]!;
        return said === -1 && brought ? brought[link[event]!]! : said;
      };
    }
    case "LEG": {
      const own = legs[reading.own];
      return (event) => (isLeg[event] ? own[link[event]!]! : -1);
    }
    case "OUTCOME":
      return (event) => {
        const outcome = isLeg[event] ? legs.outcome[link[event]!]! : NO_CODE;
        return outcome === NO_CODE ? -1 : reading.texts[outcome]!;
      };
    case "CHANNEL":
      return (event) => reading.texts[channel[event]!]!;
    case "SOURCE":
      return (event) => reading.texts[source[event]!]!;
    case "SEGMENT":
      return (_, { customer }) => customers.segment[customer]!;
    case "STAGE": {
      const lead = leadOf(partition);
      return (event, journey) => reading.texts[Math.sign(event - lead(journey)) + 1]!;
    }
  }
}
