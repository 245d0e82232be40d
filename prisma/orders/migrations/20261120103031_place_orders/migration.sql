-- CreateEnum
CREATE TYPE "tax_rounding" AS ENUM ('LINE', 'TOTAL');

-- CreateEnum
CREATE TYPE "rounding_mode" AS ENUM ('HALF_EVEN', 'HALF_UP');

-- CreateEnum
CREATE TYPE "reservation_state" AS ENUM ('HELD', 'COMMITTED', 'FULFILLED', 'EXPIRED', 'RELEASED');

-- CreateEnum
CREATE TYPE "movement_reason" AS ENUM ('RECEIVED', 'COUNTED', 'FULFILLED', 'SOLD');

-- CreateEnum
CREATE TYPE "order_status" AS ENUM ('UNCONFIRMED', 'UNFULFILLED', 'PARTIALLY_FULFILLED', 'FULFILLED', 'PARTIALLY_RETURNED', 'RETURNED', 'EXPIRED', 'CANCELED');

-- CreateEnum
CREATE TYPE "charge_status" AS ENUM ('NONE', 'PARTIAL', 'FULL', 'OVERCHARGED');

-- CreateEnum
CREATE TYPE "order_channel" AS ENUM ('WEB', 'MOBILE', 'POS');

-- CreateEnum
CREATE TYPE "tender_kind" AS ENUM ('CASH', 'TERMINAL');

-- CreateEnum
CREATE TYPE "delivery_status" AS ENUM ('PENDING', 'CARRIER_PICKED_UP', 'OUT_FOR_DELIVERY', 'DELIVERED', 'ATTEMPTED_DELIVERY', 'FAILURE');

-- CreateTable
CREATE TABLE "sellables" (
    "variant_id" UUID NOT NULL,
    "product_id" UUID NOT NULL,
    "sku" TEXT NOT NULL,
    "names" JSONB NOT NULL,
    "options_labels" JSONB NOT NULL,
    "image_url" TEXT,
    "category" TEXT NOT NULL,
    "tax_category" TEXT NOT NULL,
    "is_sold" BOOLEAN NOT NULL,

    CONSTRAINT "sellables_pkey" PRIMARY KEY ("variant_id")
);

-- CreateTable
CREATE TABLE "sellable_prices" (
    "variant_id" UUID NOT NULL,
    "market_id" TEXT NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "valid_to" TIMESTAMPTZ(3),
    "currency" CHAR(3) NOT NULL,
    "amount_minor" BIGINT NOT NULL,

    CONSTRAINT "sellable_prices_pkey" PRIMARY KEY ("variant_id","market_id","valid_from")
);

