import { z } from "zod";
import { RECENT_DAYS } from "./repeat-callers.ts";

// Routing rules are data: a condition and its advice. The look-up applies them; `cli rules` sets them.

const text = z.string().trim().min(1).max(512);
const texts = z.array(text).min(1).max(200);

/** The condition of a rule: everything stated must hold. A rule without a condition applies to every call. */
const routingMatcher = z.strictObject({
  /** The caller hid the number. */
  withheld: z.boolean().optional(),
  /** No customer has the identities of the call. */
  unknown: z.boolean().optional(),
  /** The likeliest candidate has no name, only a phone, a cookie or the like. */
  anonymous: z.boolean().optional(),
  /** Several customers are possible, and none is much likelier than the next. */
  shared: z.boolean().optional(),
  vvip: z.boolean().optional(),
  premier: z.boolean().optional(),
  highRisk: z.boolean().optional(),
  digitalEligible: z.boolean().optional(),
  segments: texts.optional(),
  regions: texts.optional(),
  /** A model's score is at least this. */
  signal: z.strictObject({ code: text, minScore: z.number().optional() }).optional(),
  /** Whether `isRepeatCaller` of the recent calls. */
  repeatCaller: z.boolean().optional(),
  /** A contact of this many days is not resolved, and nothing since resolved it. */
  unresolvedWithinDays: z.number().int().min(1).max(365).optional(),
  /** The customer was on the site or in the app within this many seconds. */
  webWithinSeconds: z.number().int().min(1).max(86_400).optional(),
  /** The last page or its section is one of these; `*` stands for anything. */
  pages: texts.optional(),
  sections: texts.optional(),
  /** The intent given to the menu is one of these; `*` stands for anything. */
  ivrIntents: texts.optional(),
  /** The number dialled, in E.164; or the campaign that it stands for, `*` for any. */
  dialledNumbers: texts.optional(),
  campaigns: texts.optional(),
});
export type RoutingMatcher = z.output<typeof routingMatcher>;

/** The advice. LAST means the agent, or the skill, of the unresolved contact. */
const routingAdvice = z.strictObject({
  skill: text.optional(),
  agentId: text.optional(),
  /** 1 is served first, 9 last. */
  priority: z.number().int().min(1).max(9).optional(),
  likelyReason: text.optional(),
  deflection: z.strictObject({ kind: text, label: text, url: text.optional() }).optional(),
});

export const routingRule = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, "Name a rule in small letters, digits and hyphens, such as vvip-first."),
  isEnabled: z.boolean().default(true),
  /**
   * The reason, for the reader of the advice. May hold {lastPage}, {lastSection}, {lastUrl}, {ivrIntent}, {campaign}, …
   */
  message: text,
  matcher: routingMatcher.default({}),
  advice: routingAdvice.default({}),
});
export type RoutingRule = z.output<typeof routingRule>;

/** All rules, in the order in which they apply. */
export const routingRules = z
  .array(routingRule)
  .max(200)
  .refine(
    (rules) => new Set(rules.map(({ name }) => name)).size === rules.length,
    "Give every rule a name of its own.",
  );

/** Stands for the agent or skill of the contact that is not resolved. */
export const LAST = "LAST";
/** The priority where no rule gives one. */
export const DEFAULT_PRIORITY = 5;

const HALF_AN_HOUR = 1_800;

/** The rules of a new database. For each piece of advice the first rule that gives it decides. */
export const DEFAULT_ROUTING_RULES: readonly RoutingRule[] = [
  rule("several-callers", "Several customers use this number: ask who is calling.", { shared: true }),
  rule("vvip-first", "VVIP customers go first.", { vvip: true }, { priority: 1 }),
  rule("high-risk", "The customer is marked as a high risk: answer soon.", { highRisk: true }, { priority: 2 }),
  rule("premier", "Premier customers go before others.", { premier: true }, { priority: 2 }),
  rule(
    "churn",
    "A model sees a customer who may leave.",
    { signal: { code: "churn", minScore: 0.7 } },
    {
      priority: 2,
      skill: "retention",
    },
  ),
  rule("said-in-menu", "The menu was told: {ivrIntent}.", { ivrIntents: ["*"] }, { likelyReason: "{ivrIntent}" }),
  rule(
    "unresolved",
    "The last contact about this was not resolved.",
    { unresolvedWithinDays: 14 },
    {
      agentId: LAST,
      skill: LAST,
      priority: 3,
    },
  ),
  rule(
    "looking-now",
    "Was looking at {lastPage} {lastPageAgo} ago.",
    { webWithinSeconds: HALF_AN_HOUR, pages: ["*"] },
    {
      likelyReason: "{lastPage}",
    },
  ),
  rule(
    "unresolved-reason",
    "The open matter is: {unresolvedReason}.",
    { unresolvedWithinDays: 14 },
    {
      likelyReason: "{unresolvedReason}",
    },
  ),
  rule(
    "campaign",
    "Dialled the number of the campaign {campaign}.",
    { campaigns: ["*"] },
    {
      skill: "sales",
      likelyReason: "{campaign}",
    },
  ),
  rule(
    "repeat-caller",
    `Has called more than once within ${RECENT_DAYS} days.`,
    { repeatCaller: true },
    {
      priority: 4,
      likelyReason: "{lastCallReason}",
    },
  ),
  rule(
    "digital-offer",
    "Uses the web and was on it a moment ago: offer to go on there.",
    { digitalEligible: true, webWithinSeconds: HALF_AN_HOUR, pages: ["*"] },
    { deflection: { kind: "WEB_LINK", label: "Send a link to {lastPage}", url: "{lastUrl}" } },
  ),
  rule(
    "withheld",
    "The number is withheld: ask for a customer number.",
    { withheld: true },
    {
      skill: "identification",
    },
  ),
  rule(
    "unknown",
    "Nobody is known under this number: ask who is calling.",
    { unknown: true },
    {
      skill: "identification",
    },
  ),
  rule("everybody", "No rule says otherwise.", {}, { skill: "general", priority: DEFAULT_PRIORITY }),
];

function rule(
  name: string,
  message: string,
  ...[matcher = {}, advice = {}]: [RoutingMatcher?, RoutingRule["advice"]?]
): RoutingRule {
  return { name, isEnabled: true, message, matcher, advice };
}
