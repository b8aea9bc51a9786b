-- CreateTable
CREATE TABLE "sensor_alerts" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "sensor_id" UUID NOT NULL,
    "condition" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "held_since" TIMESTAMPTZ(3) NOT NULL,
    "began_at" TIMESTAMPTZ(3),
    "clear_since" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "sensor_alerts_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "sensor_alerts_workspace_id_began_at_idx" ON "sensor_alerts"("workspace_id", "began_at" DESC);

-- CreateIndex
CREATE INDEX "sensor_alerts_sensor_id_idx" ON "sensor_alerts"("sensor_id");

-- AddForeignKey
ALTER TABLE "sensor_alerts" ADD CONSTRAINT "sensor_alerts_sensor_id_fkey" FOREIGN KEY ("sensor_id") REFERENCES "sensors"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A condition of a sensor is open at most once.
create unique index sensor_alerts_open on sensor_alerts (sensor_id, condition) where ended_at is null;
alter table sensor_alerts enable row level security;
create policy tenancy on sensor_alerts to fieldport_app
  using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
  with check (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert, update, delete on sensor_alerts to fieldport_app;
