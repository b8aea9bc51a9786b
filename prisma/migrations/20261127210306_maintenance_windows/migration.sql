-- CreateTable
CREATE TABLE "maintenance_windows" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "until_at" TIMESTAMPTZ(3) NOT NULL,
    "comment" TEXT NOT NULL DEFAULT '',
    "by_label" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "maintenance_windows_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "maintenance_window_sensors" (
    "window_id" UUID NOT NULL,
    "sensor_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,

    CONSTRAINT "maintenance_window_sensors_pkey" PRIMARY KEY ("window_id","sensor_id")
);

-- CreateIndex
CREATE INDEX "maintenance_windows_workspace_id_from_at_idx" ON "maintenance_windows"("workspace_id", "from_at" DESC);

-- CreateIndex
CREATE INDEX "maintenance_window_sensors_sensor_id_idx" ON "maintenance_window_sensors"("sensor_id");

-- AddForeignKey
ALTER TABLE "maintenance_window_sensors" ADD CONSTRAINT "maintenance_window_sensors_window_id_fkey" FOREIGN KEY ("window_id") REFERENCES "maintenance_windows"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "maintenance_window_sensors" ADD CONSTRAINT "maintenance_window_sensors_sensor_id_fkey" FOREIGN KEY ("sensor_id") REFERENCES "sensors"("id") ON DELETE CASCADE ON UPDATE CASCADE;

alter table maintenance_windows enable row level security;
create policy tenancy on maintenance_windows to fieldport_app
  using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
  with check (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert, update, delete on maintenance_windows to fieldport_app;
alter table maintenance_window_sensors enable row level security;
create policy tenancy on maintenance_window_sensors to fieldport_app
  using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
  with check (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert, update, delete on maintenance_window_sensors to fieldport_app;
