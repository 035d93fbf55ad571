import type { Field } from "../../field.ts";
import { INTERACTION } from "../../interaction.ts";
import { MATCH } from "../../match.ts";
import { columnsOf } from "../columns.ts";
import { isLetOut, leftOutOf, selection, shownIn } from "./columns.ts";

/** A column of the row \`i\`; a length that nobody supplied is measured, and a visit ends with the last of its rows. */
function legOf(field: Field): string[] {
  return columnsOf(field).map((column) => {
    if (field.name === "sessionEndTime") return `e.${column}`;
    if (field.computed) return `coalesce(i.${column}, m.${column})`;
    return field.type === "choice" ? `i.${column}::text` : `i.${column}`;
  });
}

export const JAR_VIEW = `\
-- JAR, one row for each interaction, with what a call log tells beside it. A visit that several subjects took part in is
-- stored once for each of them; the row that began first stands for it. Lengths that nobody supplied are measured, as in
-- src/facts/durations.ts. "InteractionKey" joins it to bi.touchpoints. Left out as written about people:
-- ${leftOutOf(INTERACTION)}.
create view bi.jar as
select
  i.customer_id as "CustomerKey",
  i.id as "InteractionKey",
  ${selection([...shownIn(INTERACTION), ...shownIn(MATCH)], legOf)}
from interactions i
cross join lateral (
  select case
    when i.is_visit then (select max(o.session_end_time) from interactions o where o.id = i.id)
    else i.session_end_time
  end as session_end_time
) e
cross join lateral (
  select
    max(n.seconds) filter (where n.name = 'session') as session_seconds,
    max(n.seconds) filter (where n.name = 'customer') as customer_seconds,
    max(n.seconds) filter (where n.name = 'agent') as agent_seconds,
    max(n.seconds) filter (where n.name = 'interaction') as interaction_seconds
  from (
    select l.name, floor(extract(epoch from l.upto - l.since))::integer as seconds
    from (
      values
        ('session', i.session_start_time, e.session_end_time),
        ('customer', i.session_start_time, i.interaction_end_time),
        ('agent', i.interaction_start_time, e.session_end_time),
        ('interaction', i.interaction_start_time, i.interaction_end_time)
    ) l (name, since, upto)
  ) n
  -- Times that are the wrong way round measure nothing.
  where n.seconds >= 0
) m
where (
  not i.is_visit
  or not exists (
    select from interactions o
    where o.id = i.id
    and (o.is_visit, o.session_start_time, o.subject_id) < (i.is_visit, i.session_start_time, i.subject_id)
  )
)
and ${isLetOut("i.customer_id")};`;
