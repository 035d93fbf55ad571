-- AlterTable
ALTER TABLE "customer_sessions" ADD COLUMN     "sections" TEXT[];

-- They are made again for everybody, with the sections.
insert into stale_customers (customer_id, change_id)
select t.customer_id, gen_random_uuid()
from customer_totals t;
