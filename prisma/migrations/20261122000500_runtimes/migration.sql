-- CreateTable
CREATE TABLE "alert_channel" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "secret" TEXT,
    "former_secret" TEXT,
    "rotated_at" TIMESTAMPTZ(3),
    "system_id" UUID,
    "environments" TEXT[],
    "topics" TEXT[],
    "minimum_severity" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "disabled_at" TIMESTAMPTZ(3),
    "disabled_reason" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "alert_channel_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alert" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "system_id" UUID NOT NULL,
    "environment" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "href" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "alert_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "drift_finding" (
    "id" UUID NOT NULL,
    "number" SERIAL NOT NULL,
    "system_id" UUID NOT NULL,
    "environment_id" UUID NOT NULL,
    "bundle_id" UUID NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "pointer" TEXT NOT NULL,
    "values" JSONB NOT NULL,
    "origin" TEXT,
    "declared_digest" TEXT,
    "observed_digest" TEXT,
    "summary" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "onset_after" TIMESTAMPTZ(3),
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "resolved_at" TIMESTAMPTZ(3),
    "reopenings" INTEGER NOT NULL DEFAULT 0,
    "acknowledged_by" TEXT,
    "suppressed_until" TIMESTAMPTZ(3),
    "reason" TEXT,
    "alerted_at" TIMESTAMPTZ(3),
    "change_request_id" UUID,
    "hot_patch_id" UUID,
    "revision" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "drift_finding_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "finding_sighting" (
    "finding_id" UUID NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "confirmations" INTEGER NOT NULL DEFAULT 1,
    "instances" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "finding_sighting_pkey" PRIMARY KEY ("finding_id")
);

-- CreateTable
CREATE TABLE "finding_event" (
    "id" UUID NOT NULL,
    "finding_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "finding_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ignore_rule" (
    "id" UUID NOT NULL,
    "system_id" UUID NOT NULL,
    "environments" TEXT[],
    "bundle" TEXT,
    "pattern" TEXT NOT NULL,
    "kinds" TEXT[],
    "reason" TEXT NOT NULL,
    "owner_id" UUID NOT NULL,
    "owner_name" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ended_by" TEXT,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "ignore_rule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ignore_rule_hit" (
    "ignore_rule_id" UUID NOT NULL,
    "hits" INTEGER NOT NULL DEFAULT 0,
    "last_hit_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ignore_rule_hit_pkey" PRIMARY KEY ("ignore_rule_id")
);

