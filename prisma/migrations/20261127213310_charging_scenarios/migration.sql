-- CreateTable
CREATE TABLE "charging_scenarios" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "tags" TEXT[],
    "notes" TEXT NOT NULL DEFAULT '',
    "run_id" UUID NOT NULL,
    "created_by_label" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "charging_scenarios_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "charging_scenarios_workspace_id_created_at_idx" ON "charging_scenarios"("workspace_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "charging_scenarios_run_id_idx" ON "charging_scenarios"("run_id");

-- AddForeignKey
ALTER TABLE "charging_scenarios" ADD CONSTRAINT "charging_scenarios_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

alter table charging_scenarios enable row level security;
create policy tenancy on charging_scenarios to fieldport_app
  using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
  with check (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert, update, delete on charging_scenarios to fieldport_app;
