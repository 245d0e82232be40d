-- CreateIndex
CREATE INDEX "prices_market_id_variant_id_valid_from_valid_to_idx" ON "prices"("market_id", "variant_id", "valid_from", "valid_to");
