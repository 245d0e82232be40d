-- Both are trusted extensions: the owner of the database may create them.
CREATE EXTENSION IF NOT EXISTS "btree_gist";
CREATE EXTENSION IF NOT EXISTS "pg_trgm";

-- CreateEnum
CREATE TYPE "product_status" AS ENUM ('DRAFT', 'ACTIVE', 'ARCHIVED');

-- CreateEnum
CREATE TYPE "import_status" AS ENUM ('QUEUED', 'VALIDATING', 'RUNNING', 'COMPLETED', 'COMPLETED_WITH_ERRORS', 'FAILED', 'CANCELED');

-- CreateEnum
CREATE TYPE "import_severity" AS ENUM ('ERROR', 'WARNING');

-- CreateTable
CREATE TABLE "markets" (
    "id" TEXT NOT NULL,
    "names" JSONB NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "countries" TEXT[],
    "locales" TEXT[],
    "prices_include_tax" BOOLEAN NOT NULL,
    "tax_rounding" TEXT NOT NULL,
    "rounding_mode" TEXT NOT NULL,
    "reservation_minutes" INTEGER NOT NULL,
    "tax_rates" JSONB NOT NULL,
    "position" INTEGER NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "markets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "products" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "status" "product_status" NOT NULL,
    "names" JSONB NOT NULL,
    "descriptions" JSONB NOT NULL,
    "details" JSONB NOT NULL,
    "category" TEXT NOT NULL,
    "tax_category" TEXT NOT NULL,
    "vendor" TEXT,
    "tags" TEXT[],
    "options" JSONB NOT NULL,
    "published_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "products_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "product_variants" (
    "id" UUID NOT NULL,
    "product_id" UUID NOT NULL,
    "sku" TEXT NOT NULL,
    "barcode" TEXT,
    "options" JSONB NOT NULL,
    "position" INTEGER NOT NULL,
    "weight_grams" INTEGER NOT NULL DEFAULT 0,
    "hs_code" TEXT,
    "is_serialized" BOOLEAN NOT NULL DEFAULT false,
    "media_id" UUID,
    "retired_at" TIMESTAMPTZ(3),
    "stock_count" INTEGER,
    "stock_count_file" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "product_variants_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "prices" (
    "id" UUID NOT NULL,
    "variant_id" UUID NOT NULL,
    "market_id" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "compare_at_minor" BIGINT,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "valid_to" TIMESTAMPTZ(3),

    CONSTRAINT "prices_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "collections" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "names" JSONB NOT NULL,
    "descriptions" JSONB NOT NULL,
    "position" INTEGER NOT NULL,
    "hero_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "collections_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "collection_products" (
    "collection_id" UUID NOT NULL,
    "product_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "collection_products_pkey" PRIMARY KEY ("collection_id","product_id")
);

-- CreateTable
CREATE TABLE "media" (
    "id" UUID NOT NULL,
    "product_id" UUID,
    "position" INTEGER NOT NULL,
    "alt" JSONB NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "placeholder_color" CHAR(7) NOT NULL,
    "derivatives" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "media_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "external_images" (
    "product_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "url" TEXT NOT NULL,
    "alt" TEXT,

    CONSTRAINT "external_images_pkey" PRIMARY KEY ("product_id","url")
);

-- CreateTable
CREATE TABLE "variant_availability" (
    "variant_id" UUID NOT NULL,
    "market_id" TEXT NOT NULL,
    "available" INTEGER NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "variant_availability_pkey" PRIMARY KEY ("variant_id","market_id")
);

-- CreateTable
CREATE TABLE "search_documents" (
    "product_id" UUID NOT NULL,
    "words" tsvector NOT NULL,
    "fuzzy" TEXT NOT NULL,
    "names" JSONB NOT NULL,

    CONSTRAINT "search_documents_pkey" PRIMARY KEY ("product_id")
);

-- CreateTable
CREATE TABLE "uploads" (
    "id" UUID NOT NULL,
    "blob_key" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "uploaded_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "uploads_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_jobs" (
    "id" UUID NOT NULL,
    "upload_id" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "market_id" TEXT NOT NULL,
    "requested_by" UUID NOT NULL,
    "status" "import_status" NOT NULL,
    "dialect" JSONB,
    "total_rows" INTEGER,
    "processed_rows" INTEGER NOT NULL DEFAULT 0,
    "failed_rows" INTEGER NOT NULL DEFAULT 0,
    "products" INTEGER NOT NULL DEFAULT 0,
    "variants" INTEGER NOT NULL DEFAULT 0,
    "images" INTEGER NOT NULL DEFAULT 0,
    "claimable_at" TIMESTAMPTZ(3),
    "leased_until" TIMESTAMPTZ(3),
    "lease_token" UUID,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "cancel_requested_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "import_jobs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_row_errors" (
    "id" BIGSERIAL NOT NULL,
    "job_id" UUID NOT NULL,
    "row" INTEGER NOT NULL,
    "column" TEXT,
    "severity" "import_severity" NOT NULL,
    "code" TEXT NOT NULL,
    "message" TEXT NOT NULL,

    CONSTRAINT "import_row_errors_pkey" PRIMARY KEY ("id")
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
CREATE UNIQUE INDEX "products_slug_key" ON "products"("slug");

-- CreateIndex
CREATE INDEX "products_status_published_at_id_idx" ON "products"("status", "published_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "product_variants_sku_key" ON "product_variants"("sku");

-- CreateIndex
CREATE INDEX "product_variants_product_id_position_idx" ON "product_variants"("product_id", "position");

-- CreateIndex
CREATE INDEX "product_variants_barcode_idx" ON "product_variants"("barcode");

-- CreateIndex
CREATE INDEX "prices_variant_id_market_id_valid_from_idx" ON "prices"("variant_id", "market_id", "valid_from");

-- CreateIndex
CREATE UNIQUE INDEX "collections_slug_key" ON "collections"("slug");

-- CreateIndex
CREATE INDEX "collection_products_collection_id_position_product_id_idx" ON "collection_products"("collection_id", "position", "product_id");

-- CreateIndex
CREATE INDEX "collection_products_product_id_idx" ON "collection_products"("product_id");

-- CreateIndex
CREATE INDEX "media_product_id_position_idx" ON "media"("product_id", "position");

-- CreateIndex
CREATE INDEX "media_fingerprint_idx" ON "media"("fingerprint");

-- CreateIndex
CREATE UNIQUE INDEX "media_product_id_fingerprint_key" ON "media"("product_id", "fingerprint");

-- CreateIndex
CREATE INDEX "search_documents_words_fuzzy_idx" ON "search_documents" USING GIN ("words", "fuzzy" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "import_jobs_finished_at_created_at_idx" ON "import_jobs"("finished_at", "created_at");

-- CreateIndex
CREATE INDEX "import_jobs_created_at_id_idx" ON "import_jobs"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "import_row_errors_job_id_row_id_idx" ON "import_row_errors"("job_id", "row", "id");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_event_id_key" ON "outbox"("event_id");

-- CreateIndex
CREATE INDEX "outbox_sent_at_id_idx" ON "outbox"("sent_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_aggregate_type_aggregate_id_sequence_key" ON "outbox"("aggregate_type", "aggregate_id", "sequence");

-- AddForeignKey
ALTER TABLE "product_variants" ADD CONSTRAINT "product_variants_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "products"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "product_variants" ADD CONSTRAINT "product_variants_media_id_fkey" FOREIGN KEY ("media_id") REFERENCES "media"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prices" ADD CONSTRAINT "prices_variant_id_fkey" FOREIGN KEY ("variant_id") REFERENCES "product_variants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "collections" ADD CONSTRAINT "collections_hero_id_fkey" FOREIGN KEY ("hero_id") REFERENCES "media"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "collection_products" ADD CONSTRAINT "collection_products_collection_id_fkey" FOREIGN KEY ("collection_id") REFERENCES "collections"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "collection_products" ADD CONSTRAINT "collection_products_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "products"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "media" ADD CONSTRAINT "media_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "products"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "external_images" ADD CONSTRAINT "external_images_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "products"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "search_documents" ADD CONSTRAINT "search_documents_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "products"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_jobs" ADD CONSTRAINT "import_jobs_upload_id_fkey" FOREIGN KEY ("upload_id") REFERENCES "uploads"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_row_errors" ADD CONSTRAINT "import_row_errors_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "import_jobs"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What a schema cannot say.
-- A variant has one price in a market at any time, also when two writers race.
ALTER TABLE "prices" ADD CONSTRAINT "prices_no_overlap"
  EXCLUDE USING gist ("variant_id" WITH =, "market_id" WITH =, tstzrange("valid_from", "valid_to") WITH &&);
ALTER TABLE "prices" ADD CONSTRAINT "prices_amounts" CHECK ("amount_minor" >= 0 AND "compare_at_minor" > "amount_minor");
ALTER TABLE "prices" ADD CONSTRAINT "prices_validity" CHECK ("valid_to" > "valid_from");
ALTER TABLE "variant_availability" ADD CONSTRAINT "variant_availability_available" CHECK ("available" >= 0);
ALTER TABLE "import_jobs" ADD CONSTRAINT "import_jobs_counters" CHECK ("processed_rows" >= 0 AND "failed_rows" BETWEEN 0 AND "processed_rows");