-- CreateTable
CREATE TABLE "remediation" (
    "id" UUID NOT NULL,
    "number" SERIAL NOT NULL,
    "system_id" UUID NOT NULL,
    "environment_id" UUID NOT NULL,
    "bundle_id" UUID NOT NULL,
    "target" TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "expected_digests" TEXT[],
    "target_digest" TEXT NOT NULL,
    "pointers" TEXT[],
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "restore_id" UUID,
    "next_attempt_at" TIMESTAMPTZ(3),
    "note" TEXT,
    "reason" TEXT NOT NULL,
    "started_by" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "change_request_id" UUID,
    "revision" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "remediation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hot_patch" (
    "id" UUID NOT NULL,
    "number" SERIAL NOT NULL,
    "system_id" UUID NOT NULL,
    "environment_id" UUID NOT NULL,
    "bundle_id" UUID NOT NULL,
    "incident" TEXT NOT NULL,
    "incident_level" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "changes" JSONB NOT NULL,
    "base_snapshot_id" UUID NOT NULL,
    "before_digest" TEXT NOT NULL,
    "after_digest" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reverts_at_expiry" BOOLEAN NOT NULL,
    "filed_by_id" UUID NOT NULL,
    "filed_by_name" TEXT NOT NULL,
    "filed_at" TIMESTAMPTZ(3) NOT NULL,
    "minutes" INTEGER NOT NULL,
    "approved_by_id" UUID,
    "approved_by_name" TEXT,
    "activated_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ceiling_at" TIMESTAMPTZ(3) NOT NULL,
    "extensions" JSONB NOT NULL DEFAULT '[]',
    "review_due_at" TIMESTAMPTZ(3) NOT NULL,
    "reviewed_at" TIMESTAMPTZ(3),
    "reviewed_by" TEXT,
    "review_verdict" TEXT,
    "review_note" TEXT,
    "ended_at" TIMESTAMPTZ(3),
    "ended_by" TEXT,
    "end_note" TEXT,
    "waiver" TEXT NOT NULL,
    "warned" TEXT[],
    "client_key" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "hot_patch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "follow_up" (
    "id" UUID NOT NULL,
    "hot_patch_id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "owner_name" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "decision" TEXT,
    "decided_by" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "note" TEXT,
    "change_request_id" UUID,
    "revision" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "follow_up_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hot_patch_event" (
    "id" UUID NOT NULL,
    "hot_patch_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "hot_patch_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "runtime" (
    "id" UUID NOT NULL,
    "system_id" UUID NOT NULL,
    "environment_id" UUID NOT NULL,
    "bundle_id" UUID NOT NULL,
    "fleet" TEXT NOT NULL,
    "instance" TEXT NOT NULL,
    "digest" TEXT,
    "unreadable" TEXT,
    "models" JSONB NOT NULL DEFAULT '[]',
    "models_digest" TEXT NOT NULL,
    "build" TEXT,
    "health" TEXT NOT NULL,
    "health_note" TEXT,
    "client" TEXT,
    "interval_seconds" INTEGER NOT NULL,
    "restored" UUID,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "runtime_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "observation" (
    "environment_id" UUID NOT NULL,
    "bundle_id" UUID NOT NULL,
    "digest" TEXT NOT NULL,
    "document" JSONB NOT NULL,
    "origins" JSONB NOT NULL DEFAULT '{}',
    "reported_by" TEXT NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "observation_pkey" PRIMARY KEY ("environment_id","bundle_id","digest")
);

-- CreateTable
CREATE TABLE "sync_verdict" (
    "environment_id" UUID NOT NULL,
    "bundle_id" UUID NOT NULL,
    "system_id" UUID NOT NULL,
    "sync" TEXT NOT NULL DEFAULT 'unknown',
    "sync_since" TIMESTAMPTZ(3) NOT NULL,
    "health" TEXT NOT NULL DEFAULT 'unknown',
    "health_since" TIMESTAMPTZ(3) NOT NULL,
    "declared_digest" TEXT,
    "observed" JSONB NOT NULL DEFAULT '[]',
    "rules_digest" TEXT NOT NULL DEFAULT '',
    "observed_at" TIMESTAMPTZ(3),
    "observed_by" TEXT,
    "last_in_sync_at" TIMESTAMPTZ(3),
    "instances" INTEGER NOT NULL DEFAULT 0,
    "silent" INTEGER NOT NULL DEFAULT 0,
    "unreadable" INTEGER NOT NULL DEFAULT 0,
    "differing" INTEGER NOT NULL DEFAULT 0,
    "builds" JSONB NOT NULL DEFAULT '[]',
    "models" JSONB NOT NULL DEFAULT '{}',
    "valid_until" TIMESTAMPTZ(3),
    "is_dirty" BOOLEAN NOT NULL DEFAULT true,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "evaluated_at" TIMESTAMPTZ(3),

    CONSTRAINT "sync_verdict_pkey" PRIMARY KEY ("environment_id","bundle_id")
);

-- AlterTable
ALTER TABLE "outbox" ADD COLUMN "lane" TEXT NOT NULL DEFAULT '';

-- CreateIndex
CREATE INDEX "outbox_lane_id_idx" ON "outbox"("lane", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "alert_channel_name_key" ON "alert_channel"("name");

-- CreateIndex
CREATE UNIQUE INDEX "alert_key_key" ON "alert"("key");

-- CreateIndex
CREATE INDEX "alert_system_id_id_idx" ON "alert"("system_id", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "drift_finding_number_key" ON "drift_finding"("number");

-- CreateIndex
CREATE UNIQUE INDEX "drift_finding_fingerprint_key" ON "drift_finding"("fingerprint");

-- CreateIndex
CREATE INDEX "drift_finding_system_id_number_idx" ON "drift_finding"("system_id", "number" DESC);

-- CreateIndex
CREATE INDEX "drift_finding_environment_id_bundle_id_state_idx" ON "drift_finding"("environment_id", "bundle_id", "state");

-- CreateIndex
CREATE INDEX "drift_finding_state_number_idx" ON "drift_finding"("state", "number" DESC);

-- CreateIndex
CREATE INDEX "finding_event_finding_id_id_idx" ON "finding_event"("finding_id", "id");

-- CreateIndex
CREATE INDEX "ignore_rule_system_id_id_idx" ON "ignore_rule"("system_id", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "remediation_number_key" ON "remediation"("number");

-- CreateIndex
CREATE INDEX "remediation_environment_id_bundle_id_number_idx" ON "remediation"("environment_id", "bundle_id", "number" DESC);

-- CreateIndex
CREATE INDEX "remediation_state_next_attempt_at_idx" ON "remediation"("state", "next_attempt_at");

-- CreateIndex
CREATE UNIQUE INDEX "hot_patch_number_key" ON "hot_patch"("number");

-- CreateIndex
CREATE UNIQUE INDEX "hot_patch_client_key" ON "hot_patch"("client_key");

-- CreateIndex
CREATE INDEX "hot_patch_system_id_number_idx" ON "hot_patch"("system_id", "number" DESC);

-- CreateIndex
CREATE INDEX "hot_patch_environment_id_bundle_id_state_idx" ON "hot_patch"("environment_id", "bundle_id", "state");

-- CreateIndex
CREATE INDEX "hot_patch_state_expires_at_idx" ON "hot_patch"("state", "expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "follow_up_hot_patch_key" ON "follow_up"("hot_patch_id");

-- CreateIndex
CREATE INDEX "follow_up_state_due_at_idx" ON "follow_up"("state", "due_at");

-- CreateIndex
CREATE INDEX "hot_patch_event_hot_patch_id_id_idx" ON "hot_patch_event"("hot_patch_id", "id");

-- CreateIndex
CREATE INDEX "runtime_environment_id_bundle_id_digest_idx" ON "runtime"("environment_id", "bundle_id", "digest");

-- CreateIndex
CREATE UNIQUE INDEX "runtime_instance_key" ON "runtime"("environment_id", "bundle_id", "instance");

-- CreateIndex
CREATE INDEX "sync_verdict_is_dirty_idx" ON "sync_verdict"("is_dirty");

-- CreateIndex
CREATE INDEX "sync_verdict_valid_until_idx" ON "sync_verdict"("valid_until");

-- AddForeignKey
ALTER TABLE "finding_event" ADD CONSTRAINT "finding_event_finding_id_fkey" FOREIGN KEY ("finding_id") REFERENCES "drift_finding"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "follow_up" ADD CONSTRAINT "follow_up_hot_patch_id_fkey" FOREIGN KEY ("hot_patch_id") REFERENCES "hot_patch"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hot_patch_event" ADD CONSTRAINT "hot_patch_event_hot_patch_id_fkey" FOREIGN KEY ("hot_patch_id") REFERENCES "hot_patch"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
