-- CreateEnum
CREATE TYPE "retained_kind" AS ENUM ('TOUCHPOINTS', 'INTERACTIONS', 'EARLIER_VERSIONS', 'REJECTIONS');

-- CreateTable
CREATE TABLE "retention_rules" (
    "kind" "retained_kind" NOT NULL,
    "source" TEXT NOT NULL,
    "days" INTEGER NOT NULL,

    CONSTRAINT "retention_rules_pkey" PRIMARY KEY ("kind","source")
);

-- CreateTable
CREATE TABLE "legal_holds" (
    "id" UUID NOT NULL,
    "customer_id" UUID,
    "source" TEXT,
    "reason" TEXT NOT NULL,
    "held_by" TEXT NOT NULL,
    "held_at" TIMESTAMPTZ(3) NOT NULL,
    "released_at" TIMESTAMPTZ(3),

    CONSTRAINT "legal_holds_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "retention_runs" (
    "id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "gone" JSONB NOT NULL,
    "whole_since" TIMESTAMPTZ(3),
    "error" TEXT,

    CONSTRAINT "retention_runs_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "retention_runs_time" ON "retention_runs"("started_at");
