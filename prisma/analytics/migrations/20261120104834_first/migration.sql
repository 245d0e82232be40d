-- CreateTable
CREATE TABLE "event_log" (
    "event_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "schema_version" INTEGER NOT NULL,
    "aggregate_type" TEXT NOT NULL,
    "aggregate_id" TEXT NOT NULL,
    "sequence" BIGINT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "correlation_id" TEXT NOT NULL,
    "causation_id" TEXT,
    "actor" TEXT NOT NULL,
    "market" TEXT,
    "payload" JSON NOT NULL,

    CONSTRAINT "event_log_pkey" PRIMARY KEY ("event_id")
);

-- CreateTable
CREATE TABLE "fact_orders" (
    "order_id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "sold_at" TIMESTAMPTZ(3) NOT NULL,
    "day" DATE NOT NULL,
    "market" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "shop" TEXT,
    "currency" CHAR(3) NOT NULL,
    "units" INTEGER NOT NULL,
    "gross_minor" BIGINT NOT NULL,
    "tax_minor" BIGINT NOT NULL,
    "shipping_minor" BIGINT NOT NULL,
    "total_minor" BIGINT NOT NULL,

    CONSTRAINT "fact_orders_pkey" PRIMARY KEY ("order_id")
);

-- CreateTable
CREATE TABLE "fact_order_lines" (
    "line_id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "sold_at" TIMESTAMPTZ(3) NOT NULL,
    "day" DATE NOT NULL,
    "market" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "product_id" UUID NOT NULL,
    "variant_id" UUID NOT NULL,
    "sku" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "gross_minor" BIGINT NOT NULL,
    "tax_minor" BIGINT NOT NULL,

    CONSTRAINT "fact_order_lines_pkey" PRIMARY KEY ("order_id","line_id")
);

-- CreateTable
CREATE TABLE "daily_sales" (
    "day" DATE NOT NULL,
    "market" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "orders" INTEGER NOT NULL,
    "units" INTEGER NOT NULL,
    "gross_minor" BIGINT NOT NULL,
    "tax_minor" BIGINT NOT NULL,
    "shipping_minor" BIGINT NOT NULL,
    "total_minor" BIGINT NOT NULL,

    CONSTRAINT "daily_sales_pkey" PRIMARY KEY ("day","market","channel","currency")
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
CREATE INDEX "event_log_occurred_at_event_id_idx" ON "event_log"("occurred_at" DESC, "event_id" DESC);

-- CreateIndex
CREATE INDEX "event_log_type_occurred_at_event_id_idx" ON "event_log"("type", "occurred_at" DESC, "event_id" DESC);

-- CreateIndex
CREATE INDEX "event_log_aggregate_id_occurred_at_event_id_idx" ON "event_log"("aggregate_id", "occurred_at" DESC, "event_id" DESC);

-- CreateIndex
CREATE INDEX "event_log_correlation_id_occurred_at_event_id_idx" ON "event_log"("correlation_id", "occurred_at" DESC, "event_id" DESC);

-- CreateIndex
CREATE INDEX "fact_orders_day_market_channel_currency_idx" ON "fact_orders"("day", "market", "channel", "currency");

-- CreateIndex
CREATE INDEX "fact_order_lines_day_currency_product_id_idx" ON "fact_order_lines"("day", "currency", "product_id");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_event_id_key" ON "outbox"("event_id");

-- CreateIndex
CREATE INDEX "outbox_sent_at_id_idx" ON "outbox"("sent_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_aggregate_type_aggregate_id_sequence_key" ON "outbox"("aggregate_type", "aggregate_id", "sequence");

-- AddForeignKey
ALTER TABLE "fact_order_lines" ADD CONSTRAINT "fact_order_lines_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "fact_orders"("order_id") ON DELETE CASCADE ON UPDATE CASCADE;
