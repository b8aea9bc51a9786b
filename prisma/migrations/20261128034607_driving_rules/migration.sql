-- AlterTable
ALTER TABLE "driving_alerts" ADD COLUMN     "is_quiet" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "rule_no" INTEGER,
ADD COLUMN     "severity" TEXT;

-- AlterTable
ALTER TABLE "driving_episodes" ADD COLUMN     "place" TEXT,
ADD COLUMN     "rule_no" INTEGER;

-- AlterTable
ALTER TABLE "driving_feeds" ADD COLUMN     "rules_no" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "driving_geofences" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "shape" JSONB NOT NULL,
    "created_by_label" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "driving_geofences_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "driving_rules" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "is_enabled" BOOLEAN NOT NULL,
    "version" INTEGER NOT NULL,
    "definition" JSONB NOT NULL,
    "sealed_secret" TEXT NOT NULL,
    "last_digest_at" TIMESTAMPTZ(3),
    "created_by_label" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "driving_rules_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "driving_rule_versions" (
    "no" SERIAL NOT NULL,
    "workspace_id" UUID NOT NULL,
    "rule_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "from_seq" BIGINT NOT NULL,
    "until_seq" BIGINT,
    "terms" JSONB NOT NULL,

    CONSTRAINT "driving_rule_versions_pkey" PRIMARY KEY ("no")
);

-- CreateTable
CREATE TABLE "driving_deliveries" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "alert_id" UUID NOT NULL,
    "rule_id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_at" TIMESTAMPTZ(3) NOT NULL,
    "last_error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "driving_deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "driving_geofences_workspace_id_name_key" ON "driving_geofences"("workspace_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "driving_rules_workspace_id_name_key" ON "driving_rules"("workspace_id", "name");

-- CreateIndex
CREATE INDEX "driving_rule_versions_workspace_id_idx" ON "driving_rule_versions"("workspace_id");

-- CreateIndex
CREATE UNIQUE INDEX "driving_rule_versions_rule_id_version_key" ON "driving_rule_versions"("rule_id", "version");

-- CreateIndex
CREATE INDEX "driving_deliveries_workspace_id_rule_id_created_at_idx" ON "driving_deliveries"("workspace_id", "rule_id", "created_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "driving_deliveries_alert_id_channel_target_key" ON "driving_deliveries"("alert_id", "channel", "target");

-- AddForeignKey
ALTER TABLE "driving_geofences" ADD CONSTRAINT "driving_geofences_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "driving_rules" ADD CONSTRAINT "driving_rules_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "driving_rule_versions" ADD CONSTRAINT "driving_rule_versions_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "driving_deliveries" ADD CONSTRAINT "driving_deliveries_alert_id_fkey" FOREIGN KEY ("alert_id") REFERENCES "driving_alerts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What is still to be told, for the jobs that tell it.
create index driving_deliveries_waiting on driving_deliveries (workspace_id, rule_id, next_at) where state = 'waiting';

do $$
declare guarded text;
begin
  foreach guarded in array array['driving_geofences', 'driving_rules', 'driving_rule_versions', 'driving_deliveries']
  loop
    execute format('alter table %I enable row level security', guarded);
    execute format(
      'create policy tenancy on %I to fieldport_app
         using (workspace_id = nullif(current_setting(''app.workspace_id'', true), '''')::uuid)
         with check (workspace_id = nullif(current_setting(''app.workspace_id'', true), '''')::uuid)', guarded);
    execute format('grant select, insert, update, delete on %I to fieldport_app', guarded);
  end loop;
end $$;
grant usage on all sequences in schema public to fieldport_app;
