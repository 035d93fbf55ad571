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

-- CreateIndex
CREATE INDEX "calls_time" ON "calls"("announced_at");

-- CreateIndex
CREATE INDEX "pops_call" ON "pops"("call_id");

-- What Prisma cannot say: partial indexes.

-- The few pops that ring: by agent for a screen that opens, by time for what expires.
create index pops_ringing on pops (agent_id, expires_at) where state = 'RINGING';

-- Calls that are still to be matched to the web: a queue that is empty between batches.
create index interactions_unmatched on interactions (id)
where match_status is null and channel_type = 'VOICE' and not is_visit;

-- Calls by the number dialled, and by the page that a tracker saw, for what arrives after them.
create index interactions_dialled on interactions (tracking_number, session_start_time)
where tracking_number is not null and channel_type = 'VOICE';
create index interactions_page on interactions using hash (page_url)
where page_url is not null and channel_type = 'VOICE';

-- Clicks on a telephone link, among the few touchpoints of no kind of their own.
create index touchpoints_other on touchpoints (occurred_at, url_id) where kind = 'OTHER';
