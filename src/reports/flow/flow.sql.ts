import { int, type RowOf, row, text, word } from "../../db/row.ts";
import { empty, type Sql, sql } from "../../db/sql.ts";
import { anchorTables } from "./anchor.sql.ts";
import { FLOW_NODE_KINDS, type FlowInput } from "./flow.type.ts";
import { afterTables, beforeTable } from "./steps.sql.ts";

/** NODE: the paths through one value at one step. LINK: those from there to a node of the next step. */
export const FlowRow = row({
  part: word(["NODE", "LINK"]),
  step: int,
  kind: word(FLOW_NODE_KINDS),
  item: text.nullable(),
  nextKind: word(FLOW_NODE_KINDS).nullable(),
  nextItem: text.nullable(),
  count: int,
  customers: int,
});
export type FlowRow = RowOf<typeof FlowRow>;

/** From each anchor a step at a time back and on, out of the index on (customer, time); then values are counted by step. */
export function flowSql(input: FlowInput): Sql {
  return sql`
with recursive
  ${anchorTables(input)},
  ${input.stepsBefore > 0 ? beforeTable(input) : empty}
  ${input.stepsAfter > 0 ? afterTables(input) : empty}
  places as (
    select p.path, p.customer_id, p.is_known, 0 as step, case when p.item is null then 'NONE' else 'ITEM' end as kind, p.item
    from paths p
    ${input.stepsBefore > 0 ? placesBefore(input) : empty}
    ${input.stepsAfter > 0 ? placesAfter(input) : empty}
  ),
  ranks as (
    select l.step, l.item, row_number() over (partition by l.step order by count(*) desc, l.item collate "C") as rank
    from places l
    where l.kind = 'ITEM'
    group by l.step, l.item
  ),
  shown as materialized (
    select
      l.path, l.customer_id, l.is_known, l.step,
      case when r.rank > ${input.itemsPerStep} then 'OTHER' else l.kind end as kind,
      case when r.rank <= ${input.itemsPerStep} then l.item end as item
    from places l
    left join ranks r on r.step = l.step and r.item = l.item
  )
(
  select
    'NODE' as part, s.step, s.kind, s.item, null as "nextKind", null as "nextItem", sum(s.paths)::int as count,
    (count(*) filter (where s.is_known))::int as customers
  from (
    select s.step, s.kind, s.item, s.customer_id, s.is_known, count(*) as paths
    from shown s
    group by s.step, s.kind, s.item, s.customer_id, s.is_known
  ) s
  group by s.step, s.kind, s.item
  order by s.step, s.kind <> 'ITEM', sum(s.paths) desc, s.item collate "C", s.kind
)
union all
(
  select 'LINK', s.step, s.kind, s.item, s.next_kind, s.next_item, count(*)::int, 0
  from (
    select s.*, lead(s.kind) over w as next_kind, lead(s.item) over w as next_item
    from shown s
    window w as (partition by s.path order by s.step)
  ) s
  where s.next_kind is not null
  group by s.step, s.kind, s.item, s.next_kind, s.next_item
  order by s.step, count(*) desc, s.item collate "C", s.kind, s.next_item collate "C", s.next_kind
)
`;
}

/** The steps back, and where nothing came before the first of them, the entry. */
function placesBefore({ stepsBefore }: FlowInput): Sql {
  return sql`
    union all
    select b.path, b.customer_id, b.is_known, b.step, 'ITEM', b.item
    from before b
    union all
    select w.path, w.customer_id, w.is_known, min(w.step) - 1, 'ENTRY', null
    from (${stepsOf(sql`before`)}) w
    group by w.path, w.customer_id, w.is_known
    having min(w.step) > ${-stepsBefore}::int`;
}

function placesAfter({ stepsAfter }: FlowInput): Sql {
  return sql`
    union all
    select a.path, a.customer_id, a.is_known, a.step, 'ITEM', a.item
    from after a
    union all
    select w.path, w.customer_id, w.is_known, max(w.step) + 1, 'EXIT', null
    from (${stepsOf(sql`after`)}) w
    group by w.path, w.customer_id, w.is_known
    having max(w.step) < ${stepsAfter}::int`;
}

/** The anchor of each path, and its steps of a relation (a fragment that names one). */
function stepsOf(relation: Sql): Sql {
  return sql`
      select p.path, p.customer_id, p.is_known, 0 as step from paths p
      union all
      select s.path, s.customer_id, s.is_known, s.step from ${relation} s`;
}
