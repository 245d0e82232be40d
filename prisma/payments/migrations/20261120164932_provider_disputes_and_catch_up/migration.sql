-- AlterTable
ALTER TABLE "sandbox_intents" ADD COLUMN     "capture_method" TEXT NOT NULL DEFAULT 'automatic',
ADD COLUMN     "later_behaviour" TEXT,
ADD COLUMN     "settle_to" TEXT;

-- AlterTable
ALTER TABLE "sandbox_refunds" ADD COLUMN     "settle_at" TIMESTAMPTZ(3),
ADD COLUMN     "settle_to" TEXT;

-- CreateTable
CREATE TABLE "provider_catch_ups" (
    "provider" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3),
    "after" TEXT,
    "checked_at" TIMESTAMPTZ(3),

    CONSTRAINT "provider_catch_ups_pkey" PRIMARY KEY ("provider")
);

-- CreateTable
CREATE TABLE "sandbox_disputes" (
    "reference" TEXT NOT NULL,
    "intent_reference" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "status" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "settle_at" TIMESTAMPTZ(3),
    "settle_to" TEXT,

    CONSTRAINT "sandbox_disputes_pkey" PRIMARY KEY ("reference")
);

-- CreateTable
CREATE TABLE "sandbox_events" (
    "id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sandbox_events_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "sandbox_disputes_intent_reference_key" ON "sandbox_disputes"("intent_reference");

-- CreateIndex
CREATE INDEX "sandbox_disputes_settle_at_idx" ON "sandbox_disputes"("settle_at");

-- CreateIndex
CREATE INDEX "sandbox_events_created_at_id_idx" ON "sandbox_events"("created_at", "id");

-- CreateIndex
CREATE INDEX "sandbox_refunds_settle_at_idx" ON "sandbox_refunds"("settle_at");
