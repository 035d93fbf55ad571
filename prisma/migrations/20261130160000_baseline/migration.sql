-- CreateEnum
CREATE TYPE "channel" AS ENUM ('WEB', 'APP', 'BOT', 'IVR', 'CHAT', 'VOICE', 'SMS', 'EMAIL', 'SOCIAL', 'MAIL', 'FAX', 'BRANCH', 'SURVEY', 'TASK', 'OTHER');

-- CreateEnum
CREATE TYPE "touchpoint_kind" AS ENUM ('PAGE_VIEW', 'SEARCH', 'PROMPT', 'INTENT', 'MESSAGE', 'FORM', 'CALL', 'TRANSACTION', 'SURVEY', 'OTHER');

-- CreateEnum
CREATE TYPE "identity_kind" AS ENUM ('ANCHOR', 'PERSONAL', 'CARRIER', 'RECORD');

-- CreateEnum
CREATE TYPE "verdict_kind" AS ENUM ('MUST', 'NEVER');

-- CreateEnum
CREATE TYPE "conflict_kind" AS ENUM ('LIMIT', 'NEVER', 'SIZE', 'CONTESTED', 'OVERRULED');

-- CreateEnum
CREATE TYPE "direction" AS ENUM ('INBOUND', 'OUTBOUND');

-- CreateEnum
CREATE TYPE "outcome" AS ENUM ('HANDLED', 'ABANDONED', 'VOICEMAIL', 'CALLBACK_REQUESTED', 'CONTAINED', 'TRANSFERRED_OUT', 'FLOWED_OUT', 'FAILED');

-- CreateEnum
CREATE TYPE "match_status" AS ENUM ('MATCHED', 'OUT_OF_SESSION', 'OFFLINE', 'NO_IDENTITY', 'UNUSABLE');

-- CreateEnum
CREATE TYPE "match_method" AS ENUM ('VISITOR_ID', 'TRACKING_NUMBER', 'CALLER_NUMBER', 'CLICK_TO_CALL', 'PROXIMITY');

-- CreateEnum
CREATE TYPE "customer_kind" AS ENUM ('COMMERCIAL', 'PERSONAL');

-- CreateEnum
CREATE TYPE "pop_state" AS ENUM ('RINGING', 'TRANSFERRED_AWAY', 'ENDED', 'EXPIRED');

-- CreateTable
CREATE TABLE "namespaces" (
    "name" TEXT NOT NULL,
    "kind" "identity_kind" NOT NULL,
    "rank" INTEGER NOT NULL,
    "value_limit" INTEGER,
    "aliases" TEXT[],
    "is_ambiguous" BOOLEAN NOT NULL DEFAULT false,
    "is_oldest" BOOLEAN NOT NULL DEFAULT false,
    "description" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "namespaces_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "sources" (
    "name" TEXT NOT NULL,
    "default_region" TEXT,
    "time_zone" TEXT,
    "anchor_issuer" TEXT,
    "anchor_digits" INTEGER,
    "keep_kinds" "touchpoint_kind"[],
    "foreign_prefixes" TEXT[],
    "own_numbers" TEXT[],
    "rank" INTEGER NOT NULL DEFAULT 100,
    "volatile_fields" TEXT[],
    "transaction_issuer" TEXT,
    "ahead_minutes" INTEGER NOT NULL DEFAULT 10,
    "original_days" INTEGER NOT NULL DEFAULT 0,
    "visit_timeout_minutes" INTEGER NOT NULL DEFAULT 30,

    CONSTRAINT "sources_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "keyring" (
    "name" TEXT NOT NULL,
    "key" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "keyring_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "identities" (
    "id" UUID NOT NULL,
    "namespace" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "display" TEXT,
    "kind" "identity_kind" NOT NULL,
    "customer_id" UUID NOT NULL,
    "born_at" TIMESTAMPTZ(3) NOT NULL,
    "batch_id" UUID,
    "is_public" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "identities_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sightings" (
    "identity_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "subject_id" UUID NOT NULL,
    "record_id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "batch_id" UUID,

    CONSTRAINT "sightings_pkey" PRIMARY KEY ("identity_id","at","subject_id","record_id")
);

-- CreateTable
CREATE TABLE "verdicts" (
    "id" UUID NOT NULL,
    "kind" "verdict_kind" NOT NULL,
    "left_ids" UUID[],
    "right_ids" UUID[],
    "decided_by" TEXT NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3),
    "withdrawn_by" TEXT,
    "withdrawn_reason" TEXT,

    CONSTRAINT "verdicts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "assignments" (
    "subject_id" UUID NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "valid_to" TIMESTAMPTZ(3) NOT NULL,
    "known_from" TIMESTAMPTZ(3) NOT NULL,
    "known_to" TIMESTAMPTZ(3) NOT NULL,
    "customer_id" UUID NOT NULL,

    CONSTRAINT "assignments_pkey" PRIMARY KEY ("subject_id","known_from","valid_from")
);

