-- CreateEnum
CREATE TYPE "transaction_kind" AS ENUM ('ONLINE', 'TERMINAL', 'CASH');

-- CreateEnum
CREATE TYPE "transaction_status" AS ENUM ('PENDING', 'ACTION_REQUIRED', 'AUTHORIZED', 'CHARGED', 'FAILED', 'CANCELED', 'REFUNDED');

-- CreateEnum
CREATE TYPE "transaction_event_type" AS ENUM ('CHARGE_REQUEST', 'CHARGE_ACTION_REQUIRED', 'AUTHORIZATION_SUCCESS', 'CHARGE_SUCCESS', 'CHARGE_FAILURE', 'CANCEL_REQUEST', 'CANCEL_SUCCESS', 'REFUND_REQUEST', 'REFUND_SUCCESS', 'REFUND_FAILURE');

-- CreateEnum
CREATE TYPE "provider_event_state" AS ENUM ('RECEIVED', 'APPLIED', 'IGNORED', 'FAILED');

-- CreateEnum
CREATE TYPE "refund_state" AS ENUM ('PENDING', 'SUCCEEDED', 'FAILED');

-- CreateEnum
CREATE TYPE "payment_case_kind" AS ENUM ('CHARGED_WITHOUT_ORDER', 'AMOUNT_MISMATCH', 'FAILED_REFUND');

-- CreateTable
CREATE TABLE "payable_orders" (
    "order_id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "customer_ref" UUID,
    "market_id" TEXT,
    "currency" CHAR(3) NOT NULL,
    "total_minor" BIGINT NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "payable_orders_pkey" PRIMARY KEY ("order_id")
);

-- CreateTable
CREATE TABLE "transactions" (
    "id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "order_number" TEXT NOT NULL,
    "customer_ref" UUID,
    "kind" "transaction_kind" NOT NULL,
    "provider" TEXT NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "psp_reference" TEXT,
    "client_secret" TEXT,
    "return_path" TEXT,
    "currency" CHAR(3) NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "charged_minor" BIGINT NOT NULL DEFAULT 0,
    "refunded_minor" BIGINT NOT NULL DEFAULT 0,
    "status" "transaction_status" NOT NULL,
    "failure_code" TEXT,
    "failure_reason" TEXT,
    "cancel_requested_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "due_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "transactions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "transaction_events" (
    "id" UUID NOT NULL,
    "transaction_id" UUID NOT NULL,
    "type" "transaction_event_type" NOT NULL,
    "psp_reference" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "code" TEXT,
    "message" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "transaction_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "provider_events" (
    "provider" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "state" "provider_event_state" NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "applied_at" TIMESTAMPTZ(3),
    "due_at" TIMESTAMPTZ(3),

    CONSTRAINT "provider_events_pkey" PRIMARY KEY ("provider","id")
);

