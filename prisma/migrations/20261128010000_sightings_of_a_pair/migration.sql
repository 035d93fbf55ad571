-- When a pair was first and last seen together is one row at either end of the index, however often it was.
-- Made before the old one is dropped: the closure always has one to go by.
CREATE INDEX "sightings_pair" ON "sightings"("subject_id", "identity_id", "at") INCLUDE ("source");

DROP INDEX "sightings_subject";