-- CreateTable
CREATE TABLE "conflicts" (
    "a_id" UUID NOT NULL,
    "b_id" UUID NOT NULL,
    "kind" "conflict_kind" NOT NULL,
    "observed_at" TIMESTAMPTZ(3) NOT NULL,
    "source" TEXT NOT NULL,

    CONSTRAINT "conflicts_pkey" PRIMARY KEY ("a_id","b_id","kind")
);

-- CreateTable
CREATE TABLE "customer_records" (
    "subject_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "observed_at" TIMESTAMPTZ(3) NOT NULL,
    "ingested_at" TIMESTAMPTZ(3) NOT NULL,
    "batch_id" UUID,
    "customer_id" UUID NOT NULL,
    "stated" JSONB NOT NULL DEFAULT '{}',
    "stated_by" JSONB NOT NULL DEFAULT '{}',
    "identities" JSONB NOT NULL DEFAULT '{}',
    "display_name" TEXT,
    "cust_id" TEXT,
    "global_customer_id" TEXT,
    "occupation" TEXT,
    "age" INTEGER,
    "marital_status" TEXT,
    "ethnicity" TEXT,
    "gross_annual_income_amount" DECIMAL,
    "gross_annual_income_currency" CHAR(3),
    "employment_type" TEXT,
    "country_name" TEXT,
    "region" TEXT,
    "branch_number" TEXT,
    "customer_country_relationship" TEXT,
    "tenure_months" INTEGER,
    "overall_revenue_amount" DECIMAL,
    "overall_revenue_currency" CHAR(3),
    "products" TEXT[],
    "high_risk_customer" BOOLEAN,
    "customer_restriction" TEXT,
    "financial_risk_customer" BOOLEAN,
    "customer_segment_id" TEXT,
    "vvip" BOOLEAN,
    "premier_customer" BOOLEAN,
    "commercial_or_personal" "customer_kind",
    "is_digital_eligible" BOOLEAN,
    "branch_visits" INTEGER,
    "common_channels" "channel"[],
    "device" TEXT,
    "number_of_total_products" INTEGER,
    "signals" JSONB,
    "extra" JSONB,

    CONSTRAINT "customer_records_pkey" PRIMARY KEY ("subject_id","id")
);

-- CreateTable
CREATE TABLE "interactions" (
    "subject_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "revision" TIMESTAMPTZ(3),
    "ingested_at" TIMESTAMPTZ(3) NOT NULL,
    "batch_id" UUID,
    "customer_id" UUID NOT NULL,
    "is_visit" BOOLEAN NOT NULL DEFAULT false,
    "channel_type" "channel" NOT NULL,
    "universal_session_id" TEXT,
    "session_id" TEXT,
    "cust_id" TEXT,
    "session_start_time" TIMESTAMPTZ(3) NOT NULL,
    "interaction_start_time" TIMESTAMPTZ(3),
    "interaction_end_time" TIMESTAMPTZ(3),
    "session_end_time" TIMESTAMPTZ(3),
    "hold_seconds" INTEGER,
    "queue_seconds" INTEGER,
    "session_seconds" INTEGER,
    "customer_seconds" INTEGER,
    "agent_seconds" INTEGER,
    "interaction_seconds" INTEGER,
    "agent_id" TEXT,
    "agent_skill_id" TEXT,
    "department" TEXT,
    "team" TEXT,
    "intent_category" TEXT,
    "intent" TEXT,
    "journey_step" TEXT,
    "is_resolved" BOOLEAN,
    "is_transferred" BOOLEAN,
    "channel_type_transferred" "channel",
    "agent_id_transferred" TEXT,
    "agent_skill_id_transferred" TEXT,
    "is_digital_offered" BOOLEAN,
    "is_digital_accepted" BOOLEAN,
    "exit_reason_code" TEXT,
    "interaction_notes" TEXT,
    "is_transferred_to_survey" BOOLEAN,
    "csat_score" DOUBLE PRECISION,
    "csat_scale_max" DOUBLE PRECISION,
    "is_call_back" BOOLEAN,
    "call_back_session_id" TEXT,
    "contact_key" TEXT,
    "call_id" TEXT,
    "is_consult" BOOLEAN,
    "direction" "direction",
    "call_reason" TEXT,
    "call_centre_id" TEXT,
    "outcome" "outcome",
    "cost_amount" DECIMAL,
    "cost_currency" CHAR(3),
    "revenue_amount" DECIMAL,
    "revenue_currency" CHAR(3),
    "transaction_id" TEXT,
    "tracking_number" TEXT,
    "campaign" TEXT,
    "medium" TEXT,
    "device" TEXT,
    "campaign_source" TEXT,
    "referrer" TEXT,
    "landing_page" TEXT,
    "page_url" TEXT,
    "metadata" JSONB,
    "data_quality" JSONB,
    "item_id" BIGINT,
    "contact_keys" TEXT[],
    "contact_id" UUID,
    "shares_call" BOOLEAN,
    "match_status" "match_status",
    "match_method" "match_method",
    "match_confidence" DOUBLE PRECISION,
    "match_page" TEXT,
    "match_url" TEXT,
    "match_seconds" INTEGER,
    "match_campaign" TEXT,
    "match_medium" TEXT,
    "match_campaign_source" TEXT,
    "match_referrer" TEXT,
    "match_landing_page" TEXT,
    "sequence" INTEGER,
    "is_crowded" BOOLEAN,

    CONSTRAINT "interactions_pkey" PRIMARY KEY ("subject_id","id")
);

