-- CreateTable
CREATE TABLE "observation_posts" (
    "no" SERIAL NOT NULL,
    "workspace_id" UUID NOT NULL,
    "hour_at" TIMESTAMPTZ(3) NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_label" TEXT NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "stored_count" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "observation_posts_pkey" PRIMARY KEY ("no")
);

-- CreateIndex
CREATE UNIQUE INDEX "observation_posts_workspace_id_hour_at_actor_kind_actor_id_key" ON "observation_posts"("workspace_id", "hour_at", "actor_kind", "actor_id");

alter table observation_posts enable row level security;
create policy tenancy on observation_posts to fieldport_app
  using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
  with check (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert, update, delete on observation_posts to fieldport_app;
grant usage on sequence observation_posts_no_seq to fieldport_app;
