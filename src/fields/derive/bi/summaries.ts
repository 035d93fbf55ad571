import type { Field, Fields } from "../../field.ts";
import { INTERACTION } from "../../interaction.ts";
import { MOMENT } from "../../touchpoint.ts";
import { columnsOf } from "../columns.ts";
import { isLetOut, shownIn, titlesOf } from "./columns.ts";

// What `aggregate` is asked most often, as views. They stand on the tables and on no other view of `bi`, which a migration may
// then drop and make anew.

/** The column of a field that may be shown, with its title. */
function titled(fields: Fields, name: string, value: (column: string) => string): string {
  const field = shownIn(fields).find((shown) => shown.name === name) as Field;
  return `${value(columnsOf(field)[0]!)} as "${titlesOf(field)[0]}"`;
}

const ofLeg = (name: string, cast = "") => titled(INTERACTION, name, (column) => `i.${column}${cast}`);
const ofMoment = (name: string) => titled(MOMENT, name, (column) => `t.${column}::text`);

/** What the agent spent on a leg: as it was stated, else as its times say. */
const AGENT_SECONDS = `coalesce(
    i.agent_seconds,
    case
      when i.session_end_time >= i.interaction_start_time
      then floor(extract(epoch from i.session_end_time - i.interaction_start_time))::integer
    end
  )`;

/** Whoever is not among the customers is nobody that counts. */
const CUSTOMERS = (row: string) => `count(distinct ${row}.customer_id) filter (where c.id is not null) as "Customers"`;

const INTERACTIONS_BY_DAY = `\
-- Interactions a day of UTC, as \`aggregate\` counts INTERACTIONS: legs but consults, and visits on the day they began. "Customers"
-- of several rows may be the same people: add up all other numbers, not these. A mean is a sum by the number of those that are known.
create view bi.interactions_by_day as
select
  (i.session_start_time at time zone 'UTC')::date as "Day",
  ${ofLeg("channelType", "::text")},
  ${ofLeg("source")},
  ${ofLeg("callReason")},
  ${ofLeg("team")},
  ${ofLeg("outcome", "::text")},
  count(distinct (i.customer_id, i.id)) as "Interactions",
  ${CUSTOMERS("i")},
  sum(${AGENT_SECONDS}) as "AgentSeconds",
  count(${AGENT_SECONDS}) as "AgentSecondsKnown",
  sum(i.queue_seconds) as "QueueSeconds",
  count(i.queue_seconds) as "QueueSecondsKnown",
  count(*) filter (where i.is_resolved) as "Resolved",
  count(i.is_resolved) as "ResolvedKnown",
  sum(i.cost_amount) as "Cost",
  i.cost_currency as "CostCurrency"
from interactions i
left join customers c on c.id = i.customer_id
where i.is_consult is not true
and ${isLetOut("i.customer_id")}
group by 1, 2, 3, 4, 5, 6, i.cost_currency;`;

const TOUCHPOINTS_BY_DAY = `\
-- Touchpoints a day of UTC by what they were, as \`aggregate\` counts TOUCHPOINTS: calls are among them.
create view bi.touchpoints_by_day as
select
  (t.occurred_at at time zone 'UTC')::date as "Day",
  ${ofMoment("channel")},
  ${ofMoment("kind")},
  n.name as "Name",
  nullif(n.section, '') as "Section",
  count(*) as "Touchpoints",
  ${CUSTOMERS("t")}
from customer_events t
left join items n on n.id = t.item_id
left join customers c on c.id = t.customer_id
where ${isLetOut("t.customer_id")}
group by 1, 2, 3, 4, 5;`;

const ACTIVITY = `\
-- What each customer did, one row for everybody who did anything, as \`aggregate\` counts CUSTOMERS. "CustomerKey" joins it to bi.car.
create view bi.activity as
select
  t.customer_id as "CustomerKey",
  min(t.occurred_at) as "FirstAt",
  max(t.occurred_at) as "LastAt",
  count(*) as "Touchpoints",
  count(distinct t.interaction_id) as "Interactions",
  count(*) filter (where t.kind = 'CALL') as "Calls",
  max(t.occurred_at) filter (where t.kind = 'CALL') as "LastCallAt",
  string_agg(distinct t.channel::text, ', ') as "Channels"
from customer_events t
join customers c on c.id = t.customer_id
where ${isLetOut("t.customer_id")}
group by t.customer_id;`;

export const SUMMARY_VIEWS: readonly string[] = [INTERACTIONS_BY_DAY, TOUCHPOINTS_BY_DAY, ACTIVITY];
