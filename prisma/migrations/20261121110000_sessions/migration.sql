-- CreateTable
CREATE TABLE "customer_sessions" (
    "customer_id" UUID NOT NULL,
    "start_at" TIMESTAMPTZ(3) NOT NULL,
    "end_at" TIMESTAMPTZ(3) NOT NULL,
    "pages" BIGINT[],
    "page_at" TIMESTAMPTZ(3)[],
    "calls" UUID[],
    "pages_before" INTEGER[],

    CONSTRAINT "customer_sessions_pkey" PRIMARY KEY ("customer_id","start_at")
);

-- Everybody who is there is yet to be told apart.
insert into stale_customers (customer_id, change_id)
select t.customer_id, gen_random_uuid()
from customer_totals t;
