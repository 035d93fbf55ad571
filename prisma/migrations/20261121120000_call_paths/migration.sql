-- AlterTable
ALTER TABLE "customer_sessions" ADD COLUMN     "call_at" TIMESTAMPTZ(3)[];

-- CreateTable
CREATE TABLE "call_paths" (
    "customer_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "pages" BIGINT[],
    "page_at" TIMESTAMPTZ(3)[],
    "came_before" BOOLEAN NOT NULL,

    CONSTRAINT "call_paths_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateIndex
CREATE INDEX "customer_totals_events" ON "customer_totals"("events");

-- Everybody who is there is yet to be told apart.
insert into stale_customers (customer_id, change_id)
select t.customer_id, gen_random_uuid()
from customer_totals t;