-- CreateTable
CREATE TABLE "markets" (
    "id" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "countries" TEXT[],
    "locales" TEXT[],
    "prices_include_tax" BOOLEAN NOT NULL,
    "tax_rounding" "tax_rounding" NOT NULL,
    "rounding_mode" "rounding_mode" NOT NULL,
    "reservation_minutes" INTEGER NOT NULL,

    CONSTRAINT "markets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tax_rates" (
    "market_id" TEXT NOT NULL,
    "country" CHAR(2) NOT NULL,
    "tax_category" TEXT NOT NULL,
    "rate_ppm" INTEGER NOT NULL,

    CONSTRAINT "tax_rates_pkey" PRIMARY KEY ("market_id","country","tax_category")
);

-- CreateTable
CREATE TABLE "order_numbers" (
    "market_id" TEXT NOT NULL,
    "last" BIGINT NOT NULL,

    CONSTRAINT "order_numbers_pkey" PRIMARY KEY ("market_id")
);

-- CreateTable
CREATE TABLE "shops" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "market_id" TEXT NOT NULL,
    "country" CHAR(2) NOT NULL,
    "timezone" TEXT NOT NULL,

    CONSTRAINT "shops_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "registers" (
    "id" UUID NOT NULL,
    "shop_id" UUID NOT NULL,
    "code" TEXT NOT NULL,

    CONSTRAINT "registers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "warehouses" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "shop_id" UUID,
    "priority" INTEGER NOT NULL,
    "markets" TEXT[],

    CONSTRAINT "warehouses_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stock_levels" (
    "variant_id" UUID NOT NULL,
    "warehouse_id" UUID NOT NULL,
    "on_hand" INTEGER NOT NULL DEFAULT 0,
    "reserved" INTEGER NOT NULL DEFAULT 0,
    "committed" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "stock_levels_pkey" PRIMARY KEY ("variant_id","warehouse_id")
);

-- CreateTable
CREATE TABLE "stock_reservations" (
    "id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "line_id" UUID NOT NULL,
    "variant_id" UUID NOT NULL,
    "warehouse_id" UUID NOT NULL,
    "quantity" INTEGER NOT NULL,
    "state" "reservation_state" NOT NULL,

    CONSTRAINT "stock_reservations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stock_movements" (
    "id" UUID NOT NULL,
    "variant_id" UUID NOT NULL,
    "warehouse_id" UUID NOT NULL,
    "quantity" INTEGER NOT NULL,
    "reason" "movement_reason" NOT NULL,
    "reference" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stock_movements_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "orders" (
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "market_id" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "locale" TEXT NOT NULL,
    "channel" "order_channel" NOT NULL,
    "shop_id" UUID,
    "register_id" UUID,
    "clerk_ref" UUID,
    "customer_ref" UUID,
    "cart_id" UUID,
    "status" "order_status" NOT NULL,
    "charge_status" "charge_status" NOT NULL,
    "subtotal_minor" BIGINT NOT NULL,
    "shipping_minor" BIGINT NOT NULL,
    "shipping_tax_minor" BIGINT NOT NULL,
    "tax_minor" BIGINT NOT NULL,
    "tax_included" BOOLEAN NOT NULL,
    "total_minor" BIGINT NOT NULL,
    "tendered_minor" BIGINT NOT NULL DEFAULT 0,
    "expires_at" TIMESTAMPTZ(3),
    "placed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "orders_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "order_lines" (
    "id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "variant_id" UUID NOT NULL,
    "product_id" UUID NOT NULL,
    "sku" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "options_label" TEXT NOT NULL,
    "image_url" TEXT,
    "category" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "unit_price_minor" BIGINT NOT NULL,
    "total_minor" BIGINT NOT NULL,
    "tax_minor" BIGINT NOT NULL,
    "tax_rate_ppm" INTEGER NOT NULL,

    CONSTRAINT "order_lines_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "order_addresses" (
    "order_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "lines" TEXT[],
    "city" TEXT NOT NULL,
    "region" TEXT,
    "postal_code" TEXT,
    "country" CHAR(2) NOT NULL,
    "phone" TEXT,

    CONSTRAINT "order_addresses_pkey" PRIMARY KEY ("order_id")
);

-- CreateTable
CREATE TABLE "order_events" (
    "id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "type" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "actor" TEXT NOT NULL,

    CONSTRAINT "order_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "order_charges" (
    "transaction_id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "charged_minor" BIGINT NOT NULL,
    "refunded_minor" BIGINT NOT NULL,
    "rejected_at" TIMESTAMPTZ(3),

    CONSTRAINT "order_charges_pkey" PRIMARY KEY ("transaction_id")
);

-- CreateTable
CREATE TABLE "order_tenders" (
    "order_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" "tender_kind" NOT NULL,
    "amount_minor" BIGINT NOT NULL,

    CONSTRAINT "order_tenders_pkey" PRIMARY KEY ("order_id","position")
);

-- CreateTable
CREATE TABLE "deliveries" (
    "id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "warehouse_id" UUID NOT NULL,
    "courier_ref" UUID,
    "status" "delivery_status" NOT NULL,
    "is_open" BOOLEAN NOT NULL DEFAULT true,
    "pieces" INTEGER NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "delivered_at" TIMESTAMPTZ(3),

    CONSTRAINT "deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" BIGSERIAL NOT NULL,
    "event_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "aggregate_type" TEXT NOT NULL,
    "aggregate_id" TEXT NOT NULL,
    "sequence" BIGINT NOT NULL,
    "envelope" JSONB NOT NULL,
    "delay_ms" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "leased_until" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "aggregate_sequences" (
    "aggregate_type" TEXT NOT NULL,
    "aggregate_id" TEXT NOT NULL,
    "last" BIGINT NOT NULL,

    CONSTRAINT "aggregate_sequences_pkey" PRIMARY KEY ("aggregate_type","aggregate_id")
);

-- CreateTable
CREATE TABLE "inbox" (
    "consumer" TEXT NOT NULL,
    "event_id" UUID NOT NULL,
    "handled_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "inbox_pkey" PRIMARY KEY ("consumer","event_id")
);

-- CreateTable
CREATE TABLE "inbox_positions" (
    "consumer" TEXT NOT NULL,
    "aggregate_type" TEXT NOT NULL,
    "aggregate_id" TEXT NOT NULL,
    "sequence" BIGINT NOT NULL,

    CONSTRAINT "inbox_positions_pkey" PRIMARY KEY ("consumer","aggregate_type","aggregate_id")
);

-- CreateTable
CREATE TABLE "idempotency_keys" (
    "scope" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "response" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("scope","key")
);

-- CreateIndex
CREATE INDEX "sellables_product_id_idx" ON "sellables"("product_id");

-- CreateIndex
CREATE UNIQUE INDEX "shops_code_key" ON "shops"("code");

-- CreateIndex
CREATE UNIQUE INDEX "registers_code_key" ON "registers"("code");

-- CreateIndex
CREATE INDEX "registers_shop_id_idx" ON "registers"("shop_id");

-- CreateIndex
CREATE UNIQUE INDEX "warehouses_code_key" ON "warehouses"("code");

-- CreateIndex
CREATE INDEX "warehouses_shop_id_idx" ON "warehouses"("shop_id");

-- CreateIndex
CREATE INDEX "stock_levels_warehouse_id_idx" ON "stock_levels"("warehouse_id");

-- CreateIndex
CREATE INDEX "stock_reservations_order_id_idx" ON "stock_reservations"("order_id");

-- CreateIndex
CREATE INDEX "stock_reservations_variant_id_warehouse_id_state_idx" ON "stock_reservations"("variant_id", "warehouse_id", "state");

-- CreateIndex
CREATE INDEX "stock_movements_variant_id_warehouse_id_idx" ON "stock_movements"("variant_id", "warehouse_id");

-- CreateIndex
CREATE UNIQUE INDEX "orders_number_key" ON "orders"("number");

-- CreateIndex
CREATE UNIQUE INDEX "orders_idempotency_key_key" ON "orders"("idempotency_key");

-- CreateIndex
CREATE INDEX "orders_customer_ref_id_idx" ON "orders"("customer_ref", "id");

-- CreateIndex
CREATE INDEX "orders_status_id_idx" ON "orders"("status", "id");

-- CreateIndex
CREATE INDEX "orders_status_expires_at_idx" ON "orders"("status", "expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "order_lines_order_id_position_key" ON "order_lines"("order_id", "position");

-- CreateIndex
CREATE INDEX "order_events_order_id_id_idx" ON "order_events"("order_id", "id");

-- CreateIndex
CREATE INDEX "order_charges_order_id_idx" ON "order_charges"("order_id");

-- CreateIndex
CREATE INDEX "deliveries_courier_ref_is_open_id_idx" ON "deliveries"("courier_ref", "is_open", "id");

-- CreateIndex
CREATE UNIQUE INDEX "deliveries_order_id_warehouse_id_key" ON "deliveries"("order_id", "warehouse_id");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_event_id_key" ON "outbox"("event_id");

-- CreateIndex
CREATE INDEX "outbox_sent_at_id_idx" ON "outbox"("sent_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_aggregate_type_aggregate_id_sequence_key" ON "outbox"("aggregate_type", "aggregate_id", "sequence");

-- AddForeignKey
ALTER TABLE "sellable_prices" ADD CONSTRAINT "sellable_prices_variant_id_fkey" FOREIGN KEY ("variant_id") REFERENCES "sellables"("variant_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tax_rates" ADD CONSTRAINT "tax_rates_market_id_fkey" FOREIGN KEY ("market_id") REFERENCES "markets"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "registers" ADD CONSTRAINT "registers_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shops"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "warehouses" ADD CONSTRAINT "warehouses_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shops"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stock_reservations" ADD CONSTRAINT "stock_reservations_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_addresses" ADD CONSTRAINT "order_addresses_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_events" ADD CONSTRAINT "order_events_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_charges" ADD CONSTRAINT "order_charges_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_tenders" ADD CONSTRAINT "order_tenders_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What no code may get wrong: nothing is sold twice, nothing is negative.
ALTER TABLE "stock_levels"
  ADD CONSTRAINT "stock_levels_not_negative" CHECK ("reserved" >= 0 AND "committed" >= 0),
  ADD CONSTRAINT "stock_levels_not_oversold" CHECK ("on_hand" - "reserved" - "committed" >= 0);
ALTER TABLE "stock_reservations" ADD CONSTRAINT "stock_reservations_quantity" CHECK ("quantity" > 0);
ALTER TABLE "stock_movements" ADD CONSTRAINT "stock_movements_quantity" CHECK ("quantity" <> 0);
ALTER TABLE "order_lines"
  ADD CONSTRAINT "order_lines_amounts" CHECK ("quantity" > 0 AND "unit_price_minor" >= 0 AND "total_minor" = "unit_price_minor" * "quantity" AND "tax_minor" >= 0);
ALTER TABLE "orders"
  ADD CONSTRAINT "orders_total" CHECK ("total_minor" = "subtotal_minor" + "shipping_minor" + CASE WHEN "tax_included" THEN 0 ELSE "tax_minor" END),
  ADD CONSTRAINT "orders_hold" CHECK (("status" IN ('UNCONFIRMED')) = ("expires_at" IS NOT NULL));
ALTER TABLE "order_charges" ADD CONSTRAINT "order_charges_amounts" CHECK ("charged_minor" >= 0 AND "refunded_minor" >= 0);
