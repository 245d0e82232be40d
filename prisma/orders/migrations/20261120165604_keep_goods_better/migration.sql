-- CreateEnum
CREATE TYPE "stock_unit_state" AS ENUM ('AVAILABLE', 'RESERVED', 'COMMITTED', 'IN_TRANSIT', 'SOLD', 'RETURNED', 'WRITTEN_OFF');

-- CreateEnum
CREATE TYPE "adjustment_reason" AS ENUM ('DAMAGED', 'LOST', 'STOLEN', 'SAMPLE', 'FOUND', 'CORRECTION');

-- CreateEnum
CREATE TYPE "transfer_state" AS ENUM ('SENT', 'RECEIVED', 'CANCELED');

-- CreateEnum
CREATE TYPE "delivery_kind" AS ENUM ('COURIER', 'PICKUP');

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "delivery_status" ADD VALUE 'READY_FOR_PICKUP';
ALTER TYPE "delivery_status" ADD VALUE 'PICKED_UP';

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "movement_reason" ADD VALUE 'ADJUSTED';
ALTER TYPE "movement_reason" ADD VALUE 'TRANSFER_OUT';
ALTER TYPE "movement_reason" ADD VALUE 'TRANSFER_IN';

-- DropIndex
DROP INDEX "stock_levels_warehouse_id_idx";

-- AlterTable
ALTER TABLE "deliveries" ADD COLUMN     "kind" "delivery_kind" NOT NULL DEFAULT 'COURIER';

-- AlterTable
ALTER TABLE "markets" ADD COLUMN     "bank_transfer_days" INTEGER;

-- AlterTable
ALTER TABLE "orders" ADD COLUMN     "allows_split" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "hold_extended_at" TIMESTAMPTZ(3),
ADD COLUMN     "pick_up_shop_id" UUID;

-- AlterTable
ALTER TABLE "sellables" ADD COLUMN     "is_serialized" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "stock_levels" ADD COLUMN     "incoming" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "low_at" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "safety" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "stock_movements" ADD COLUMN     "actor_ref" UUID,
ADD COLUMN     "adjustment" "adjustment_reason",
ADD COLUMN     "note" TEXT;

-- AlterTable
ALTER TABLE "warehouses" ADD COLUMN     "country" CHAR(2);

-- CreateTable
CREATE TABLE "stock_notices" (
    "variant_id" UUID NOT NULL,
    "sold_out_markets" TEXT[],
    "low_warehouses" UUID[],

    CONSTRAINT "stock_notices_pkey" PRIMARY KEY ("variant_id")
);

