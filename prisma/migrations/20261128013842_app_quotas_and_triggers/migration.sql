-- AlterTable
ALTER TABLE "app_executions" ADD COLUMN     "cpu_s" DOUBLE PRECISION;

-- AlterTable
ALTER TABLE "apps" ADD COLUMN     "concurrency_key" TEXT;

-- AlterTable
ALTER TABLE "runs" ADD COLUMN     "limit_keys" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateTable
CREATE TABLE "app_triggers" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "app_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "cron" TEXT,
    "sealed_secret" TEXT,
    "artifact_id" UUID NOT NULL,
    "params" JSONB NOT NULL DEFAULT '{}',
    "is_enabled" BOOLEAN NOT NULL DEFAULT true,
    "next_at" TIMESTAMPTZ(3),
    "last_at" TIMESTAMPTZ(3),
    "last_run_id" UUID,
    "last_error" TEXT,
    "created_by_label" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "app_triggers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "app_hook_deliveries" (
    "trigger_id" UUID NOT NULL,
    "signature" TEXT NOT NULL,
    "workspace_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "app_hook_deliveries_pkey" PRIMARY KEY ("trigger_id","signature")
);

-- CreateTable
CREATE TABLE "runner_reports" (
    "host" TEXT NOT NULL,
    "executor" TEXT NOT NULL,
    "is_available" BOOLEAN NOT NULL,
    "reason" TEXT,
    "machines" INTEGER NOT NULL,
    "orphans" INTEGER NOT NULL,
    "orphans_total" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "runner_reports_pkey" PRIMARY KEY ("host")
);

-- CreateTable
CREATE TABLE "run_limits" (
    "workspace_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "runs_max" INTEGER,
    "cpu_hours_max" DOUBLE PRECISION,

    CONSTRAINT "run_limits_pkey" PRIMARY KEY ("workspace_id","key")
);

-- CreateIndex
CREATE INDEX "app_triggers_workspace_id_idx" ON "app_triggers"("workspace_id");

-- CreateIndex
CREATE INDEX "app_triggers_app_id_idx" ON "app_triggers"("app_id");

-- CreateIndex
CREATE INDEX "app_triggers_next_at_idx" ON "app_triggers"("next_at");

-- CreateIndex
CREATE INDEX "app_hook_deliveries_workspace_id_idx" ON "app_hook_deliveries"("workspace_id");

-- AddForeignKey
ALTER TABLE "app_triggers" ADD CONSTRAINT "app_triggers_app_id_fkey" FOREIGN KEY ("app_id") REFERENCES "apps"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "app_triggers" ADD CONSTRAINT "app_triggers_artifact_id_fkey" FOREIGN KEY ("artifact_id") REFERENCES "artifacts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "app_hook_deliveries" ADD CONSTRAINT "app_hook_deliveries_trigger_id_fkey" FOREIGN KEY ("trigger_id") REFERENCES "app_triggers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_limits" ADD CONSTRAINT "run_limits_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

alter table run_limits add constraint run_limits_are_positive check (runs_max > 0 and cpu_hours_max > 0);
alter table app_triggers add constraint app_triggers_are_one_kind
  check ((kind = 'schedule' and cron is not null) or (kind = 'webhook' and sealed_secret is not null));
-- Runs that hold one of the limited names, for whoever wants to hold another.
create index runs_holding on runs using gin (limit_keys) where state in ('starting', 'running');

alter table run_limits enable row level security;
create policy tenancy on run_limits to fieldport_app
  using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
  with check (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert, update, delete on run_limits to fieldport_app;

alter table app_triggers enable row level security;
create policy tenancy on app_triggers to fieldport_app
  using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
  with check (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert, update, delete on app_triggers to fieldport_app;

alter table app_hook_deliveries enable row level security;
create policy tenancy on app_hook_deliveries to fieldport_app
  using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
  with check (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert, update, delete on app_hook_deliveries to fieldport_app;

grant select on runner_reports to fieldport_app;
