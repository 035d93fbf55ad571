-- With its end, what lasts is read out of this small index alone. Without, the whole of `touchpoints_customer_time` was
-- read for it, which has all that is needed but a hundred times as many rows.
DROP INDEX "touchpoints_lasting";

CREATE INDEX "touchpoints_lasting" ON "touchpoints"("customer_id", "occurred_at") INCLUDE ("ended_at")
WHERE coalesce("ended_at", "occurred_at") > "occurred_at";
