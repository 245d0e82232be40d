-- CreateEnum
CREATE TYPE "promotion_scope" AS ENUM ('CATALOG', 'ORDER');

-- CreateEnum
CREATE TYPE "promotion_stacking" AS ENUM ('STACKS', 'EXCLUSIVE');

-- CreateEnum
CREATE TYPE "redemption_state" AS ENUM ('HELD', 'CONSUMED', 'RELEASED');

-- CreateEnum
CREATE TYPE "shipping_kind" AS ENUM ('COURIER', 'PICKUP');

-- AlterTable
ALTER TABLE "order_lines" ADD COLUMN     "discount_minor" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "is_gift" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "orders" ADD COLUMN     "discount_minor" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "has_vouchers" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "sellable_prices" ADD COLUMN     "compare_at_minor" BIGINT;

-- AlterTable
ALTER TABLE "sellables" ADD COLUMN     "collection_ids" UUID[] DEFAULT ARRAY[]::UUID[],
ADD COLUMN     "weight_grams" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "tax_rates" DROP CONSTRAINT "tax_rates_pkey",
ADD COLUMN     "valid_from" TIMESTAMPTZ(3) NOT NULL DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone,
ADD CONSTRAINT "tax_rates_pkey" PRIMARY KEY ("market_id", "country", "tax_category", "valid_from");

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

    CONSTRAINT "promotions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "vouchers" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "promotion_id" UUID NOT NULL,
    "use_limit" INTEGER,
    "per_customer_limit" INTEGER,
    "used" INTEGER NOT NULL DEFAULT 0,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3),
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "batch_id" UUID,

    CONSTRAINT "vouchers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "voucher_uses" (
    "voucher_id" UUID NOT NULL,
    "customer_ref" UUID NOT NULL,
    "used" INTEGER NOT NULL,
    "most" INTEGER,

    CONSTRAINT "voucher_uses_pkey" PRIMARY KEY ("voucher_id","customer_ref")
);

-- CreateTable
CREATE TABLE "voucher_redemptions" (
    "order_id" UUID NOT NULL,
    "voucher_id" UUID NOT NULL,
    "customer_ref" UUID NOT NULL,
    "state" "redemption_state" NOT NULL,

    CONSTRAINT "voucher_redemptions_pkey" PRIMARY KEY ("order_id","voucher_id")
);

-- CreateTable
CREATE TABLE "shipping_methods" (
    "id" UUID NOT NULL,
    "market_id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "kind" "shipping_kind" NOT NULL,
    "names" JSONB NOT NULL,
    "descriptions" JSONB NOT NULL,
    "position" INTEGER NOT NULL,
    "is_active" BOOLEAN NOT NULL,

    CONSTRAINT "shipping_methods_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "shipping_rates" (
    "method_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "countries" TEXT[],
    "min_weight_grams" INTEGER NOT NULL DEFAULT 0,
    "max_weight_grams" INTEGER,
    "min_subtotal_minor" BIGINT NOT NULL DEFAULT 0,
    "max_subtotal_minor" BIGINT,
    "amount_minor" BIGINT NOT NULL,

    CONSTRAINT "shipping_rates_pkey" PRIMARY KEY ("method_id","position")
);

-- CreateTable
CREATE TABLE "order_discounts" (
    "order_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "line_id" UUID,
    "promotion_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "voucher_code" TEXT,
    "amount_minor" BIGINT NOT NULL,

    CONSTRAINT "order_discounts_pkey" PRIMARY KEY ("order_id","position")
);

-- CreateTable
CREATE TABLE "order_shippings" (
    "order_id" UUID NOT NULL,
    "method_id" UUID NOT NULL,
    "kind" "shipping_kind" NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "order_shippings_pkey" PRIMARY KEY ("order_id")
);

-- CreateIndex
CREATE INDEX "promotions_is_active_needs_voucher_idx" ON "promotions"("is_active", "needs_voucher");

-- CreateIndex
CREATE UNIQUE INDEX "vouchers_code_key" ON "vouchers"("code");

-- CreateIndex
CREATE INDEX "vouchers_promotion_id_id_idx" ON "vouchers"("promotion_id", "id");

-- CreateIndex
CREATE INDEX "vouchers_batch_id_id_idx" ON "vouchers"("batch_id", "id");

-- CreateIndex
CREATE INDEX "voucher_redemptions_voucher_id_customer_ref_state_idx" ON "voucher_redemptions"("voucher_id", "customer_ref", "state");

-- CreateIndex
CREATE UNIQUE INDEX "shipping_methods_market_id_code_key" ON "shipping_methods"("market_id", "code");

-- AddForeignKey
ALTER TABLE "voucher_uses" ADD CONSTRAINT "voucher_uses_voucher_id_fkey" FOREIGN KEY ("voucher_id") REFERENCES "vouchers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "voucher_redemptions" ADD CONSTRAINT "voucher_redemptions_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "voucher_redemptions" ADD CONSTRAINT "voucher_redemptions_voucher_id_fkey" FOREIGN KEY ("voucher_id") REFERENCES "vouchers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shipping_rates" ADD CONSTRAINT "shipping_rates_method_id_fkey" FOREIGN KEY ("method_id") REFERENCES "shipping_methods"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_discounts" ADD CONSTRAINT "order_discounts_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_shippings" ADD CONSTRAINT "order_shippings_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What no code may get wrong: sums are exact, nothing is reduced below zero, no voucher is used beyond its limits.
ALTER TABLE "orders"
  DROP CONSTRAINT "orders_total",
  ADD CONSTRAINT "orders_total" CHECK ("total_minor" = "subtotal_minor" + "shipping_minor" - "discount_minor" + CASE WHEN "tax_included" THEN 0 ELSE "tax_minor" END),
  ADD CONSTRAINT "orders_discount" CHECK ("discount_minor" BETWEEN 0 AND "subtotal_minor" + "shipping_minor");
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_discount" CHECK ("discount_minor" BETWEEN 0 AND "total_minor");
ALTER TABLE "order_discounts" ADD CONSTRAINT "order_discounts_amount" CHECK ("amount_minor" >= 0);
ALTER TABLE "vouchers"
  ADD CONSTRAINT "vouchers_limits" CHECK ("use_limit" > 0 AND "per_customer_limit" > 0),
  ADD CONSTRAINT "vouchers_not_overused" CHECK ("used" >= 0 AND "used" <= "use_limit");
ALTER TABLE "voucher_uses" ADD CONSTRAINT "voucher_uses_not_overused" CHECK ("used" >= 0 AND "used" <= "most");
ALTER TABLE "shipping_rates"
  ADD CONSTRAINT "shipping_rates_amounts" CHECK ("amount_minor" >= 0 AND "min_weight_grams" >= 0 AND "min_subtotal_minor" >= 0);
