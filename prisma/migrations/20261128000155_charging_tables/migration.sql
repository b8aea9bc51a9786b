-- CreateTable
CREATE TABLE "charging_tariffs" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "lineage_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "utility" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "effective_on" TEXT,
    "content" JSONB NOT NULL,
    "sha256" TEXT NOT NULL,
    "created_by_label" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "superseded_at" TIMESTAMPTZ(3),
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "charging_tariffs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "charging_tables" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "rows" JSONB NOT NULL,
    "row_count" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "created_by_label" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "charging_tables_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "charging_tariffs_workspace_id_created_at_idx" ON "charging_tariffs"("workspace_id", "created_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "charging_tariffs_lineage_id_version_key" ON "charging_tariffs"("lineage_id", "version");

-- CreateIndex
CREATE UNIQUE INDEX "charging_tables_workspace_id_kind_version_key" ON "charging_tables"("workspace_id", "kind", "version");

-- A version is never changed: only whether it is the newest, and whether it is put away.
alter table charging_tariffs enable row level security;
create policy tenancy on charging_tariffs to fieldport_app
  using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
  with check (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert, delete, update (superseded_at, archived_at) on charging_tariffs to fieldport_app;

alter table charging_tables enable row level security;
create policy tenancy on charging_tables to fieldport_app
  using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
  with check (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert, delete on charging_tables to fieldport_app;
