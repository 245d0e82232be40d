-- CreateEnum
CREATE TYPE "promotion_scope" AS ENUM ('CATALOG', 'ORDER');

-- CreateEnum
CREATE TYPE "promotion_stacking" AS ENUM ('STACKS', 'EXCLUSIVE');

-- AlterTable
ALTER TABLE "markets" ADD COLUMN     "bank_transfer_days" INTEGER,
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "promotions" (
    "id" UUID NOT NULL,
    "names" JSONB NOT NULL,
    "scope" "promotion_scope" NOT NULL,
    "market_ids" TEXT[],
    "priority" INTEGER NOT NULL,
    "stacking" "promotion_stacking" NOT NULL,
    "needs_voucher" BOOLEAN NOT NULL,
    "conditions" JSONB NOT NULL,
    "actions" JSONB NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3),
    "is_active" BOOLEAN NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "promotions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "due_retellings" (
    "kind" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "due_retellings_pkey" PRIMARY KEY ("kind","subject_id","due_at")
);

-- CreateTable
CREATE TABLE "retellings" (
    "id" UUID NOT NULL,
    "requested_by" UUID NOT NULL,
    "last_product_id" UUID,
    "has_told_frame" BOOLEAN NOT NULL DEFAULT false,
    "told_products" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "retellings_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "promotions_starts_at_id_idx" ON "promotions"("starts_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "promotions_scope_is_active_ends_at_idx" ON "promotions"("scope", "is_active", "ends_at");

-- CreateIndex
CREATE INDEX "due_retellings_due_at_idx" ON "due_retellings"("due_at");

-- CreateIndex
CREATE INDEX "retellings_finished_at_created_at_idx" ON "retellings"("finished_at", "created_at");

-- What a schema cannot say.
ALTER TABLE "promotions" ADD CONSTRAINT "promotions_validity" CHECK ("ends_at" > "starts_at");
ALTER TABLE "due_retellings" ADD CONSTRAINT "due_retellings_kind" CHECK ("kind" IN ('PRODUCT', 'PROMOTION'));
ALTER TABLE "markets" ADD CONSTRAINT "markets_bank_transfer_days" CHECK ("bank_transfer_days" > 0);
-- Rates got a first moment: those that have none have held since ever.
UPDATE "markets" SET "tax_rates" = coalesce((
  SELECT jsonb_agg(jsonb_build_object('validFrom', '1970-01-01T00:00:00.000Z') || rate ORDER BY place)
  FROM jsonb_array_elements("tax_rates") WITH ORDINALITY AS rates (rate, place)
), '[]'::jsonb);
