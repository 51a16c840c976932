-- When a row is tried next: it moves ahead with each attempt, so that a relay that dies gives the row back by itself.
ALTER TABLE "outbox" ADD COLUMN "next_attempt_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now();
DROP INDEX outbox_waiting_idx;
CREATE INDEX outbox_waiting_idx ON outbox (next_attempt_at) WHERE delivered_at IS NULL;
