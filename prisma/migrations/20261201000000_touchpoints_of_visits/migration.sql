-- What a touchpoint states of its visit is kept with it, so that a visit can be made again from the touchpoints it has.
ALTER TABLE "touchpoints" ADD COLUMN "universal_session_id" TEXT,
ADD COLUMN "device" TEXT,
ADD COLUMN "contact_keys" TEXT[];

-- Nothing tells which of the earlier touchpoints of a visit stated what: each keeps all that the visit knows.
UPDATE "touchpoints" t
SET "universal_session_id" = i."universal_session_id", "device" = i."device", "contact_keys" = i."contact_keys"
FROM "interactions" i
WHERE i."subject_id" = t."subject_id" AND i."id" = t."interaction_id" AND i."is_visit"
  AND (i."universal_session_id" IS NOT NULL OR i."device" IS NOT NULL OR i."contact_keys" IS NOT NULL);
