-- CreateTable
CREATE TABLE "pipelines" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "settings" JSONB NOT NULL,
    "sealed_secret" TEXT,
    "cron" TEXT,
    "runs_on_new_data" BOOLEAN NOT NULL DEFAULT false,
    "is_enabled" BOOLEAN NOT NULL DEFAULT true,
    "next_at" TIMESTAMPTZ(3),
    "created_by_label" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "pipelines_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pipeline_executions" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "pipeline_id" UUID NOT NULL,
    "no" INTEGER NOT NULL,
    "trigger" TEXT NOT NULL,
    "started_by_label" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'running',
    "from_at" TIMESTAMPTZ(3),
    "until_at" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "skipped_starts" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "pipeline_executions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pipeline_steps" (
    "execution_id" UUID NOT NULL,
    "ordinal" SMALLINT NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "retry_at" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "note" TEXT NOT NULL DEFAULT '',
    "error_detail" TEXT,

    CONSTRAINT "pipeline_steps_pkey" PRIMARY KEY ("execution_id","ordinal")
);

-- CreateTable
CREATE TABLE "pipeline_step_runs" (
    "execution_id" UUID NOT NULL,
    "ordinal" SMALLINT NOT NULL,
    "seq" SMALLINT NOT NULL,
    "workspace_id" UUID NOT NULL,
    "attempt" SMALLINT NOT NULL,
    "run_id" UUID NOT NULL,

    CONSTRAINT "pipeline_step_runs_pkey" PRIMARY KEY ("execution_id","ordinal","seq")
);

-- CreateTable
CREATE TABLE "pipeline_cursors" (
    "pipeline_id" UUID NOT NULL,
    "scope" TEXT NOT NULL DEFAULT '',
    "key" TEXT NOT NULL,
    "workspace_id" UUID NOT NULL,
    "reached_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "pipeline_cursors_pkey" PRIMARY KEY ("pipeline_id","scope","key")
);

-- CreateIndex
CREATE INDEX "pipelines_next_at_idx" ON "pipelines"("next_at");

-- CreateIndex
CREATE UNIQUE INDEX "pipelines_workspace_id_name_key" ON "pipelines"("workspace_id", "name");

-- CreateIndex
CREATE INDEX "pipeline_executions_workspace_id_started_at_idx" ON "pipeline_executions"("workspace_id", "started_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "pipeline_executions_pipeline_id_no_key" ON "pipeline_executions"("pipeline_id", "no");

-- CreateIndex
CREATE INDEX "pipeline_step_runs_run_id_idx" ON "pipeline_step_runs"("run_id");

-- AddForeignKey
ALTER TABLE "pipelines" ADD CONSTRAINT "pipelines_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pipeline_executions" ADD CONSTRAINT "pipeline_executions_pipeline_id_fkey" FOREIGN KEY ("pipeline_id") REFERENCES "pipelines"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pipeline_steps" ADD CONSTRAINT "pipeline_steps_execution_id_fkey" FOREIGN KEY ("execution_id") REFERENCES "pipeline_executions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pipeline_step_runs" ADD CONSTRAINT "pipeline_step_runs_execution_id_ordinal_fkey" FOREIGN KEY ("execution_id", "ordinal") REFERENCES "pipeline_steps"("execution_id", "ordinal") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pipeline_step_runs" ADD CONSTRAINT "pipeline_step_runs_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pipeline_cursors" ADD CONSTRAINT "pipeline_cursors_pipeline_id_fkey" FOREIGN KEY ("pipeline_id") REFERENCES "pipelines"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A pipeline runs once at a time: what would start it again meanwhile is counted instead.
create unique index pipeline_executions_live on pipeline_executions (pipeline_id) where state = 'running';
alter table pipelines enable row level security;
create policy tenancy on pipelines to fieldport_app
  using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
  with check (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert, update, delete on pipelines to fieldport_app;
alter table pipeline_executions enable row level security;
create policy tenancy on pipeline_executions to fieldport_app
  using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
  with check (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert, update, delete on pipeline_executions to fieldport_app;
alter table pipeline_steps enable row level security;
create policy tenancy on pipeline_steps to fieldport_app
  using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
  with check (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert, update, delete on pipeline_steps to fieldport_app;
alter table pipeline_step_runs enable row level security;
create policy tenancy on pipeline_step_runs to fieldport_app
  using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
  with check (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert, update, delete on pipeline_step_runs to fieldport_app;
alter table pipeline_cursors enable row level security;
create policy tenancy on pipeline_cursors to fieldport_app
  using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
  with check (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert, update, delete on pipeline_cursors to fieldport_app;
