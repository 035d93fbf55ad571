import { join, type Sql, sql } from "../db/sql.ts";
import { orderOf, placeOf } from "../facts/event-order.sql.ts";
import { isNobody } from "../facts/nobody.sql.ts";
import type { PeriodInput } from "../facts/values.type.ts";
import { legKindOf } from "../facts/vocabulary.ts";
import { CHANNELS, type TouchpointKind } from "../fields/choices.ts";
import { AppError } from "../kit/errors.ts";
import { dimensionSql } from "./dimension.sql.ts";
import type { Dimension, MatcherInput } from "./filter.type.ts";

// Fragments that every report is put together from. They speak of one event as `e`, a row of `events(…)`.

/** How deep `not` may go: deeper, nobody can say what is meant. */
const MAX_NESTING = 5;
/** Values in one list: more is a mistake, and a statement that nobody can read. */
const MAX_VALUES = 1_000;

const EVENT = sql`e`;
export const TOTAL_ORDER = orderOf(EVENT);

/**
 * The relation to read events from; its rows have a `stage` when one of the readers needs it. Pass every matcher and
 * dimension that will be used on it.
 */
export function events(...readers: readonly (MatcherInput | Dimension | null | undefined)[]): Sql {
  return readers.some(needsStage) ? STAGED_EVENTS : sql`customer_events`;
}

/**
 * Whether `e` is one of the events that the matcher means: true, else false or null, so that the planner sees plain
 * conditions; where it is negated or shown, say `is true`. Without a matcher, all events are meant.
 */
export function matches(matcher: MatcherInput | null | undefined): Sql {
  return matcher ? conditionOf(matcher, 0) : sql`true`;
}

/** Whether `e` happened in the period. */
export function during({ from, to }: PeriodInput): Sql {
  return sql`e.occurred_at >= ${from} and e.occurred_at < ${to}`;
}

/** Whether `e` is somebody's: what is nobody's is in no count of customers. */
export const IDENTIFIED = sql`not ${isNobody(sql`e.customer_id`)}`;

function conditionOf(matcher: MatcherInput, depth: number): Sql {
  if (depth > MAX_NESTING) throw new AppError("BAD_INPUT", `Nest \`not\` at most ${MAX_NESTING} deep.`);
  const { channels, kinds, sources, names, namePattern, sections, stages, outcomes } = matcher;
  const conditions = [
    oneOf("channels", channels, (list) => sql`e.channel = any(${list}::channel[])`),
    oneOf("kinds", kinds, ofKind),
    oneOf("sources", sources, (list) => sql`e.source = any(${list}::text[])`),
    oneOf("names", names, (list) => itemWith(sql`i.name = any(${list}::text[])`)),
    namePattern == null ? null : itemWith(sql`i.name ilike ${likeOf(namePattern)}`),
    oneOf("sections", sections, (list) => itemWith(sql`i.section = any(${list}::text[])`)),
    oneOf("stages", stages, (list) => sql`e.stage = any(${list}::text[])`),
    oneOf("callReasons", matcher.callReasons, (list) => valueIn("CALL_REASON", list)),
    oneOf("intents", matcher.intents, (list) => valueIn("INTENT", list)),
    oneOf("agentIds", matcher.agentIds, (list) => sql`e.agent_id = any(${list}::text[])`),
    oneOf("teams", matcher.teams, (list) => sql`e.team = any(${list}::text[])`),
    oneOf("campaigns", matcher.campaigns, (list) => valueIn("CAMPAIGN", list)),
    oneOf("outcomes", outcomes, (list) => sql`e.outcome = any(${list}::outcome[])`),
    matcher.not ? sql`${conditionOf(matcher.not, depth + 1)} is not true` : null,
  ].filter((condition) => condition !== null);
  return conditions.length === 0 ? sql`true` : sql`(${join(conditions, " and ")})`;
}

function oneOf<Value>(
  field: string,
  list: readonly Value[] | null | undefined,
  condition: (list: readonly Value[]) => Sql,
): Sql | null {
  if (list == null) return null;
  if (list.length === 0) {
    throw new AppError("BAD_INPUT", `An empty \`${field}\` matches nothing: leave it out, or name at least one.`);
  }
  if (list.length > MAX_VALUES) throw new AppError("BAD_INPUT", `Name at most ${MAX_VALUES} values in \`${field}\`.`);
  return condition(list);
}

/** A leg's kind follows from its channel: said so, the planner knows how many there are, or that there are none. */
function ofKind(kinds: readonly TouchpointKind[]): Sql {
  const touchpoint = sql`not e.is_leg and e.kind = any(${kinds}::touchpoint_kind[])`;
  const channels = CHANNELS.filter((channel) => kinds.includes(legKindOf(channel)!));
  if (channels.length === 0) return touchpoint;
  return sql`(${touchpoint} or e.is_leg and e.channel = any(${channels}::channel[]))`;
}

/** The dictionary is read once a statement, not once an event. */
function itemWith(condition: Sql): Sql {
  return sql`e.item_id in (select i.id from items i where ${condition})`;
}

function valueIn(dimension: Dimension, list: readonly string[]): Sql {
  return sql`${dimensionSql(dimension)} = any(${list}::text[])`;
}

/** `*` is any text; everything else, `%` and `_` included, is itself. */
function likeOf(pattern: string): string {
  return pattern.replace(/[\\%_]/g, "\\$&").replaceAll("*", "%");
}

function needsStage(reader: MatcherInput | Dimension | null | undefined): boolean {
  if (!reader) return false;
  if (typeof reader === "string") return reader === "STAGE";
  return reader.stages != null || needsStage(reader.not);
}

/** The lead is the customer's first form or call over all time, whatever the report's period. */
const STAGED_EVENTS = sql`(
  select
    s.*,
    case
      when l.id = s.id then 'LEAD'
      when ${placeOf(sql`s`)} > ${placeOf(sql`l`)} then 'POST_LEAD'
      else 'EARLY'
    end as stage
  from customer_events s
  left join (
    select distinct on (f.customer_id) f.customer_id, f.occurred_at, f.sequence, f.channel, f.kind, f.id
    from customer_events f
    where not f.is_leg and f.kind in ('FORM', 'CALL')
    or f.is_leg and f.channel = 'VOICE'
    order by f.customer_id, ${orderOf(sql`f`)}
  ) l on l.customer_id = s.customer_id
)`;
