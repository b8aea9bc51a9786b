-- CreateTable
CREATE TABLE "app_manifest_readings" (
    "app_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "git_url" TEXT NOT NULL,
    "git_ref" TEXT NOT NULL,
    "commit_sha" TEXT NOT NULL,
    "detail" TEXT,
    "problems" JSONB NOT NULL DEFAULT '[]',
    "created_by_label" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "failed_at" TIMESTAMPTZ(3),

    CONSTRAINT "app_manifest_readings_pkey" PRIMARY KEY ("app_id")
);

-- CreateIndex
CREATE INDEX "app_manifest_readings_workspace_id_idx" ON "app_manifest_readings"("workspace_id");

-- AddForeignKey
ALTER TABLE "app_manifest_readings" ADD CONSTRAINT "app_manifest_readings_app_id_fkey" FOREIGN KEY ("app_id") REFERENCES "apps"("id") ON DELETE CASCADE ON UPDATE CASCADE;

alter table app_manifest_readings enable row level security;
create policy tenancy on app_manifest_readings to fieldport_app
  using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
  with check (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert, update, delete on app_manifest_readings to fieldport_app;
