-- They are made again for everybody, with the session of the call.
delete from call_paths;

-- AlterTable
ALTER TABLE "call_paths" ADD COLUMN     "start_at" TIMESTAMPTZ(3) NOT NULL;

insert into stale_customers (customer_id, change_id)
select t.customer_id, gen_random_uuid()
from customer_totals t;
