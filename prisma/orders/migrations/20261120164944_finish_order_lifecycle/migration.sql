-- CreateEnum
CREATE TYPE "authorize_status" AS ENUM ('NONE', 'PARTIAL', 'FULL');

-- CreateEnum
CREATE TYPE "return_status" AS ENUM ('REQUESTED', 'APPROVED', 'RECEIVED', 'REFUNDED', 'REJECTED');

-- CreateEnum
CREATE TYPE "return_reason" AS ENUM ('CHANGED_MIND', 'WRONG_SIZE', 'DAMAGED', 'NOT_AS_DESCRIBED', 'OTHER');

-- AlterEnum
ALTER TYPE "delivery_status" ADD VALUE 'CANCELED';

-- AlterEnum
ALTER TYPE "movement_reason" ADD VALUE 'RETURNED';

-- AlterTable
ALTER TABLE "order_charges" ADD COLUMN     "authorized_minor" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "sequence" BIGINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "orders" ADD COLUMN     "authorize_status" "authorize_status" NOT NULL DEFAULT 'NONE',
ADD COLUMN     "handed_over_at" TIMESTAMPTZ(3),
ADD COLUMN     "reference_hash" TEXT;

-- Numbers of orders come from a sequence per market: the row of order_numbers was locked until the commit, one order of a
-- market at a time. Markets learned later get theirs when they are learned.
DO $$
DECLARE
  market record;
BEGIN
  FOR market IN SELECT m.id, coalesce(n.last, 100000) + 1 AS next FROM markets m LEFT JOIN order_numbers n ON n.market_id = m.id
  LOOP
    EXECUTE format('CREATE SEQUENCE IF NOT EXISTS %I START %s', 'order_number_' || market.id, market.next);
  END LOOP;
END $$;

-- DropTable
DROP TABLE "order_numbers";

-- What is charged in full was authorised in full; what left the house did so when its timeline says.
UPDATE orders SET authorize_status = CASE WHEN charge_status IN ('FULL', 'OVERCHARGED') THEN 'FULL' ELSE 'PARTIAL' END::authorize_status
 WHERE charge_status <> 'NONE';
UPDATE orders o SET handed_over_at = e.at
  FROM (SELECT order_id, max(at) AS at FROM order_events
         WHERE type IN ('sale.recorded', 'order.fulfilled', 'delivery.carrier-picked-up') GROUP BY order_id) e
 WHERE e.order_id = o.id;

-- CreateTable
CREATE TABLE "returns" (
    "id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "status" "return_status" NOT NULL,
    "reason" "return_reason" NOT NULL,
    "note" TEXT,
    "refusal" TEXT,
    "is_restocked" BOOLEAN,
    "refund_minor" BIGINT,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "received_at" TIMESTAMPTZ(3),
    "refunded_at" TIMESTAMPTZ(3),

    CONSTRAINT "returns_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "return_lines" (
    "return_id" UUID NOT NULL,
    "line_id" UUID NOT NULL,
    "quantity" INTEGER NOT NULL,
    "refund_minor" BIGINT,

    CONSTRAINT "return_lines_pkey" PRIMARY KEY ("return_id","line_id")
);

-- CreateTable
CREATE TABLE "refund_requests" (
    "id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "return_id" UUID,
    "amount_minor" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "refund_requests_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "returns_idempotency_key_key" ON "returns"("idempotency_key");

-- CreateIndex
CREATE INDEX "returns_order_id_id_idx" ON "returns"("order_id", "id");

-- CreateIndex
CREATE INDEX "returns_status_id_idx" ON "returns"("status", "id");

-- CreateIndex
CREATE INDEX "return_lines_line_id_idx" ON "return_lines"("line_id");

-- CreateIndex
CREATE UNIQUE INDEX "refund_requests_return_id_key" ON "refund_requests"("return_id");

-- CreateIndex
CREATE INDEX "refund_requests_order_id_id_idx" ON "refund_requests"("order_id", "id");

-- CreateIndex
CREATE INDEX "orders_placed_at_id_idx" ON "orders"("placed_at", "id");

-- AddForeignKey
ALTER TABLE "returns" ADD CONSTRAINT "returns_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "return_lines" ADD CONSTRAINT "return_lines_return_id_fkey" FOREIGN KEY ("return_id") REFERENCES "returns"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "return_lines" ADD CONSTRAINT "return_lines_line_id_fkey" FOREIGN KEY ("line_id") REFERENCES "order_lines"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refund_requests" ADD CONSTRAINT "refund_requests_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refund_requests" ADD CONSTRAINT "refund_requests_return_id_fkey" FOREIGN KEY ("return_id") REFERENCES "returns"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE "order_charges" ADD CONSTRAINT "order_charges_authorized" CHECK ("authorized_minor" >= 0);
ALTER TABLE "return_lines" ADD CONSTRAINT "return_lines_amounts" CHECK ("quantity" > 0 AND "refund_minor" >= 0);
ALTER TABLE "returns"
  ADD CONSTRAINT "returns_refund" CHECK (("status" IN ('RECEIVED', 'REFUNDED')) = ("refund_minor" IS NOT NULL) AND "refund_minor" >= 0);
ALTER TABLE "refund_requests" ADD CONSTRAINT "refund_requests_amount" CHECK ("amount_minor" > 0);
