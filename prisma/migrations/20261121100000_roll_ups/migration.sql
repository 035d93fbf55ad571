-- CreateTable
CREATE TABLE "stale_customers" (
    "customer_id" UUID NOT NULL,
    "change_id" UUID NOT NULL,

    CONSTRAINT "stale_customers_pkey" PRIMARY KEY ("customer_id","change_id")
);

-- CreateTable
CREATE TABLE "customer_totals" (
    "customer_id" UUID NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "events" INTEGER NOT NULL,
    "by_kind" INTEGER[],
    "by_channel" INTEGER[],

    CONSTRAINT "customer_totals_pkey" PRIMARY KEY ("customer_id")
);

-- Everybody who is there is yet to be counted.
insert into stale_customers (customer_id, change_id)
select c.customer_id, gen_random_uuid()
from (select distinct e.customer_id from customer_events e) c;
