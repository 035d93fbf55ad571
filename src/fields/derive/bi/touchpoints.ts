import type { Field } from "../../field.ts";
import { KEY } from "../../record.ts";
import { MOMENT } from "../../touchpoint.ts";
import { columnsOf } from "../columns.ts";
import { isLetOut, leftOutOf, selection, shownIn } from "./columns.ts";

/** Names, addresses and campaigns come out of the dictionary; of a leg, out of its own row. */
const MOMENTS: Readonly<Record<string, readonly string[]>> = {
  endedAt: ["nullif(t.ended_at, t.occurred_at)"],
  name: ["n.name"],
  section: ["nullif(n.section, '')"],
  url: ["u.name"],
  value: [
    "coalesce(t.value, t.revenue_amount)",
    "case when t.value is null then t.revenue_currency else t.currency end",
  ],
  campaign: ["nullif(coalesce(t.campaign, t.brought_campaign, c.name), '')"],
  medium: ["nullif(coalesce(t.medium, t.brought_medium, c.section), '')"],
  campaignSource: ["coalesce(t.campaign_source, t.brought_campaign_source, o.name)"],
  referrer: ["coalesce(t.referrer, t.brought_referrer, r.name)"],
  landingPage: ["coalesce(t.landing_page, t.brought_landing_page, l.name)"],
};

/** A field's values in the rows of `EACH_MOMENT`, one for each of its columns. */
export function momentColumnsOf(field: Field): readonly string[] {
  const [column] = columnsOf(field);
  return MOMENTS[field.name] ?? [field.type === "choice" ? `t.${column}::text` : `t.${column}`];
}

/** Everything that happened, beside what the dictionary says of it. */
export const EACH_MOMENT = `customer_events t
left join items n on n.id = t.item_id
left join items u on u.id = t.url_id
left join items c on c.id = t.campaign_id
left join items o on o.id = t.campaign_source_id
left join items r on r.id = t.referrer_id
left join items l on l.id = t.landing_page_id`;

const [VALUE] = MOMENTS.value!;

/** Whose transaction ids the source of `alias` names: its own, unless its settings say otherwise. */
function issuerOf(alias: string): string {
  return `coalesce((select s.transaction_issuer from sources s where s.name = ${alias}.source), ${alias}.source)`;
}

/** The value, in one row of each transaction: the one that reports count (src/journeys/transactions.ts). */
const VALUE_ONCE = `case
    when t.transaction_id is null or not exists (
      select
      from customer_events w
      where w.transaction_id = t.transaction_id
      and (w.stated_at, w.id) > (t.stated_at, t.id)
      and coalesce(w.revenue_amount, w.value) is not null
      and ${issuerOf("w")} = ${issuerOf("t")}
    )
    then ${VALUE}
  end`;

export const TOUCHPOINTS_VIEW = `\
-- Everything that happened, one row a moment: page views, searches, prompts, and calls and other legs as the touchpoints
-- that they are. "ValueOnce" adds up: of the rows of one transaction only the one that was stated last has it.
-- Left out as written about people: ${leftOutOf(MOMENT)}.
create view bi.touchpoints as
select
  t.customer_id as "CustomerKey",
  t.interaction_id as "InteractionKey",
  ${selection([...shownIn(MOMENT), KEY.source], momentColumnsOf)},
  ${VALUE_ONCE} as "ValueOnce"
from ${EACH_MOMENT}
where ${isLetOut("t.customer_id")};`;
