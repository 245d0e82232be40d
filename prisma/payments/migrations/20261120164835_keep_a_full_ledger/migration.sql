-- CreateEnum
CREATE TYPE "capture_method" AS ENUM ('AUTOMATIC', 'MANUAL');

-- CreateEnum
CREATE TYPE "capture_state" AS ENUM ('PENDING', 'SUCCEEDED', 'FAILED');

-- CreateEnum
CREATE TYPE "dispute_status" AS ENUM ('OPEN', 'WON', 'LOST');

-- CreateEnum
CREATE TYPE "stored_value_kind" AS ENUM ('GIFT_CARD', 'STORE_CREDIT');

-- CreateEnum
CREATE TYPE "stored_value_entry_kind" AS ENUM ('ISSUED', 'SPENT', 'GIVEN_BACK');

-- CreateEnum
CREATE TYPE "payment_case_resolution" AS ENUM ('REFUNDED', 'KEPT', 'WRITTEN_OFF', 'RETRIED', 'CORRECTED');

-- CreateEnum
CREATE TYPE "payment_case_step" AS ENUM ('OPENED', 'TAKEN', 'RETRIED', 'RESOLVED');

-- CreateEnum
CREATE TYPE "reconciliation_state" AS ENUM ('RUNNING', 'COMPLETED', 'FAILED');

-- CreateEnum
CREATE TYPE "cash_movement_kind" AS ENUM ('SALE', 'REFUND', 'DROP', 'PAYIN');

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "payment_case_kind" ADD VALUE 'DISPUTE';
ALTER TYPE "payment_case_kind" ADD VALUE 'RECONCILIATION';
ALTER TYPE "payment_case_kind" ADD VALUE 'REFUND_BY_HAND';

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "transaction_event_type" ADD VALUE 'AUTHORIZATION_REQUEST';
ALTER TYPE "transaction_event_type" ADD VALUE 'AUTHORIZATION_FAILURE';
ALTER TYPE "transaction_event_type" ADD VALUE 'CANCEL_FAILURE';
ALTER TYPE "transaction_event_type" ADD VALUE 'REFUND_REVERSE';
ALTER TYPE "transaction_event_type" ADD VALUE 'CHARGE_BACK';

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "transaction_kind" ADD VALUE 'BANK_TRANSFER';
ALTER TYPE "transaction_kind" ADD VALUE 'STORE_CREDIT';

-- DropIndex
DROP INDEX "cash_movements_transaction_id_key";

-- AlterTable
ALTER TABLE "cash_movements" ADD COLUMN     "clerk_ref" UUID,
ADD COLUMN     "kind" "cash_movement_kind" NOT NULL DEFAULT 'SALE',
ADD COLUMN     "reason" TEXT,
ADD COLUMN     "refund_id" UUID,
ALTER COLUMN "transaction_id" DROP NOT NULL;

-- AlterTable
ALTER TABLE "payable_orders" ADD COLUMN     "confirmed_at" TIMESTAMPTZ(3),
ADD COLUMN     "fulfilled_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "payment_cases" ADD COLUMN     "order_id" UUID,
ADD COLUMN     "owner_ref" UUID,
ADD COLUMN     "resolution" "payment_case_resolution",
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1,
ALTER COLUMN "transaction_id" DROP NOT NULL;

-- AlterTable
ALTER TABLE "refunds" ADD COLUMN     "is_by_hand" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "request_id" UUID;

-- AlterTable
ALTER TABLE "transactions" ADD COLUMN     "authorized_minor" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "capture_method" "capture_method" NOT NULL DEFAULT 'AUTOMATIC',
ADD COLUMN     "charged_back_minor" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "stored_value_id" UUID;

-- CreateTable
CREATE TABLE "payment_markets" (
    "market_id" TEXT NOT NULL,
    "bank_transfer_days" INTEGER,

    CONSTRAINT "payment_markets_pkey" PRIMARY KEY ("market_id")
);

-- CreateTable
CREATE TABLE "known_registers" (
    "register_id" UUID NOT NULL,
    "shop_id" TEXT NOT NULL,

    CONSTRAINT "known_registers_pkey" PRIMARY KEY ("register_id")
);

