-- CreateIndex
CREATE INDEX "sightings_record" ON "sightings"("subject_id", "at", "record_id");
