-- AlterTable
ALTER TABLE "app_executions" ADD COLUMN     "cost_usd" DOUBLE PRECISION,
ADD COLUMN     "machine_s" DOUBLE PRECISION NOT NULL DEFAULT 0,
ADD COLUMN     "machine_started_at" TIMESTAMPTZ(3),
ADD COLUMN     "usd_per_hour" DOUBLE PRECISION;

-- AlterTable
ALTER TABLE "run_limits" ADD COLUMN     "usd_max" DOUBLE PRECISION;

alter table run_limits add constraint run_limits_of_money_are_positive check (usd_max > 0);
-- Until now machine time was the program's own; what it cost nobody had noted.
update app_executions set machine_s = duration_s where duration_s is not null;
