-- CreateTable
CREATE TABLE "driving_feeds" (
    "workspace_id" UUID NOT NULL,
    "last_seq" BIGINT NOT NULL DEFAULT 0,
    "last_event_no" BIGINT NOT NULL DEFAULT 0,
    "frame_no" BIGINT NOT NULL DEFAULT 0,
    "frame_after_seq" BIGINT NOT NULL DEFAULT 0,
    "driver_count" INTEGER NOT NULL DEFAULT 0,
    "newest_driver_no" INTEGER,
    "newest_at" TIMESTAMP(3),
    "second_driver_no" INTEGER,
    "second_at" TIMESTAMP(3),
    "gap_s" INTEGER NOT NULL DEFAULT 60,
    "late_after_s" INTEGER NOT NULL DEFAULT 3600,

    CONSTRAINT "driving_feeds_pkey" PRIMARY KEY ("workspace_id")
);

-- CreateTable
CREATE TABLE "drivers" (
    "driver_no" SERIAL NOT NULL,
    "workspace_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "plate" TEXT NOT NULL,
    "newest_at" TIMESTAMP(3) NOT NULL,
    "last_received_at" TIMESTAMPTZ(3) NOT NULL,
    "newest_seq" BIGINT NOT NULL,
    "latitude" DOUBLE PRECISION NOT NULL,
    "longitude" DOUBLE PRECISION NOT NULL,
    "speed_kmh" REAL NOT NULL,
    "direction_deg" REAL,
    "site_name" TEXT,
    "record_count" BIGINT NOT NULL DEFAULT 0,
    "late_count" BIGINT NOT NULL DEFAULT 0,
    "state" JSONB NOT NULL,
    "is_open" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "drivers_pkey" PRIMARY KEY ("driver_no")
);

-- CreateTable
CREATE TABLE "driving_record_keys" (
    "driver_no" INTEGER NOT NULL,
    "producer_seq" BIGINT NOT NULL,
    "workspace_id" UUID NOT NULL,

    CONSTRAINT "driving_record_keys_pkey" PRIMARY KEY ("driver_no","producer_seq")
);

-- CreateTable
CREATE TABLE "driving_batches" (
    "workspace_id" UUID NOT NULL,
    "actor_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "answer" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "driving_batches_pkey" PRIMARY KEY ("workspace_id","actor_id","key")
);

-- CreateTable
CREATE TABLE "driving_ledger_hours" (
    "workspace_id" UUID NOT NULL,
    "hour_at" TIMESTAMPTZ(3) NOT NULL,
    "received" BIGINT NOT NULL DEFAULT 0,
    "stored" BIGINT NOT NULL DEFAULT 0,
    "duplicate" BIGINT NOT NULL DEFAULT 0,
    "rejected" BIGINT NOT NULL DEFAULT 0,
    "late" BIGINT NOT NULL DEFAULT 0,
    "calls" BIGINT NOT NULL DEFAULT 0,
    "first_seq" BIGINT NOT NULL,
    "last_seq" BIGINT NOT NULL,

    CONSTRAINT "driving_ledger_hours_pkey" PRIMARY KEY ("workspace_id","hour_at")
);

-- CreateTable
CREATE TABLE "driving_episodes" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "driver_no" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "start_seq" BIGINT NOT NULL,
    "end_seq" BIGINT,
    "start_at" TIMESTAMP(3) NOT NULL,
    "end_at" TIMESTAMP(3),
    "last_at" TIMESTAMP(3) NOT NULL,
    "duration_s" DOUBLE PRECISION,
    "reported_s" DOUBLE PRECISION,
    "peak_speed_kmh" REAL NOT NULL,
    "record_count" INTEGER NOT NULL,
    "plate" TEXT NOT NULL,
    "latitude" DOUBLE PRECISION NOT NULL,
    "longitude" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "driving_episodes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "driving_alerts" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "driver_no" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "raised_at" TIMESTAMPTZ(3) NOT NULL,
    "cleared_at" TIMESTAMPTZ(3),
    "speed_kmh" REAL NOT NULL,
    "verdict" TEXT,
    "verdict_comment" TEXT NOT NULL DEFAULT '',
    "verdict_by_label" TEXT,
    "verdict_at" TIMESTAMPTZ(3),

    CONSTRAINT "driving_alerts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "driving_events" (
    "workspace_id" UUID NOT NULL,
    "event_no" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "driving_events_pkey" PRIMARY KEY ("workspace_id","event_no")
);

-- CreateIndex
CREATE UNIQUE INDEX "drivers_workspace_id_code_key" ON "drivers"("workspace_id", "code");

