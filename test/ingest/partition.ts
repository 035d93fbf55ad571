import type { Db } from "../../src/db/client.ts";
import { sql } from "../../src/db/sql.ts";
import type { Identity, Verdict } from "../../src/facts/identity.ts";
import type { Rules } from "../../src/facts/rules.ts";
import type { Sighting } from "../../src/identity/evidence.ts";
import { resolve } from "../../src/identity/resolve.ts";
import { read } from "../kit/read.ts";

/** Whose a subject is, and from when: a line of the partition of subjects over time. */
export type Stretch = [subject: string, from: number, customer: string];

/** The partition as it is stored. */
export async function storedPartition(db: Db): Promise<Stretch[]> {
  const rows = await read<{ id: string; from: Date | number | null; customer: string }>(
    db,
    sql`
      select i.id, a.valid_from as from, coalesce(a.customer_id, i.customer_id) as customer
      from identities i
      left join assignments a on a.subject_id = i.id and a.known_to = 'infinity'
      order by i.id, a.valid_from
    `,
  );
  return rows.map(({ id, from, customer }) => [id, from?.valueOf() ?? Number.NEGATIVE_INFINITY, customer]);
}

/** The partition that the pure function makes of the evidence that is stored. */
export async function resolvedPartition(db: Db, rules: Rules): Promise<Stretch[]> {
  const identities = await read<Identity>(
    db,
    sql`
      select id, namespace, value, kind, customer_id as "customerId", born_at as "bornAt" from identities order by id
    `,
  );
  const sightings = await read<Sighting>(
    db,
    sql`
      select identity_id as "identityId", at, subject_id as "subjectId", record_id as "recordId", source from sightings
    `,
  );
  const verdicts = await read<Verdict>(
    db,
    sql`
      select id, kind, left_ids as left, right_ids as right, decided_at as at from verdicts where withdrawn_at is null
    `,
  );
  const { assignments } = resolve({ identities, sightings, verdicts, rules });
  return identities.flatMap(({ id, customerId }) =>
    (assignments.get(id) ?? [{ from: Number.NEGATIVE_INFINITY, customerId }]).map(
      (range): Stretch => [id, range.from, range.customerId],
    ),
  );
}

/** Customers named by the first subject that they have, so that partitions of two databases can be compared. */
export function withoutMadeIds(partition: readonly Stretch[]): Stretch[] {
  const names = new Map<string, string>();
  for (const [subject, from, customer] of partition)
    if (!names.has(customer)) names.set(customer, `${subject} ${from}`);
  return partition.map(([subject, from, customer]) => [subject, from, names.get(customer)!]);
}

/** Stored rows that are not with the customer whom their subject belonged to at their time. */
export async function misplacedRows(db: Db): Promise<unknown[]> {
  return read(
    db,
    sql`
      select r.id
      from (
        select subject_id, occurred_at as at, id, customer_id from touchpoints
        union all
        select subject_id, session_start_time, id, customer_id from interactions
        union all
        select subject_id, observed_at, id, customer_id from customer_records
      ) r
      join identities i on i.id = r.subject_id
      left join assignments a on a.subject_id = i.id and a.known_to = 'infinity' and a.valid_from <= r.at and r.at < a.valid_to
      where r.customer_id <> coalesce(a.customer_id, i.customer_id)
    `,
  );
}

/** What is stored of facts, without whose it is and when it came. */
export async function storedFacts(db: Db): Promise<unknown[]> {
  return read(
    db,
    sql`
      select subject_id, id, occurred_at, ended_at, false as is_visit from touchpoints
      union all
      select subject_id, id, session_start_time, session_end_time, is_visit from interactions
      order by id, subject_id
    `,
  );
}

/** A promise, and the hand that keeps it. */
export function gate(): { opened: Promise<void>; open(): void } {
  let open = () => {};
  const opened = new Promise<void>((done) => {
    open = done;
  });
  return { opened, open };
}