-- CreateTable
CREATE TABLE "captures" (
    "id" UUID NOT NULL,
    "transaction_id" UUID NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "state" "capture_state" NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3),

    CONSTRAINT "captures_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "refund_requests" (
    "id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "refund_requests_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "disputes" (
    "provider" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "transaction_id" UUID NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "status" "dispute_status" NOT NULL,
    "reason" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "disputes_pkey" PRIMARY KEY ("provider","id")
);

-- CreateTable
CREATE TABLE "stored_value_accounts" (
    "id" UUID NOT NULL,
    "kind" "stored_value_kind" NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "balance_minor" BIGINT NOT NULL DEFAULT 0,
    "code_hash" TEXT,
    "code_end" TEXT,
    "customer_ref" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stored_value_accounts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stored_value_entries" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "kind" "stored_value_entry_kind" NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "reference" TEXT NOT NULL,
    "actor_ref" UUID,
    "reason" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stored_value_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payment_case_entries" (
    "id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "step" "payment_case_step" NOT NULL,
    "actor_ref" UUID,
    "note" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payment_case_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reconciliation_runs" (
    "id" UUID NOT NULL,
    "state" "reconciliation_state" NOT NULL,
    "step" TEXT NOT NULL,
    "cursor" TEXT,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "requested_by" UUID,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "compared" INTEGER NOT NULL DEFAULT 0,
    "found" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "due_at" TIMESTAMPTZ(3),

    CONSTRAINT "reconciliation_runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reconciliation_differences" (
    "id" UUID NOT NULL,
    "check" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "order_id" UUID,
    "transaction_id" UUID,
    "detail" TEXT NOT NULL,
    "case_id" UUID,
    "run_id" UUID,
    "found_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "reconciliation_differences_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "captures_transaction_id_idx" ON "captures"("transaction_id");

-- CreateIndex
CREATE INDEX "captures_due_at_idx" ON "captures"("due_at");

-- CreateIndex
CREATE INDEX "refund_requests_order_id_idx" ON "refund_requests"("order_id");

-- CreateIndex
CREATE INDEX "disputes_transaction_id_idx" ON "disputes"("transaction_id");

-- CreateIndex
CREATE UNIQUE INDEX "stored_value_accounts_code_hash_key" ON "stored_value_accounts"("code_hash");

-- CreateIndex
CREATE UNIQUE INDEX "stored_value_accounts_customer_ref_currency_key" ON "stored_value_accounts"("customer_ref", "currency");

-- CreateIndex
CREATE UNIQUE INDEX "stored_value_entries_account_id_kind_reference_key" ON "stored_value_entries"("account_id", "kind", "reference");

-- CreateIndex
CREATE INDEX "payment_case_entries_case_id_idx" ON "payment_case_entries"("case_id");

-- CreateIndex
CREATE INDEX "reconciliation_runs_due_at_idx" ON "reconciliation_runs"("due_at");

-- CreateIndex
CREATE INDEX "reconciliation_differences_check_idx" ON "reconciliation_differences"("check");

-- CreateIndex
CREATE UNIQUE INDEX "cash_movements_refund_id_key" ON "cash_movements"("refund_id");

-- CreateIndex
CREATE INDEX "cash_movements_transaction_id_idx" ON "cash_movements"("transaction_id");

-- CreateIndex
CREATE INDEX "payable_orders_confirmed_at_idx" ON "payable_orders"("confirmed_at");

-- CreateIndex
CREATE INDEX "payment_cases_order_id_idx" ON "payment_cases"("order_id");

-- CreateIndex
CREATE INDEX "refunds_request_id_idx" ON "refunds"("request_id");

-- AddForeignKey
ALTER TABLE "transactions" ADD CONSTRAINT "transactions_stored_value_id_fkey" FOREIGN KEY ("stored_value_id") REFERENCES "stored_value_accounts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "captures" ADD CONSTRAINT "captures_transaction_id_fkey" FOREIGN KEY ("transaction_id") REFERENCES "transactions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "refund_requests"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "disputes" ADD CONSTRAINT "disputes_transaction_id_fkey" FOREIGN KEY ("transaction_id") REFERENCES "transactions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stored_value_entries" ADD CONSTRAINT "stored_value_entries_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "stored_value_accounts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment_case_entries" ADD CONSTRAINT "payment_case_entries_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "payment_cases"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reconciliation_differences" ADD CONSTRAINT "reconciliation_differences_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "payment_cases"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