-- CreateIndex
CREATE INDEX "driving_batches_created_at_idx" ON "driving_batches"("created_at");

-- CreateIndex
CREATE INDEX "driving_episodes_driver_no_start_at_idx" ON "driving_episodes"("driver_no", "start_at");

-- CreateIndex
CREATE INDEX "driving_episodes_workspace_id_kind_start_at_idx" ON "driving_episodes"("workspace_id", "kind", "start_at");

-- CreateIndex
CREATE INDEX "driving_alerts_workspace_id_raised_at_idx" ON "driving_alerts"("workspace_id", "raised_at" DESC);

-- CreateIndex
CREATE INDEX "driving_events_created_at_idx" ON "driving_events"("created_at");

-- AddForeignKey
ALTER TABLE "driving_feeds" ADD CONSTRAINT "driving_feeds_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "drivers" ADD CONSTRAINT "drivers_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "driving_alerts" ADD CONSTRAINT "driving_alerts_id_fkey" FOREIGN KEY ("id") REFERENCES "driving_episodes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Records are append-only and partitioned by month of their own time. Their time is the wall clock as sent, without a
-- zone. No foreign keys: they would be checked row by row, and only the ingest writes here.
create table driving_records (
  workspace_id    uuid not null,
  driver_no       integer not null,
  recorded_at     timestamp(3) not null,
  -- Arrival number, without gaps inside a workspace; orders records of one second.
  seq             bigint not null,
  received_at     timestamptz(3) not null,
  latitude        double precision not null,
  longitude       double precision not null,
  speed_kmh       real not null,
  direction_deg   real,
  -- 1 speed-up, 2 slow-down, 4 neutral slide, 8 its end, 16 overspeed, 32 its end, 64 fatigue, 128 throttle stop, 256 oil leak
  flags           smallint not null,
  neutral_slide_s real,
  overspeed_s     real,
  is_late         boolean not null,
  plate           text not null,
  site_name       text,
  primary key (driver_no, recorded_at, seq)
) partition by range (recorded_at);
create index driving_records_arrival on driving_records (workspace_id, seq);
comment on table driving_records is 'external: partitioned by month, which Prisma cannot model';

-- As ensure_observation_partitions: creates months as the owner, accepts instants only.
create function ensure_driving_partitions(from_at timestamp, to_at timestamp) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  month_start timestamp := date_trunc('month', from_at);
  partition_name text;
  created integer := 0;
begin
  if from_at < timestamp '1990-01-01' or to_at > now() + interval '40 days' then
    raise exception 'driving records outside 1990 to next month: % to %', from_at, to_at;
  end if;
  while month_start <= to_at loop
    partition_name := 'driving_records_y' || to_char(month_start, 'YYYY"m"MM');
    if to_regclass(partition_name) is null then
      perform pg_advisory_xact_lock(hashtext('driving_partitions'));
      if to_regclass(partition_name) is null then
        execute format('create table %I partition of driving_records for values from (%L) to (%L)',
          partition_name, month_start, month_start + interval '1 month');
        execute format('alter table %I enable row level security', partition_name);
        created := created + 1;
      end if;
    end if;
    month_start := month_start + interval '1 month';
  end loop;
  return created;
end $$;
grant execute on function ensure_driving_partitions to fieldport_app;
revoke execute on function ensure_driving_partitions from public;

-- The sweep for drivers that fell silent in the middle of an episode.
create index drivers_open on drivers (workspace_id) where is_open;
-- Every record updates its driver. With room on the page and no changing column in an index, no index is written.
alter table drivers set (fillfactor = 50);
-- What is open now, for viewers who come in.
create index driving_episodes_open on driving_episodes (workspace_id) where state = 'open';

do $$
declare guarded text;
begin
  foreach guarded in array array['driving_feeds', 'drivers', 'driving_record_keys', 'driving_batches',
    'driving_ledger_hours', 'driving_episodes', 'driving_alerts', 'driving_events', 'driving_records']
  loop
    execute format('alter table %I enable row level security', guarded);
    execute format(
      'create policy tenancy on %I to fieldport_app
         using (workspace_id = nullif(current_setting(''app.workspace_id'', true), '''')::uuid)
         with check (workspace_id = nullif(current_setting(''app.workspace_id'', true), '''')::uuid)', guarded);
    execute format('grant select, insert, update, delete on %I to fieldport_app', guarded);
  end loop;
end $$;
-- What has arrived stays as it is.
revoke update on driving_records from fieldport_app;
grant usage on all sequences in schema public to fieldport_app;
