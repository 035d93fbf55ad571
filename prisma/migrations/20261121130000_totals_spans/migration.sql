-- CreateIndex
CREATE INDEX "customer_totals_first" ON "customer_totals"("first_at");

-- CreateIndex
CREATE INDEX "customer_totals_last" ON "customer_totals"("last_at");