-- CreateTable
CREATE TABLE "stock_units" (
    "id" UUID NOT NULL,
    "serial" TEXT NOT NULL,
    "variant_id" UUID NOT NULL,
    "warehouse_id" UUID NOT NULL,
    "state" "stock_unit_state" NOT NULL,
    "provenance" TEXT,
    "reservation_id" UUID,
    "line_id" UUID,
    "transfer_id" UUID,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stock_units_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stock_unit_events" (
    "id" BIGSERIAL NOT NULL,
    "unit_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "state" "stock_unit_state" NOT NULL,
    "warehouse_id" UUID NOT NULL,
    "reference" TEXT,

    CONSTRAINT "stock_unit_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stock_transfers" (
    "id" UUID NOT NULL,
    "from_warehouse_id" UUID NOT NULL,
    "to_warehouse_id" UUID NOT NULL,
    "state" "transfer_state" NOT NULL,
    "is_short" BOOLEAN NOT NULL DEFAULT false,
    "note" TEXT,
    "sent_by" UUID NOT NULL,
    "sent_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_by" UUID,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "stock_transfers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stock_transfer_lines" (
    "transfer_id" UUID NOT NULL,
    "variant_id" UUID NOT NULL,
    "sent" INTEGER NOT NULL,
    "received" INTEGER,

    CONSTRAINT "stock_transfer_lines_pkey" PRIMARY KEY ("transfer_id","variant_id")
);

-- CreateTable
CREATE TABLE "order_collectors" (
    "order_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "phone" TEXT,

    CONSTRAINT "order_collectors_pkey" PRIMARY KEY ("order_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "stock_units_serial_key" ON "stock_units"("serial");

-- CreateIndex
CREATE INDEX "stock_units_variant_id_warehouse_id_state_received_at_idx" ON "stock_units"("variant_id", "warehouse_id", "state", "received_at");

-- CreateIndex
CREATE INDEX "stock_units_reservation_id_idx" ON "stock_units"("reservation_id");

-- CreateIndex
CREATE INDEX "stock_units_line_id_idx" ON "stock_units"("line_id");

-- CreateIndex
CREATE INDEX "stock_units_transfer_id_idx" ON "stock_units"("transfer_id");

-- CreateIndex
CREATE INDEX "stock_unit_events_unit_id_id_idx" ON "stock_unit_events"("unit_id", "id");

-- CreateIndex
CREATE INDEX "stock_transfers_from_warehouse_id_id_idx" ON "stock_transfers"("from_warehouse_id", "id");

-- CreateIndex
CREATE INDEX "stock_transfers_to_warehouse_id_id_idx" ON "stock_transfers"("to_warehouse_id", "id");

-- CreateIndex
CREATE INDEX "stock_transfers_state_id_idx" ON "stock_transfers"("state", "id");

-- CreateIndex
CREATE INDEX "deliveries_warehouse_id_is_open_id_idx" ON "deliveries"("warehouse_id", "is_open", "id");

-- CreateIndex
CREATE INDEX "stock_levels_warehouse_id_variant_id_idx" ON "stock_levels"("warehouse_id", "variant_id");

-- CreateIndex
CREATE INDEX "stock_movements_warehouse_id_id_idx" ON "stock_movements"("warehouse_id", "id");

-- AddForeignKey
ALTER TABLE "stock_units" ADD CONSTRAINT "stock_units_reservation_id_fkey" FOREIGN KEY ("reservation_id") REFERENCES "stock_reservations"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stock_unit_events" ADD CONSTRAINT "stock_unit_events_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "stock_units"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stock_transfer_lines" ADD CONSTRAINT "stock_transfer_lines_transfer_id_fkey" FOREIGN KEY ("transfer_id") REFERENCES "stock_transfers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_collectors" ADD CONSTRAINT "order_collectors_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the schema cannot say.
ALTER TABLE "stock_levels" ADD CONSTRAINT "stock_levels_marks" CHECK ("safety" >= 0 AND "incoming" >= 0 AND "low_at" >= 0);
ALTER TABLE "stock_movements" ADD CONSTRAINT "stock_movements_adjustment" CHECK (("reason"::text = 'ADJUSTED') = ("adjustment" IS NOT NULL));
ALTER TABLE "stock_units"
  ADD CONSTRAINT "stock_units_held" CHECK (CASE WHEN "state" IN ('RESERVED', 'COMMITTED', 'SOLD') THEN "reservation_id" IS NOT NULL AND "line_id" IS NOT NULL ELSE "reservation_id" IS NULL END),
  ADD CONSTRAINT "stock_units_transit" CHECK (("state" = 'IN_TRANSIT') = ("transfer_id" IS NOT NULL));
ALTER TABLE "stock_transfers"
  ADD CONSTRAINT "stock_transfers_way" CHECK ("from_warehouse_id" <> "to_warehouse_id"),
  ADD CONSTRAINT "stock_transfers_closed" CHECK (("state" = 'SENT') = ("closed_at" IS NULL));
ALTER TABLE "stock_transfer_lines" ADD CONSTRAINT "stock_transfer_lines_pieces" CHECK ("sent" > 0 AND "received" BETWEEN 0 AND "sent");
ALTER TABLE "orders" ADD CONSTRAINT "orders_pick_up" CHECK ("pick_up_shop_id" IS NULL OR "shop_id" IS NULL);

-- A boutique's room stands where the boutique stands.
UPDATE "warehouses" w SET "country" = s."country" FROM "shops" s WHERE s."id" = w."shop_id";