-- CreateTable
CREATE TABLE "refunds" (
    "id" UUID NOT NULL,
    "transaction_id" UUID NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,
    "state" "refund_state" NOT NULL,
    "psp_reference" TEXT,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3),

    CONSTRAINT "refunds_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payment_cases" (
    "id" UUID NOT NULL,
    "kind" "payment_case_kind" NOT NULL,
    "transaction_id" UUID NOT NULL,
    "detail" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "payment_cases_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cash_sessions" (
    "id" UUID NOT NULL,
    "register_id" UUID NOT NULL,
    "clerk_ref" UUID NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "float_minor" BIGINT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "expected_minor" BIGINT,
    "counted_minor" BIGINT,

    CONSTRAINT "cash_sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cash_movements" (
    "id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "transaction_id" UUID NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "cash_movements_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sandbox_intents" (
    "reference" TEXT NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "client_secret" TEXT NOT NULL,
    "transaction_id" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "status" TEXT NOT NULL,
    "return_path" TEXT NOT NULL,
    "attempt_reference" TEXT,
    "challenge_key" TEXT,
    "failure_code" TEXT,
    "failure_reason" TEXT,
    "refuses_refunds" INTEGER NOT NULL DEFAULT 0,
    "settle_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sandbox_intents_pkey" PRIMARY KEY ("reference")
);

-- CreateTable
CREATE TABLE "sandbox_charges" (
    "reference" TEXT NOT NULL,
    "intent_reference" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sandbox_charges_pkey" PRIMARY KEY ("reference")
);

-- CreateTable
CREATE TABLE "sandbox_refunds" (
    "reference" TEXT NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "intent_reference" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "status" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sandbox_refunds_pkey" PRIMARY KEY ("reference")
);

-- CreateTable
CREATE TABLE "sandbox_webhooks" (
    "id" BIGSERIAL NOT NULL,
    "body" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "delivered_at" TIMESTAMPTZ(3),

    CONSTRAINT "sandbox_webhooks_pkey" PRIMARY KEY ("id")
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
CREATE UNIQUE INDEX "transactions_idempotency_key_key" ON "transactions"("idempotency_key");

-- CreateIndex
CREATE INDEX "transactions_order_id_id_idx" ON "transactions"("order_id", "id");

-- CreateIndex
CREATE INDEX "transactions_status_id_idx" ON "transactions"("status", "id");

-- CreateIndex
CREATE INDEX "transactions_due_at_idx" ON "transactions"("due_at");

-- CreateIndex
CREATE UNIQUE INDEX "transactions_provider_psp_reference_key" ON "transactions"("provider", "psp_reference");

-- CreateIndex
CREATE UNIQUE INDEX "transaction_events_transaction_id_type_psp_reference_key" ON "transaction_events"("transaction_id", "type", "psp_reference");

-- CreateIndex
CREATE INDEX "provider_events_due_at_idx" ON "provider_events"("due_at");

-- CreateIndex
CREATE INDEX "refunds_transaction_id_idx" ON "refunds"("transaction_id");

-- CreateIndex
CREATE INDEX "refunds_due_at_idx" ON "refunds"("due_at");

-- CreateIndex
CREATE INDEX "payment_cases_transaction_id_idx" ON "payment_cases"("transaction_id");

-- CreateIndex
CREATE INDEX "cash_sessions_register_id_idx" ON "cash_sessions"("register_id");

-- CreateIndex
CREATE UNIQUE INDEX "cash_movements_transaction_id_key" ON "cash_movements"("transaction_id");

-- CreateIndex
CREATE INDEX "cash_movements_session_id_idx" ON "cash_movements"("session_id");

-- CreateIndex
CREATE UNIQUE INDEX "sandbox_intents_idempotency_key_key" ON "sandbox_intents"("idempotency_key");

-- CreateIndex
CREATE INDEX "sandbox_intents_settle_at_idx" ON "sandbox_intents"("settle_at");

-- CreateIndex
CREATE UNIQUE INDEX "sandbox_charges_intent_reference_key" ON "sandbox_charges"("intent_reference");

-- CreateIndex
CREATE UNIQUE INDEX "sandbox_refunds_idempotency_key_key" ON "sandbox_refunds"("idempotency_key");

-- CreateIndex
CREATE INDEX "sandbox_refunds_intent_reference_idx" ON "sandbox_refunds"("intent_reference");

-- CreateIndex
CREATE INDEX "sandbox_webhooks_due_at_idx" ON "sandbox_webhooks"("due_at");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_event_id_key" ON "outbox"("event_id");

-- CreateIndex
CREATE INDEX "outbox_sent_at_id_idx" ON "outbox"("sent_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_aggregate_type_aggregate_id_sequence_key" ON "outbox"("aggregate_type", "aggregate_id", "sequence");

-- AddForeignKey
ALTER TABLE "transaction_events" ADD CONSTRAINT "transaction_events_transaction_id_fkey" FOREIGN KEY ("transaction_id") REFERENCES "transactions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_transaction_id_fkey" FOREIGN KEY ("transaction_id") REFERENCES "transactions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment_cases" ADD CONSTRAINT "payment_cases_transaction_id_fkey" FOREIGN KEY ("transaction_id") REFERENCES "transactions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cash_movements" ADD CONSTRAINT "cash_movements_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "cash_sessions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cash_movements" ADD CONSTRAINT "cash_movements_transaction_id_fkey" FOREIGN KEY ("transaction_id") REFERENCES "transactions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- One attempt per order at a time, one open drawer per till, one open case of a kind per transaction.
CREATE UNIQUE INDEX "transactions_one_active_per_order" ON "transactions" ("order_id")
  WHERE "kind" = 'ONLINE' AND "status" IN ('PENDING', 'ACTION_REQUIRED', 'AUTHORIZED');
CREATE UNIQUE INDEX "cash_sessions_one_open_per_register" ON "cash_sessions" ("register_id") WHERE "closed_at" IS NULL;
CREATE UNIQUE INDEX "payment_cases_one_open_per_kind" ON "payment_cases" ("transaction_id", "kind") WHERE "closed_at" IS NULL;
-- One refund of a transaction at a time is under way.
CREATE UNIQUE INDEX "refunds_one_pending" ON "refunds" ("transaction_id") WHERE "state" = 'PENDING';

ALTER TABLE "transactions"
  ADD CONSTRAINT "transactions_amounts" CHECK ("amount_minor" > 0 AND "charged_minor" >= 0 AND "refunded_minor" >= 0);
ALTER TABLE "transaction_events" ADD CONSTRAINT "transaction_events_amount" CHECK ("amount_minor" >= 0);
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_amount" CHECK ("amount_minor" > 0);
ALTER TABLE "cash_movements" ADD CONSTRAINT "cash_movements_amount" CHECK ("amount_minor" <> 0);
ALTER TABLE "cash_sessions"
  ADD CONSTRAINT "cash_sessions_amounts" CHECK ("float_minor" >= 0 AND "counted_minor" >= 0),
  ADD CONSTRAINT "cash_sessions_closing" CHECK (("closed_at" IS NULL) = ("counted_minor" IS NULL) AND ("closed_at" IS NULL) = ("expected_minor" IS NULL));
ALTER TABLE "sandbox_charges" ADD CONSTRAINT "sandbox_charges_amount" CHECK ("amount_minor" > 0);

-- What happened to money is never changed and never forgotten, whoever asks.
CREATE FUNCTION "refuse_change_of_ledger"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% only grows', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER "transaction_events_only_grow" BEFORE UPDATE OR DELETE ON "transaction_events"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change_of_ledger"();
CREATE TRIGGER "transaction_events_never_emptied" BEFORE TRUNCATE ON "transaction_events"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change_of_ledger"();
