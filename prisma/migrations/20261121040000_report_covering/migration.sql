-- Everything that reports ask of a customer's touchpoints, their place in the total order included, out of the index
-- alone: a page of the heap for each touch cost more than all the rest.
DROP INDEX "touchpoints_customer_time";

-- Made by hand. The channel lies where there was padding, and a sequence is mostly null: they take no room.
CREATE INDEX "touchpoints_customer_time" ON "touchpoints"("customer_id", "occurred_at") INCLUDE ("kind", "channel", "item_id", "ended_at", "id", "sequence");

-- Legs are few among visits. Found by channel and time without reading those.
CREATE INDEX "interactions_legs" ON "interactions"("channel_type", "session_start_time") WHERE NOT "is_visit";

-- That a visit is on the web and a leg is not: taken for independent, legs were expected by the dozen, not by the thousand.
CREATE STATISTICS "interactions_kinds" (mcv) ON "is_visit", "channel_type" FROM "interactions";
