import { type Sql, sql } from "../db/sql.ts";

/** Everything by which rows are somebody's. */
export interface Theirs {
  /** Every customer id that is theirs. */
  customers: readonly string[];
  /** Identities that nobody else ever has. */
  identities: readonly string[];
  /** Those, and the ones that others have or had too. */
  shared: readonly string[];
  records: readonly string[];
}

/** Which rows of a table, under the name `t`, are somebody's. */
type Rows = (theirs: Theirs) => Sql;

const uuids = (ids: readonly string[]) => sql`${[...ids]}::uuid[]`;
const texts = (ids: readonly string[]) => sql`${[...ids]}::text[]`;

const namesOne = (text: Sql, ids: readonly string[]) => sql`
  exists (
    select
    from regexp_matches(${text}, '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}', 'g') m
    where m[1] = any(${texts(ids)})
  )
`;

const callsOf = ({ identities, records }: Theirs) =>
  sql`t.identity_ids && ${uuids(identities)} or t.id = any(${uuids(records)})`;
const within = (theirs: Theirs) => sql`select t.id from calls t where ${callsOf(theirs)}`;

const itemsOf = ({ customers }: Theirs) => sql`
  select x.id
  from touchpoints p
  cross join lateral (
    values (p.item_id), (p.url_id), (p.campaign_id), (p.campaign_source_id), (p.referrer_id), (p.landing_page_id)
  ) as x (id)
  where p.customer_id = any(${uuids(customers)})
  union
  select n.item_id from interactions n where n.customer_id = any(${uuids(customers)})
`;

const batchesOf = ({ customers, identities }: Theirs) => sql`
  select c.batch_id from customer_records c where c.customer_id = any(${uuids(customers)})
  union
  select n.batch_id from interactions n where n.customer_id = any(${uuids(customers)})
  union
  select p.batch_id from touchpoints p where p.customer_id = any(${uuids(customers)})
  union
  select i.batch_id from identities i where i.id = any(${uuids(identities)})
`;

/** Every table that may hold something of somebody, in the order in which it reads best. */
export const HELD: Readonly<Record<string, Rows>> = {
  identities: ({ shared }) => sql`t.id = any(${uuids(shared)})`,
  customer_records: ({ customers }) => sql`t.customer_id = any(${uuids(customers)})`,
  interactions: ({ customers }) => sql`t.customer_id = any(${uuids(customers)})`,
  touchpoints: ({ customers }) => sql`t.customer_id = any(${uuids(customers)})`,
  items: (theirs) => sql`t.id in (${itemsOf(theirs)})`,
  revisions: ({ records, identities }) =>
    sql`t.record_id = any(${uuids(records)}) or ${namesOne(sql`t.body::text`, identities)}`,
  history: ({ records, identities, customers }) =>
    sql`t.id = any(${uuids(records)}) or t.subject_id = any(${uuids(identities)})
      or ${namesOne(sql`t.body::text`, [...identities, ...customers])}`,
  sightings: ({ records, identities }) =>
    sql`t.record_id = any(${uuids(records)}) or t.identity_id = any(${uuids(identities)})
      or t.subject_id = any(${uuids(identities)})`,
  assignments: ({ customers, identities }) =>
    sql`t.customer_id = any(${uuids(customers)}) or t.subject_id = any(${uuids(identities)})`,
  conflicts: ({ identities }) => sql`t.a_id = any(${uuids(identities)}) or t.b_id = any(${uuids(identities)})`,
  verdicts: ({ identities }) => sql`t.left_ids && ${uuids(identities)} or t.right_ids && ${uuids(identities)}`,
  calls: callsOf,
  pops: (theirs) => sql`t.call_id in (${within(theirs)})`,
  outbox: (theirs) =>
    sql`t.payload ->> 'popId' in (select p.id::text from pops p where p.call_id in (${within(theirs)}))`,
  tracking_leases: ({ identities }) => sql`t.identity_id = any(${uuids(identities)})`,
  ingest_keys: ({ records }) => sql`t.id = any(${uuids(records)})`,
  // The months that have touchpoints of theirs in the archive, whose keys are above.
  archived_months: ({ records }) => sql`
    t.restored_at is null and exists (
      select from ingest_keys k
      where k.id = any(${uuids(records)}) and k.kind = 'touchpoint' and k.occurred_at >= t.starts_at and k.occurred_at < t.ends_at
    )
  `,
  batches: (theirs) => sql`t.id in (${batchesOf(theirs)})`,
  idempotency_keys: ({ records, customers }) => namesOne(sql`t.key || t.answer::text`, [...records, ...customers]),
  audit: ({ customers }) => sql`t.customer_id = any(${uuids(customers)})`,
  legal_holds: ({ customers }) => sql`t.customer_id = any(${uuids(customers)})`,
};

/** Tables whose rows are sealed or written by hand: they are opened, and searched for what names the customer. */
export const OPENED = ["rejections", "originals"] as const;

/** Tables that hold nothing of anybody, and why. A table that stands in no list fails a test. */
export const NOT_ABOUT: Readonly<Record<string, string>> = {
  namespaces: "rules",
  sources: "settings of senders",
  keyring: "secrets of this installation",
  routing_rules: "rules",
  consent_rules: "which consent is asked for where",
  retention_rules: "how long things are kept",
  retention_runs: "how much went, and when",
  tracking_numbers: "our own numbers",
  api_keys: "who may call the API",
  audit_seals: "keyed hashes of the audit's rows",
  streams: "how far streams are",
  imports: "how far files are",
  change_snapshots: "which transactions had ended",
  customer_changes: "ids of customers whose rows changed, of the last hours, without what changed",
  forgettings: "who was forgotten, by keyed hashes",
  erasures: "keyed hashes of what was forgotten",
  _prisma_migrations: "which migrations ran",
};
