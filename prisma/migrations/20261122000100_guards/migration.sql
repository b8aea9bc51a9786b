-- What Prisma's schema cannot say: the role that row-level security binds, the policies, partitioned
-- observations with their rollups, partial indexes, and the one door to the job queue.

-- Roles belong to the whole cluster, so another database of it may have created this one already.
do $$ begin
  if not exists (select from pg_roles where rolname = 'fieldport_app') then
    create role fieldport_app nologin nosuperuser nobypassrls;
  end if;
exception when duplicate_object or unique_violation then null;
end $$;
-- Creating a role does not yet allow switching to it; whoever already may needs no grant.
do $$ begin
  execute format('grant fieldport_app to %I', current_user);
exception when insufficient_privilege then null;
end $$;
grant usage on schema public to fieldport_app;

-- One live or successful run per key: the cache and the single flight.
create unique index runs_single_flight on runs (workspace_id, run_key)
  where state in ('queued', 'starting', 'running', 'succeeded');
create index runs_live on runs (workspace_id, queued_at) where state in ('queued', 'starting', 'running');
create index sensors_unmatched on sensors (workspace_id) where mercator_x is not null;
-- Same content is recognised per workspace.
create index uploads_declared_hash on uploads (workspace_id, declared_sha256) where declared_sha256 is not null;

-- Observations: append-only, one row per datastream and instant, partitioned by month.
create table observations (
  workspace_id  uuid not null,
  datastream_id bigint not null,
  observed_at   timestamptz(3) not null,
  value         double precision not null,
  dataset_no    integer not null,
  primary key (datastream_id, observed_at)
) partition by range (observed_at);

-- Minimum, maximum and mean per bucket, so that a chart of years reads thousands of rows, not millions.
create table observation_rollups (
  workspace_id  uuid not null,
  datastream_id bigint not null references datastreams (id) on delete cascade,
  bucket_s      integer not null,
  bucket_at     timestamptz(3) not null,
  first_at      timestamptz(3) not null,
  last_at       timestamptz(3) not null,
  value_min     double precision not null,
  value_max     double precision not null,
  value_sum     double precision not null,
  point_count   integer not null,
  primary key (datastream_id, bucket_s, bucket_at)
);

comment on table observations is 'external: partitioned by month, which Prisma cannot model';
comment on table observation_rollups is 'external: belongs to observations';

-- Creates the months [from_at, to_at] on demand. Runs as the owner because the app role may not create tables;
-- it accepts instants only, so nothing a caller sends becomes SQL.
create function ensure_observation_partitions(from_at timestamptz, to_at timestamptz) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  month_start timestamptz := date_trunc('month', from_at at time zone 'UTC') at time zone 'UTC';
  month_end timestamptz;
  partition_name text;
  created integer := 0;
begin
  if from_at < timestamptz '1900-01-01Z' or to_at > now() + interval '400 days' then
    raise exception 'observations outside 1900 to next year: % to %', from_at, to_at;
  end if;
  while month_start <= to_at loop
    month_end := ((month_start at time zone 'UTC') + interval '1 month') at time zone 'UTC';
    partition_name := 'observations_y' || to_char(month_start at time zone 'UTC', 'YYYY"m"MM');
    if to_regclass(partition_name) is null then
      perform pg_advisory_xact_lock(hashtext('observation_partitions'));
      if to_regclass(partition_name) is null then
        execute format('create table %I partition of observations for values from (%L) to (%L)', partition_name, month_start, month_end);
        execute format('alter table %I enable row level security', partition_name);
        created := created + 1;
      end if;
    end if;
    month_start := month_end;
  end loop;
  return created;
end $$;

-- Adding a job is part of the caller's transaction; the queue's own tables stay closed to the app role.
create function enqueue_job(name text, payload json, job_key text, run_at timestamptz, max_attempts integer, queue text)
returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform graphile_worker.add_job(
    name, payload, queue_name => queue, run_at => run_at, max_attempts => max_attempts,
    job_key => job_key, job_key_mode => 'preserve_run_at');
end $$;

-- Tenancy, the second time: every table with a workspace shows and takes only rows of the current one.
do $$
declare guarded text;
begin
  foreach guarded in array array[
    'memberships', 'invitations', 'api_keys', 'uploads', 'artifacts', 'datasets', 'dataset_uploads',
    'column_mappings', 'runs', 'run_logs', 'run_steps', 'run_artifacts', 'sensors', 'datastreams', 'flags',
    'reference_matches', 'observations', 'observation_rollups', 'audit_events', 'idempotency_keys',
    'notifications', 'notification_settings']
  loop
    execute format('alter table %I enable row level security', guarded);
    execute format(
      'create policy tenancy on %I to fieldport_app
         using (workspace_id = nullif(current_setting(''app.workspace_id'', true), '''')::uuid)
         with check (workspace_id = nullif(current_setting(''app.workspace_id'', true), '''')::uuid)', guarded);
    execute format('grant select, insert, update, delete on %I to fieldport_app', guarded);
  end loop;
end $$;
alter table workspaces enable row level security;
create policy tenancy on workspaces to fieldport_app
  using (id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, update on workspaces to fieldport_app;

-- Names of fellow members, nothing else, of the people table.
alter table users enable row level security;
create policy fellow_members on users for select to fieldport_app
  using (exists (select from memberships m where m.user_id = users.id));
grant select (id, email, name, created_at, disabled_at) on users to fieldport_app;

-- History is written once.
revoke update, delete on audit_events from fieldport_app;
grant usage on all sequences in schema public to fieldport_app;
grant select on workers to fieldport_app;
grant execute on function ensure_observation_partitions, enqueue_job to fieldport_app;
revoke execute on function ensure_observation_partitions, enqueue_job from public;
