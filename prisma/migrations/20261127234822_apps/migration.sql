-- CreateTable
CREATE TABLE "apps" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "revision_id" UUID,
    "takes_dropped" BOOLEAN NOT NULL DEFAULT false,
    "sealed_git_token" TEXT,
    "created_by_label" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "apps_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "app_revisions" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "app_id" UUID NOT NULL,
    "no" INTEGER NOT NULL,
    "source_kind" TEXT NOT NULL,
    "git_url" TEXT,
    "git_ref" TEXT,
    "commit_sha" TEXT,
    "code_artifact_id" UUID,
    "manifest" JSONB NOT NULL,
    "content_hash" TEXT NOT NULL,
    "created_by_label" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "app_revisions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "app_secrets" (
    "app_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "workspace_id" UUID NOT NULL,
    "sealed" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "app_secrets_pkey" PRIMARY KEY ("app_id","name")
);

-- CreateTable
CREATE TABLE "app_inputs" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "app_id" UUID NOT NULL,
    "object_key" TEXT NOT NULL,
    "etag" TEXT NOT NULL,
    "job_id" TEXT NOT NULL,
    "run_id" UUID,
    "reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "app_inputs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "app_executions" (
    "run_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "revision_id" UUID NOT NULL,
    "attempt" INTEGER NOT NULL,
    "executor" TEXT NOT NULL,
    "machine" TEXT,
    "failed_step" TEXT,
    "exit_code" INTEGER,
    "duration_s" DOUBLE PRECISION,
    "peak_memory_bytes" BIGINT,
    "machine_log_id" UUID,
    "app_log_id" UUID,
    "output_id" UUID,
    "partial_id" UUID,
    "is_log_truncated" BOOLEAN NOT NULL DEFAULT false,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "app_executions_pkey" PRIMARY KEY ("run_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "apps_workspace_id_slug_key" ON "apps"("workspace_id", "slug");

-- CreateIndex
CREATE INDEX "app_revisions_workspace_id_idx" ON "app_revisions"("workspace_id");

-- CreateIndex
CREATE UNIQUE INDEX "app_revisions_app_id_no_key" ON "app_revisions"("app_id", "no");

-- CreateIndex
CREATE INDEX "app_secrets_workspace_id_idx" ON "app_secrets"("workspace_id");

-- CreateIndex
CREATE INDEX "app_inputs_workspace_id_idx" ON "app_inputs"("workspace_id");

-- CreateIndex
CREATE INDEX "app_inputs_run_id_idx" ON "app_inputs"("run_id");

-- CreateIndex
CREATE UNIQUE INDEX "app_inputs_app_id_object_key_etag_key" ON "app_inputs"("app_id", "object_key", "etag");

-- CreateIndex
CREATE INDEX "app_executions_workspace_id_idx" ON "app_executions"("workspace_id");

-- CreateIndex
CREATE INDEX "app_executions_revision_id_idx" ON "app_executions"("revision_id");

-- AddForeignKey
ALTER TABLE "apps" ADD CONSTRAINT "apps_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "app_revisions" ADD CONSTRAINT "app_revisions_app_id_fkey" FOREIGN KEY ("app_id") REFERENCES "apps"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "app_revisions" ADD CONSTRAINT "app_revisions_code_artifact_id_fkey" FOREIGN KEY ("code_artifact_id") REFERENCES "artifacts"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "app_secrets" ADD CONSTRAINT "app_secrets_app_id_fkey" FOREIGN KEY ("app_id") REFERENCES "apps"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "app_inputs" ADD CONSTRAINT "app_inputs_app_id_fkey" FOREIGN KEY ("app_id") REFERENCES "apps"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "app_inputs" ADD CONSTRAINT "app_inputs_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "app_executions" ADD CONSTRAINT "app_executions_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "app_executions" ADD CONSTRAINT "app_executions_revision_id_fkey" FOREIGN KEY ("revision_id") REFERENCES "app_revisions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What is dropped under app_runner/input/ has one taker in a workspace.
create unique index apps_taking_dropped on apps (workspace_id) where takes_dropped;
alter table apps add constraint apps_slug_is_key check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$');

alter table apps enable row level security;
create policy tenancy on apps to fieldport_app
  using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
  with check (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert, update, delete on apps to fieldport_app;

-- A revision is what runs name: it can be added and removed, and its code filled in, but not rewritten.
alter table app_revisions enable row level security;
create policy tenancy on app_revisions to fieldport_app
  using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
  with check (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert, delete on app_revisions to fieldport_app;
grant update (code_artifact_id) on app_revisions to fieldport_app;

alter table app_secrets enable row level security;
create policy tenancy on app_secrets to fieldport_app
  using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
  with check (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert, update, delete on app_secrets to fieldport_app;

alter table app_inputs enable row level security;
create policy tenancy on app_inputs to fieldport_app
  using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
  with check (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert, update, delete on app_inputs to fieldport_app;

alter table app_executions enable row level security;
create policy tenancy on app_executions to fieldport_app
  using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
  with check (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert, update, delete on app_executions to fieldport_app;
