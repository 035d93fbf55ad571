-- CreateIndex
CREATE INDEX "identities_born" ON "identities"("born_at", "customer_id");