-- CreateTable
CREATE TABLE "touchpoints" (
    "subject_id" UUID NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "id" UUID NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ingested_at" TIMESTAMPTZ(3) NOT NULL,
    "batch_id" UUID,
    "customer_id" UUID NOT NULL,
    "interaction_id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "channel" "channel" NOT NULL,
    "kind" "touchpoint_kind" NOT NULL,
    "item_id" BIGINT,
    "url_id" BIGINT,
    "campaign_id" BIGINT,
    "campaign_source_id" BIGINT,
    "referrer_id" BIGINT,
    "landing_page_id" BIGINT,
    "sequence" INTEGER,
    "value" DECIMAL,
    "currency" CHAR(3),
    "transaction_id" TEXT,
    "metadata" JSONB,
    "universal_session_id" TEXT,
    "device" TEXT,
    "contact_keys" TEXT[],
    "is_cut" BOOLEAN,

    CONSTRAINT "touchpoints_pkey" PRIMARY KEY ("subject_id","occurred_at","id")
);

-- CreateTable
CREATE TABLE "items" (
    "id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "section" TEXT NOT NULL,

    CONSTRAINT "items_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "customer_changes" (
    "xid" xid8 NOT NULL DEFAULT pg_current_xact_id(),
    "customers" UUID[],
    "texts" BIGINT[],
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- CreateTable
CREATE TABLE "change_snapshots" (
    "snapshot" pg_snapshot NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "is_floor" BOOLEAN NOT NULL DEFAULT false
);

-- CreateTable
CREATE TABLE "ingest_keys" (
    "id" UUID NOT NULL,
    "revision" TIMESTAMPTZ(3),
    "body_hash" BYTEA NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "batch_id" UUID,

    CONSTRAINT "ingest_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "revisions" (
    "record_id" UUID NOT NULL,
    "body_hash" BYTEA NOT NULL,
    "revision" TIMESTAMPTZ(3),
    "body" JSONB NOT NULL,
    "kept_at" TIMESTAMPTZ(3) NOT NULL,
    "batch_id" UUID,

    CONSTRAINT "revisions_pkey" PRIMARY KEY ("record_id","body_hash")
);

-- CreateTable
CREATE TABLE "originals" (
    "id" UUID NOT NULL,
    "connector" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "body" BYTEA NOT NULL,

    CONSTRAINT "originals_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rejections" (
    "id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "source_id" TEXT,
    "kind" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "line" INTEGER,
    "body" BYTEA,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "batch_id" UUID,
    "accepted_at" TIMESTAMPTZ(3),

    CONSTRAINT "rejections_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "batches" (
    "id" UUID NOT NULL,
    entry_point TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "import_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "receipts" JSONB NOT NULL,
    "by_source" JSONB,
    "withdrawn_at" TIMESTAMPTZ(3),
    "withdrawn_by" TEXT,

    CONSTRAINT "batches_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "imports" (
    "id" UUID NOT NULL,
    "file" TEXT NOT NULL,
    "mapping" TEXT NOT NULL,
    "line" INTEGER NOT NULL DEFAULT 0,
    "receipts" JSONB NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "imports_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_keys" (
    "key" TEXT NOT NULL,
    "body_hash" BYTEA NOT NULL,
    "answer" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "streams" (
    "name" TEXT NOT NULL,
    "seq" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "streams_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "outbox" (
    "stream" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "topic" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("stream","seq")
);

-- CreateTable
CREATE TABLE "calls" (
    "id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "identity_ids" UUID[],
    "is_withheld" BOOLEAN NOT NULL,
    "dialled_number" TEXT,
    "call_reason" TEXT,
    "ringing_at" TIMESTAMPTZ(3) NOT NULL,
    "announced_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "calls_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pops" (
    "id" UUID NOT NULL,
    "call_id" UUID NOT NULL,
    "agent_id" TEXT NOT NULL,
    "state" "pop_state" NOT NULL,
    "seq" BIGINT NOT NULL,
    "announced_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "acknowledged_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "pops_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "routing_rules" (
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "is_enabled" BOOLEAN NOT NULL DEFAULT true,
    "message" TEXT NOT NULL,
    "matcher" JSONB NOT NULL,
    "advice" JSONB NOT NULL,

    CONSTRAINT "routing_rules_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "tracking_numbers" (
    "number" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "channel" "channel",
    "campaign" TEXT,
    "medium" TEXT,
    "pool" TEXT,

    CONSTRAINT "tracking_numbers_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "tracking_leases" (
    "number" TEXT NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "valid_to" TIMESTAMPTZ(3) NOT NULL,
    "identity_id" UUID NOT NULL,

    CONSTRAINT "tracking_leases_pkey" PRIMARY KEY ("number","valid_from")
);

-- CreateTable
CREATE TABLE "api_keys" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "role" TEXT NOT NULL,
    "agent_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "customer_id" UUID,
    "detail" JSONB,

    CONSTRAINT "audit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "erasures" (
    "identity_id" UUID NOT NULL,
    "erased_at" TIMESTAMPTZ(3) NOT NULL,
    "erased_by" TEXT NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "erasures_pkey" PRIMARY KEY ("identity_id")
);

-- CreateIndex
CREATE INDEX "identities_customer" ON "identities"("customer_id");

-- CreateIndex
CREATE INDEX "identities_born" ON "identities"("born_at", "customer_id");

-- CreateIndex
CREATE INDEX "identities_value" ON "identities" USING HASH ("value");

-- CreateIndex
CREATE INDEX "sightings_record" ON "sightings"("subject_id", "at", "record_id");

-- CreateIndex
CREATE INDEX "verdicts_left" ON "verdicts" USING GIN ("left_ids");

-- CreateIndex
CREATE INDEX "verdicts_right" ON "verdicts" USING GIN ("right_ids");

-- CreateIndex
CREATE INDEX "conflicts_time" ON "conflicts"("observed_at", "a_id", "b_id");

-- CreateIndex
CREATE INDEX "conflicts_b" ON "conflicts"("b_id");

-- CreateIndex
CREATE INDEX "customer_records_customer" ON "customer_records"("customer_id");

-- CreateIndex
CREATE INDEX "customer_records_segment" ON "customer_records"("customer_segment_id");

-- CreateIndex
CREATE INDEX "customer_records_region" ON "customer_records"("region");

-- CreateIndex
CREATE INDEX "interactions_id" ON "interactions"("id");

-- CreateIndex
CREATE INDEX "interactions_time" ON "interactions"("session_start_time", "id");

-- CreateIndex
CREATE INDEX "items_name" ON "items" USING HASH ("name");

-- CreateIndex
CREATE INDEX "customer_changes_xid" ON "customer_changes"("xid");

-- CreateIndex
CREATE INDEX "originals_connector" ON "originals"("connector", "id");

-- CreateIndex
CREATE INDEX "originals_expiry" ON "originals"("expires_at");

-- CreateIndex
CREATE INDEX "rejections_time" ON "rejections"("received_at", "id");

-- CreateIndex
CREATE INDEX "rejections_batch" ON "rejections"("batch_id");

-- CreateIndex
CREATE INDEX "batches_time" ON "batches"("at", "id");

-- CreateIndex
CREATE INDEX "batches_import" ON "batches"("import_id");

-- CreateIndex
CREATE INDEX "idempotency_keys_time" ON "idempotency_keys"("created_at");

-- CreateIndex
CREATE INDEX "outbox_time" ON "outbox"("created_at");

-- CreateIndex
CREATE INDEX "calls_time" ON "calls"("announced_at");

-- CreateIndex
CREATE INDEX "pops_call" ON "pops"("call_id");

-- CreateIndex
CREATE INDEX "tracking_numbers_pool" ON "tracking_numbers"("pool");

-- CreateIndex
CREATE INDEX "tracking_leases_identity" ON "tracking_leases"("identity_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_hash" ON "api_keys"("hash");

-- CreateIndex
CREATE INDEX "audit_customer_time" ON "audit"("customer_id", "at");

-- CreateIndex
CREATE INDEX "audit_time" ON "audit"("at");

-- What follows is written by hand: Prisma has no words for it. schema.prisma lists the columns of a covering index behind
-- those of its key.

-- When a pair was first and last seen together is one row at either end of the index, however often it was.
CREATE INDEX "sightings_pair" ON "sightings"("subject_id", "identity_id", "at") INCLUDE ("source");

-- Without the end: a visit's grows with each touchpoint, and an indexed column would forbid the cheap update.
CREATE INDEX "interactions_customer_time" ON "interactions"("customer_id", "session_start_time") INCLUDE ("id", "channel_type", "is_visit", "item_id", "sequence");

-- Everything that reports ask of a customer's touchpoints, their place in the total order included, out of the index
-- alone: a page of the heap for each touch cost more than all the rest. The channel lies where there was padding, and a
-- sequence is mostly null: they take no room.
CREATE INDEX "touchpoints_customer_time" ON "touchpoints"("customer_id", "occurred_at") INCLUDE ("kind", "channel", "item_id", "ended_at", "id", "sequence");

-- Touchpoints that last: few, and all that can bridge a pause longer than a session's. In the words of customer_events:
-- PostgreSQL uses a partial index only for the condition that it was made with.
CREATE INDEX "touchpoints_lasting" ON "touchpoints"("customer_id", "occurred_at") INCLUDE ("ended_at") WHERE greatest("occurred_at", "ended_at") > "occurred_at";

-- Forms, searches, transactions and the like are found without reading the page views, of which there are ten to one.
CREATE INDEX "touchpoints_rare" ON "touchpoints"("kind", "occurred_at") WHERE "kind" <> 'PAGE_VIEW';

-- Clicks on a telephone link, among the few touchpoints of no kind of their own.
CREATE INDEX "touchpoints_other" ON "touchpoints"("occurred_at", "url_id") WHERE "kind" = 'OTHER';

-- The visits around an instant, one by one: few rows, since most visits have a session id.
CREATE INDEX "interactions_cut" ON "interactions"("subject_id", "source", "session_start_time") WHERE "is_visit" AND "session_id" IS NULL;

-- Legs are few among visits. Found by channel and time without reading those.
CREATE INDEX "interactions_legs" ON "interactions"("channel_type", "session_start_time") WHERE NOT "is_visit";

-- That a visit is on the web and a leg is not: taken for independent, legs were expected by the dozen, not by the thousand.
CREATE STATISTICS "interactions_kinds" (mcv) ON "is_visit", "channel_type" FROM "interactions";

-- Calls that are still to be matched to the web: a queue that is empty between batches.
CREATE INDEX "interactions_unmatched" ON "interactions"("id") WHERE "match_status" IS NULL AND "channel_type" = 'VOICE' AND NOT "is_visit";

-- Calls by the number dialled, and by the page that a tracker saw, for what arrives after them.
CREATE INDEX "interactions_dialled" ON "interactions"("tracking_number", "session_start_time") WHERE "tracking_number" IS NOT NULL AND "channel_type" = 'VOICE';
CREATE INDEX "interactions_page" ON "interactions" USING HASH ("page_url") WHERE "page_url" IS NOT NULL AND "channel_type" = 'VOICE';

-- What keys tie together: by key for whatever comes next, by contact for what is tied already, which is little.
CREATE INDEX "interactions_contact_keys" ON "interactions" USING GIN ("contact_keys") WITH (fastupdate = off) WHERE "contact_keys" IS NOT NULL;
CREATE INDEX "interactions_contact" ON "interactions"("contact_id") WHERE "contact_id" IS NOT NULL;

-- Calls told in several legs, by customer: what counts once a contact.
CREATE INDEX "interactions_shared_calls" ON "interactions"("customer_id") WHERE "shares_call";

-- What else is known of one transaction, whose money counts once.
CREATE INDEX "interactions_transaction" ON "interactions"("transaction_id") WHERE "transaction_id" IS NOT NULL;
CREATE INDEX "touchpoints_transaction" ON "touchpoints"("transaction_id") WHERE "transaction_id" IS NOT NULL;

-- The few pops that ring: by agent for a screen that opens, by time for what expires.
CREATE INDEX "pops_ringing" ON "pops"("agent_id", "expires_at") WHERE "state" = 'RINGING';

-- Whose a subject is as we know it now, out of the index alone.
CREATE INDEX "assignments_current_subject" ON "assignments"("subject_id", "valid_from") INCLUDE ("valid_to", "customer_id") WHERE "known_to" = 'infinity';

-- Which subjects a customer has, or had, as we know it now.
CREATE INDEX "assignments_current_customer" ON "assignments"("customer_id") INCLUDE ("subject_id") WHERE "known_to" = 'infinity';

-- The identities of records that nothing else identifies: what every count of customers leaves out.
CREATE INDEX "identities_record" ON "identities"("id") INCLUDE ("customer_id") WHERE "kind" = 'RECORD';

-- Contacts, for the same: some are all that is known of their customer.
CREATE INDEX "identities_contact" ON "identities"("customer_id") WHERE "namespace" = 'contact';

-- Room on each page for the updates that a change of customer, or a growing visit, makes in place.
ALTER TABLE "touchpoints" SET (fillfactor = 90, autovacuum_vacuum_insert_scale_factor = 0.05);
ALTER TABLE "interactions" SET (fillfactor = 90, autovacuum_vacuum_insert_scale_factor = 0.05);

-- Every event of every customer: touchpoints, and the legs that senders report, which are one touchpoint each
-- (a WEB or APP leg is none: its page views are; nor is a consult, which is between agents). Timelines, matching and the live desk read it. `ended_at` is where idle time
-- starts: nothing ends before it starts, and `greatest` passes over what is not stated. `brought_…` is what brought the visit
-- that a call came out of; `stated_at` is when its sender last said so. On one machine it is a view; on a
-- sharded database it would be a table distributed by customer_id.
create view customer_events as
select
  t.customer_id,
  t.subject_id,
  t.id,
  false as is_leg,
  t.occurred_at,
  greatest(t.occurred_at, t.ended_at) as ended_at,
  t.sequence,
  t.channel,
  t.kind,
  t.item_id,
  t.url_id,
  t.campaign_id,
  t.campaign_source_id,
  t.referrer_id,
  t.landing_page_id,
  null::text as campaign,
  null::text as medium,
  null::text as campaign_source,
  null::text as referrer,
  null::text as landing_page,
  null::text as brought_campaign,
  null::text as brought_medium,
  null::text as brought_campaign_source,
  null::text as brought_referrer,
  null::text as brought_landing_page,
  t.source,
  null::text as source_id,
  t.interaction_id,
  null::text as universal_session_id,
  t.value,
  t.currency,
  t.transaction_id,
  t.occurred_at as stated_at,
  null::text as call_reason,
  null::text as intent,
  null::text as journey_step,
  null::text as agent_id,
  null::text as agent_skill_id,
  null::text as team,
  null::text as department,
  null::text as call_centre_id,
  null::outcome as outcome,
  null::numeric as cost_amount,
  null::char(3) as cost_currency,
  null::numeric as revenue_amount,
  null::char(3) as revenue_currency,
  null::match_status as match_status,
  null::uuid as contact_id,
  null::boolean as shares_call,
  t.metadata,
  t.ingested_at
from touchpoints t
union all
select
  i.customer_id,
  i.subject_id,
  i.id,
  true,
  i.session_start_time,
  greatest(i.session_start_time, coalesce(i.interaction_end_time, i.session_end_time)),
  i.sequence,
  i.channel_type,
  case
    when i.channel_type = 'VOICE' then 'CALL'
    when i.channel_type = 'IVR' then 'PROMPT'
    when i.channel_type = 'BOT' then 'INTENT'
    when i.channel_type in ('CHAT', 'SMS', 'EMAIL', 'SOCIAL', 'MAIL', 'FAX') then 'MESSAGE'
    when i.channel_type = 'SURVEY' then 'SURVEY'
    else 'OTHER'
  end::touchpoint_kind,
  i.item_id,
  null::bigint,
  null::bigint,
  null::bigint,
  null::bigint,
  null::bigint,
  i.campaign,
  i.medium,
  i.campaign_source,
  i.referrer,
  i.landing_page,
  i.match_campaign,
  i.match_medium,
  i.match_campaign_source,
  i.match_referrer,
  i.match_landing_page,
  i.source,
  i.source_id,
  i.id,
  i.universal_session_id,
  null::numeric,
  null::char(3),
  i.transaction_id,
  coalesce(i.revision, i.session_start_time),
  i.call_reason,
  i.intent,
  i.journey_step,
  i.agent_id,
  i.agent_skill_id,
  i.team,
  i.department,
  i.call_centre_id,
  i.outcome,
  i.cost_amount,
  i.cost_currency,
  i.revenue_amount,
  i.revenue_currency,
  i.match_status,
  i.contact_id,
  i.shares_call,
  i.metadata,
  i.ingested_at
from interactions i
where not i.is_visit
and i.channel_type not in ('WEB', 'APP')
and i.is_consult is not true;

-- The customers that exist: those who still bear the id that one of their identities, their senior, was born with.
-- A record that nothing identifies is nobody.
create view customers as
select
  i.customer_id as id,
  i.id as senior_id,
  i.born_at,
  i.kind = 'CARRIER' as is_anonymous
from identities i
where i.kind <> 'RECORD'
and (
  i.namespace <> 'contact'
  or exists (
    select from assignments a
    join identities o on o.id = a.subject_id
    where a.customer_id = i.customer_id
    and a.known_to = 'infinity'
    and o.namespace <> 'contact'
  )
)
and (
  not exists (
    select from assignments a
    where a.subject_id = i.id
    and a.known_to = 'infinity'
  )
  or exists (
    select from assignments a
    where a.subject_id = i.id
    and a.known_to = 'infinity'
    and a.customer_id = i.customer_id
  )
);

-- What business-intelligence tools may read, under the seed's names. A view reads with the rights of its owner, so whoever
-- may read these needs no right to any table: see `npm run c360 -- bi-role`.
create schema bi;

-- CAR, one row for each customer of whom a source has stated anything: the surviving values as src/customers/survive.ts
-- has them, and those of src/customers/usage.ts where nobody states any. "CustomerKey" joins it to the other two.
-- Left out as personal: Occupation, Age, MaritalStatus, Ethnicity, GrossAnnualIncome, GrossAnnualIncomeCurrency.
create view bi.car as
select
  c.id as "CustomerKey",
  s.fields ->> 'custId' as "Cust_ID",
  s.fields ->> 'globalCustomerId' as "GlobalCustomerID",
  s.fields ->> 'employmentType' as "EmploymentType",
  s.fields ->> 'countryName' as "CountryName",
  s.fields ->> 'region' as "Region",
  s.fields ->> 'branchNumber' as "BranchNumber",
  s.fields ->> 'customerCountryRelationship' as "CustomerCountryRelationship",
  coalesce((s.fields ->> 'tenureMonths')::integer, u.tenure_months) as "Tenure",
  split_part(s.fields ->> 'overallRevenue', ' ', 1)::numeric as "OverallRevenue",
  split_part(s.fields ->> 'overallRevenue', ' ', 2) as "OverallRevenueCurrency",
  s.fields -> 'products' ->> 0 as "Product 1",
  s.fields -> 'products' ->> 1 as "Product 2",
  s.fields -> 'products' ->> 2 as "Product 3",
  (s.fields ->> 'highRiskCustomer')::boolean as "HighRiskCustomer",
  s.fields ->> 'customerRestriction' as "CustomerRestriction",
  (s.fields ->> 'financialRiskCustomer')::boolean as "FinancialRiskCustomer",
  s.fields ->> 'customerSegmentId' as "CustomerSegmentID",
  (s.fields ->> 'vvip')::boolean as "VVIP",
  (s.fields ->> 'premierCustomer')::boolean as "PremierCustomer",
  s.fields ->> 'commercialOrPersonal' as "CommercialorPersonal",
  (s.fields ->> 'isDigitalEligible')::boolean as "IsDigitalEligible",
  coalesce((s.fields ->> 'branchVisits')::integer, u.branch_visits) as "BranchVisits",
  coalesce((select string_agg(k.value, ', ' order by k.place) from jsonb_array_elements_text(s.fields -> 'commonChannels') with ordinality as k (value, place)), u.common_channels) as "CommonChannels",
  coalesce(s.fields ->> 'device', u.device) as "Device",
  coalesce((s.fields ->> 'numberOfTotalProducts')::integer, u.number_of_total_products) as "NumberofTotalProducts"
from (select distinct r.customer_id as id from customer_records r) c
cross join lateral (
  select jsonb_object_agg(b.field, b.value) as fields
  from (
    select distinct on (v.field) v.field, v.value
    from customer_records r
    left join sources o on o.name = r.source
    cross join lateral (
      values
        ('custId', to_jsonb(r.cust_id)),
        ('globalCustomerId', to_jsonb(r.global_customer_id)),
        ('employmentType', to_jsonb(r.employment_type)),
        ('countryName', to_jsonb(r.country_name)),
        ('region', to_jsonb(r.region)),
        ('branchNumber', to_jsonb(r.branch_number)),
        ('customerCountryRelationship', to_jsonb(r.customer_country_relationship)),
        ('tenureMonths', to_jsonb(r.tenure_months)),
        ('overallRevenue', to_jsonb(r.overall_revenue_amount || ' ' || r.overall_revenue_currency)),
        ('products', to_jsonb(r.products)),
        ('highRiskCustomer', to_jsonb(r.high_risk_customer)),
        ('customerRestriction', to_jsonb(r.customer_restriction)),
        ('financialRiskCustomer', to_jsonb(r.financial_risk_customer)),
        ('customerSegmentId', to_jsonb(r.customer_segment_id)),
        ('vvip', to_jsonb(r.vvip)),
        ('premierCustomer', to_jsonb(r.premier_customer)),
        ('commercialOrPersonal', to_jsonb(r.commercial_or_personal)),
        ('isDigitalEligible', to_jsonb(r.is_digital_eligible)),
        ('branchVisits', to_jsonb(r.branch_visits)),
        ('commonChannels', to_jsonb(r.common_channels)),
        ('device', to_jsonb(r.device)),
        ('numberOfTotalProducts', to_jsonb(r.number_of_total_products))
    ) v (field, value)
    where r.customer_id = c.id
    and v.value is not null
    and v.value <> '[]'
    -- 100 is the rank of a source without settings.
    order by
      v.field,
      coalesce(o.rank, 100),
      coalesce((r.stated ->> v.field)::timestamptz, r.observed_at) desc,
      r.source collate "C",
      r.source_id collate "C"
  ) b
) s
cross join lateral (
  with used as (
    select
      i.channel_type as channel,
      i.device,
      count(distinct i.id) as interactions,
      min(i.session_start_time) as first_at,
      max(i.session_start_time) as last_at
    from interactions i
    where i.customer_id = c.id
    group by i.channel_type, i.device
  )
  select
    (
      select string_agg(k.channel::text, ', ' order by k.interactions desc, k.last_at desc, k.channel)
      from (
        select n.channel, sum(n.interactions) as interactions, max(n.last_at) as last_at
        from used n
        group by n.channel
        order by interactions desc, last_at desc, n.channel
        limit 3
      ) k
    ) as common_channels,
    (
      select n.device
      from used n
      where n.device is not null
      group by n.device
      order by sum(n.interactions) desc, max(n.last_at) desc, min(n.channel)
      limit 1
    ) as device,
    (select sum(n.interactions)::integer from used n where n.channel = 'BRANCH') as branch_visits,
    jsonb_array_length(s.fields -> 'products') as number_of_total_products,
    -- Whole calendar months in UTC, the time of day left aside.
    (
      select greatest(0, (
        extract(year from t.now) * 12 + extract(month from t.now)
        - extract(year from t.first) * 12 - extract(month from t.first)
        - (extract(day from t.now) < extract(day from t.first))::integer
      )::integer)
      from (select now() at time zone 'UTC' as now, min(n.first_at) at time zone 'UTC' as first from used n) t
      where t.first is not null
    ) as tenure_months
) u;

-- JAR, one row for each interaction, with what a call log tells beside it. A visit that several subjects took part in is
-- stored once for each of them; the row that began first stands for it. Lengths that nobody supplied are measured, as in
-- src/facts/durations.ts. "InteractionKey" joins it to bi.touchpoints. Left out as written about people:
-- InteractionNotes, Metadata.
create view bi.jar as
select
  i.customer_id as "CustomerKey",
  i.id as "InteractionKey",
  i.source as "Source",
  i.source_id as "SourceId",
  i.revision as "Revision",
  i.channel_type::text as "ChannelType",
  i.universal_session_id as "UniversalSessionId",
  i.session_id as "SessionId",
  i.cust_id as "CUST_ID",
  i.session_start_time as "SessionStartTime",
  i.interaction_start_time as "InteractionStartTime",
  i.interaction_end_time as "InteractionEndTime",
  e.session_end_time as "SessionEndTime",
  i.hold_seconds as "HoldTime",
  i.queue_seconds as "QueueTime",
  coalesce(i.session_seconds, m.session_seconds) as "SessionDuration",
  coalesce(i.customer_seconds, m.customer_seconds) as "CustomerDuration",
  coalesce(i.agent_seconds, m.agent_seconds) as "AgentDuration",
  coalesce(i.interaction_seconds, m.interaction_seconds) as "InteractionDuration",
  i.agent_id as "AgentId",
  i.agent_skill_id as "AgentSkillId",
  i.department as "Department",
  i.team as "Team",
  i.intent_category as "IntentCategory",
  i.intent as "Intent",
  i.journey_step as "JourneyStep",
  i.is_resolved as "IsResolved",
  i.is_transferred as "IsTransferred",
  i.channel_type_transferred::text as "ChannelTypeTransferred",
  i.agent_id_transferred as "AgentIdTransferred",
  i.agent_skill_id_transferred as "AgentSkillIdTransferred",
  i.is_digital_offered as "IsDigitalOffered",
  i.is_digital_accepted as "IsDigitalAccepted",
  i.exit_reason_code as "ExitReasonCode",
  i.is_transferred_to_survey as "IsTransferredToSurvey",
  i.csat_score as "CSATScore",
  i.is_call_back as "IsCallBack",
  i.call_back_session_id as "CallBackSessionId",
  i.sequence as "Sequence",
  i.contact_key as "ContactKey",
  i.call_id as "CallId",
  i.is_consult as "IsConsult",
  i.csat_scale_max as "CsatScaleMax",
  i.direction::text as "Direction",
  i.call_reason as "CallReason",
  i.call_centre_id as "CallCentreId",
  i.outcome::text as "Outcome",
  i.cost_amount as "Cost",
  i.cost_currency as "CostCurrency",
  i.revenue_amount as "Revenue",
  i.revenue_currency as "RevenueCurrency",
  i.transaction_id as "TransactionId",
  i.tracking_number as "TrackingNumber",
  i.campaign as "Campaign",
  i.medium as "Medium",
  i.campaign_source as "CampaignSource",
  i.referrer as "Referrer",
  i.landing_page as "LandingPage",
  i.page_url as "PageUrl",
  i.device as "Device",
  i.match_status::text as "MatchStatus",
  i.match_method::text as "MatchMethod",
  i.match_confidence as "MatchConfidence",
  i.match_page as "MatchPage",
  i.match_url as "MatchUrl",
  i.match_seconds as "MatchSeconds",
  i.match_campaign as "MatchCampaign",
  i.match_medium as "MatchMedium",
  i.match_campaign_source as "MatchCampaignSource",
  i.match_referrer as "MatchReferrer",
  i.match_landing_page as "MatchLandingPage"
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
where not i.is_visit
or not exists (
  select from interactions o
  where o.id = i.id
  and (o.is_visit, o.session_start_time, o.subject_id) < (i.is_visit, i.session_start_time, i.subject_id)
);

-- Everything that happened, one row a moment: page views, searches, prompts, and calls and other legs as the touchpoints
-- that they are. "ValueOnce" adds up: of the rows of one transaction only the one that was stated last has it.
-- Left out as written about people: Metadata.
create view bi.touchpoints as
select
  t.customer_id as "CustomerKey",
  t.interaction_id as "InteractionKey",
  t.occurred_at as "OccurredAt",
  nullif(t.ended_at, t.occurred_at) as "EndedAt",
  t.sequence as "Sequence",
  t.kind::text as "Kind",
  t.channel::text as "Channel",
  n.name as "Name",
  nullif(n.section, '') as "Section",
  u.name as "Url",
  coalesce(t.value, t.revenue_amount) as "Value",
  case when t.value is null then t.revenue_currency else t.currency end as "ValueCurrency",
  t.transaction_id as "TransactionId",
  nullif(coalesce(t.campaign, t.brought_campaign, c.name), '') as "Campaign",
  nullif(coalesce(t.medium, t.brought_medium, c.section), '') as "Medium",
  coalesce(t.campaign_source, t.brought_campaign_source, o.name) as "CampaignSource",
  coalesce(t.referrer, t.brought_referrer, r.name) as "Referrer",
  coalesce(t.landing_page, t.brought_landing_page, l.name) as "LandingPage",
  t.source as "Source",
  case
    when t.transaction_id is null or not exists (
      select
      from customer_events w
      where w.transaction_id = t.transaction_id
      and (w.stated_at, w.id) > (t.stated_at, t.id)
      and coalesce(w.revenue_amount, w.value) is not null
      and coalesce((select s.transaction_issuer from sources s where s.name = w.source), w.source) = coalesce((select s.transaction_issuer from sources s where s.name = t.source), t.source)
    )
    then coalesce(t.value, t.revenue_amount)
  end as "ValueOnce"
from customer_events t
left join items n on n.id = t.item_id
left join items u on u.id = t.url_id
left join items c on c.id = t.campaign_id
left join items o on o.id = t.campaign_source_id
left join items r on r.id = t.referrer_id
left join items l on l.id = t.landing_page_id;
