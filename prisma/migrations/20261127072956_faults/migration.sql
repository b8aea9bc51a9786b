-- CreateTable
CREATE TABLE "faults" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "sensor_id" UUID NOT NULL,
    "datastream_id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "begin_at" TIMESTAMPTZ(3) NOT NULL,
    "end_at" TIMESTAMPTZ(3) NOT NULL,
    "is_open" BOOLEAN NOT NULL,
    "point_count" INTEGER NOT NULL,
    "magnitude" DOUBLE PRECISION,
    "unit" TEXT NOT NULL DEFAULT '',
    "score" DOUBLE PRECISION NOT NULL,
    "confidence" DOUBLE PRECISION NOT NULL,
    "priority" DOUBLE PRECISION NOT NULL,
    "evidence" JSONB NOT NULL,
    "run_id" UUID NOT NULL,
    "found_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "review" TEXT NOT NULL DEFAULT 'unreviewed',

    CONSTRAINT "faults_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "fault_reviews" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "fault_id" UUID NOT NULL,
    "verdict" TEXT NOT NULL,
    "comment" TEXT NOT NULL DEFAULT '',
    "by_label" TEXT NOT NULL,
    "by_user_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "fault_reviews_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "faults_workspace_id_review_priority_idx" ON "faults"("workspace_id", "review", "priority" DESC);

-- CreateIndex
CREATE INDEX "faults_workspace_id_datastream_id_begin_at_idx" ON "faults"("workspace_id", "datastream_id", "begin_at");

-- CreateIndex
CREATE INDEX "faults_sensor_id_idx" ON "faults"("sensor_id");

-- CreateIndex
CREATE INDEX "fault_reviews_fault_id_at_idx" ON "fault_reviews"("fault_id", "at");

-- AddForeignKey
ALTER TABLE "faults" ADD CONSTRAINT "faults_sensor_id_fkey" FOREIGN KEY ("sensor_id") REFERENCES "sensors"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "faults" ADD CONSTRAINT "faults_datastream_id_fkey" FOREIGN KEY ("datastream_id") REFERENCES "datastreams"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "fault_reviews" ADD CONSTRAINT "fault_reviews_fault_id_fkey" FOREIGN KEY ("fault_id") REFERENCES "faults"("id") ON DELETE CASCADE ON UPDATE CASCADE;

do $$
declare guarded text;
begin
  foreach guarded in array array['faults', 'fault_reviews'] loop
    execute format('alter table %I enable row level security', guarded);
    execute format(
      'create policy tenancy on %I to fieldport_app
         using (workspace_id = nullif(current_setting(''app.workspace_id'', true), '''')::uuid)
         with check (workspace_id = nullif(current_setting(''app.workspace_id'', true), '''')::uuid)', guarded);
    execute format('grant select, insert, update, delete on %I to fieldport_app', guarded);
  end loop;
end $$;
