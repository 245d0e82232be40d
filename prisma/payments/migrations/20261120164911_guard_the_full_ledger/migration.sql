-- What a schema cannot say: partial indexes, CHECKs, and ledgers that only grow. Apart from the tables, because an enum's
-- new values can't be used in the transaction that adds them.

-- One way of paying an order from outside at a time; one open capture of it; one store credit of each account.
CREATE UNIQUE INDEX "transactions_one_bank_transfer_per_order" ON "transactions" ("order_id")
  WHERE "kind" = 'BANK_TRANSFER' AND "closed_at" IS NULL;
CREATE UNIQUE INDEX "transactions_one_per_stored_value" ON "transactions" ("order_id", "stored_value_id")
  WHERE "kind" = 'STORE_CREDIT' AND "status" = 'CHARGED';
CREATE UNIQUE INDEX "captures_one_pending" ON "captures" ("transaction_id") WHERE "state" = 'PENDING';
-- Several parts of a charge may be on their way back at once: the row of the transaction is taken to count them.
DROP INDEX "refunds_one_pending";
CREATE UNIQUE INDEX "cash_movements_one_sale" ON "cash_movements" ("transaction_id") WHERE "kind" = 'SALE';
CREATE UNIQUE INDEX "reconciliation_runs_one_running" ON "reconciliation_runs" ((true)) WHERE "state" = 'RUNNING';

ALTER TABLE "transactions" DROP CONSTRAINT "transactions_amounts";
ALTER TABLE "transactions"
  ADD CONSTRAINT "transactions_amounts" CHECK ("amount_minor" > 0 AND "authorized_minor" >= 0 AND "refunded_minor" >= 0
    AND "charged_back_minor" >= 0 AND "refunded_minor" + "charged_back_minor" <= "charged_minor"),
  ADD CONSTRAINT "transactions_stored_value" CHECK (("kind" = 'STORE_CREDIT') = ("stored_value_id" IS NOT NULL));
ALTER TABLE "captures" ADD CONSTRAINT "captures_amount" CHECK ("amount_minor" > 0);
ALTER TABLE "refund_requests" ADD CONSTRAINT "refund_requests_amount" CHECK ("amount_minor" > 0);
ALTER TABLE "disputes" ADD CONSTRAINT "disputes_amount" CHECK ("amount_minor" >= 0);
ALTER TABLE "stored_value_accounts"
  ADD CONSTRAINT "stored_value_never_below_zero" CHECK ("balance_minor" >= 0),
  ADD CONSTRAINT "stored_value_owner" CHECK (CASE "kind" WHEN 'GIFT_CARD' THEN "code_hash" IS NOT NULL AND "customer_ref" IS NULL
    ELSE "code_hash" IS NULL AND "customer_ref" IS NOT NULL END);
ALTER TABLE "stored_value_entries"
  ADD CONSTRAINT "stored_value_entries_amount" CHECK (("kind" = 'SPENT') = ("amount_minor" < 0) AND "amount_minor" <> 0);
ALTER TABLE "payment_cases"
  ADD CONSTRAINT "payment_cases_resolution" CHECK ("closed_at" IS NOT NULL OR "resolution" IS NULL);
ALTER TABLE "cash_movements"
  ADD CONSTRAINT "cash_movements_kind" CHECK (CASE "kind"
    WHEN 'SALE' THEN "transaction_id" IS NOT NULL AND "amount_minor" > 0
    WHEN 'REFUND' THEN "refund_id" IS NOT NULL AND "amount_minor" < 0
    WHEN 'DROP' THEN "amount_minor" < 0
    WHEN 'PAYIN' THEN "amount_minor" > 0 END);

CREATE TRIGGER "stored_value_entries_only_grow" BEFORE UPDATE OR DELETE ON "stored_value_entries"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change_of_ledger"();
CREATE TRIGGER "stored_value_entries_never_emptied" BEFORE TRUNCATE ON "stored_value_entries"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change_of_ledger"();
CREATE TRIGGER "payment_case_entries_only_grow" BEFORE UPDATE OR DELETE ON "payment_case_entries"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change_of_ledger"();
