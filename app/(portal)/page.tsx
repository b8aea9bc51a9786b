import { Upload } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { Suspense } from "react";
import { Arrivals } from "#components/overview/arrivals";
import { DecisionList } from "#components/overview/decision-list";
import { FirstSteps } from "#components/overview/first-steps";
import { SensorPanel } from "#components/overview/sensor-panel";
import { StoragePanel } from "#components/overview/storage-panel";
import { RunTable } from "#components/runs/run-table";
import { Page } from "#components/shell/page";
import { Button } from "#components/ui/button";
import { Section } from "#components/ui/section";
import { Skeleton, SkeletonGroup } from "#components/ui/skeleton";
import { Split } from "#components/ui/split";
import { StateBadge } from "#components/ui/state-badge";
import { can, type Ctx } from "#lib/auth/context";
import { pageContext } from "#lib/auth/page-context";
import { formatDate, formatTime, formatZone, wallTimeOf } from "#lib/format/dates";
import { countOf } from "#lib/format/lists";
import { formatNumber } from "#lib/format/numbers";
import type { Bbox } from "#lib/geo/bbox";
import { decisionSentence, sortDecisions, type Decision } from "#lib/overview/decision";
import { listDecisions } from "#lib/overview/service/list-decisions";
import { countLiveRuns, listRuns } from "#lib/runs/store";
import { countSensors, findSensorExtent } from "#lib/sensors/map-store";
import { getViewport } from "#lib/sensors/service/get-viewport";
import { listSensorDecisions } from "#lib/sensors/service/list-sensor-decisions";
import { readArrivals } from "#lib/sensors/service/read-arrivals";
import { readQuota } from "#lib/uploads/store";
import { findWorkspace } from "#lib/workspaces/store";

export const metadata: Metadata = { title: "Overview" };

const RUNS_SHOWN = 6;
const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

export default async function OverviewPage() {
  const ctx = await pageContext();
  const [workspace, platform, sensors, counts, runs, liveCount, quota] = await Promise.all([
    findWorkspace(ctx),
    listDecisions(ctx),
    listSensorDecisions(ctx),
    countSensors(ctx, {}),
    listRuns(ctx, { limit: RUNS_SHOWN }),
    countLiveRuns(ctx),
    readQuota(ctx),
  ]);
  const { timeZone } = workspace;
  const now = ctx.now.toISOString();
  const isEmpty = counts.total === 0 && runs.items.length === 0;
  const decisions = sortDecisions([...platform, ...sensors]);
  const actions = can(ctx, "uploads:create") ? (
    <Button variant="primary" size="sm" icon={<Upload className="size-3.5" aria-hidden />} href="/uploads">
      Add data
    </Button>
  ) : undefined;
  const crumbs = [{ label: workspace.name }, { label: "Overview" }];
  if (isEmpty) {
    return (
      <Page crumbs={crumbs} actions={actions}>
        <Hello title="Three steps to the first result">Nothing has arrived in {workspace.name} yet.</Hello>
        <Section label="First steps">
          <FirstSteps />
        </Section>
      </Page>
    );
  }
  const aside = (
    <>
      {counts.total > 0 ? (
        <Suspense fallback={<MapWaiting />}>
          <SensorAside ctx={ctx} sensorCount={counts.total} />
        </Suspense>
      ) : (
        <Section title="Sensors">
          <p className="text-sm text-muted">None yet. Upload a list of sensors to see them here.</p>
        </Section>
      )}
      <StoragePanel {...quota} />
    </>
  );
  const silent = counts.byState.silent ?? 0;
  return (
    <Page crumbs={crumbs} actions={actions}>
      <Split aside={aside} asideLabel="Sensors and storage">
        <Hello title={decisionSentence(decisions)}>
          {today(ctx.now, timeZone)}.{" "}
          {counts.total > 0
            ? `${formatNumber(counts.total - silent)} of ${countOf(counts.total, "sensor")} are reporting.`
            : "No sensor is registered yet."}
        </Hello>
        <Section label="Needs a decision" className="!pt-2">
          <Decisions decisions={decisions} timeZone={timeZone} now={now} />
        </Section>
        {counts.total > 0 ? (
          <Section label="Arrivals">
            <Suspense fallback={<ArrivalsWaiting />}>
              <ArrivalsFigure ctx={ctx} timeZone={timeZone} />
            </Suspense>
          </Section>
        ) : null}
        <Section
          title="Runs"
          caption={liveCount === 0 ? "none in progress" : `${formatNumber(liveCount)} in progress or waiting`}
          more={
            <Link href="/runs" className="text-accent hover:underline">
              All runs
            </Link>
          }
        >
          {runs.items.length === 0 ? (
            <p className="text-sm text-muted">None yet. A run starts by itself with every upload.</p>
          ) : (
            <RunTable
              runs={runs.items}
              refreshPath={`/api/v1/runs?limit=${RUNS_SHOWN}`}
              timeZone={timeZone}
              now={now}
              isShort
            />
          )}
        </Section>
      </Split>
    </Page>
  );
}

function today(now: Date, timeZone: string): string {
  const wall = wallTimeOf(now, timeZone);
  const day = DAYS[new Date(Date.UTC(wall.year, wall.month - 1, wall.day)).getUTCDay()] ?? "";
  return `${day} ${formatDate(now, { timeZone })}, ${formatTime(now, { timeZone })} ${formatZone(now, timeZone)}`;
}

function Hello({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div className="gutter-x pt-[26px] pb-1.5 max-sm:pt-[18px]">
      <h1 className="text-2xl max-sm:text-[22px] max-sm:leading-7">{title}</h1>
      <p className="mt-0.5 text-muted">{children}</p>
    </div>
  );
}

function Decisions(props: { decisions: readonly Decision[]; timeZone: string; now: string }) {
  if (props.decisions.length > 0) return <DecisionList {...props} />;
  return (
    <p className="py-3 text-sm">
      <StateBadge state="good">quiet</StateBadge>{" "}
      <span className="text-muted">No fault, no rejected file, no failed run in the last week.</span>
    </p>
  );
}

async function ArrivalsFigure({ ctx, timeZone }: { ctx: Ctx; timeZone: string }) {
  const { hours, newestAt } = await readArrivals(ctx);
  if (hours.every(({ count }) => count === null)) {
    return (
      <>
        <h2 className="text-base leading-5">Arrivals, last 24 hours</h2>
        <p className="mt-1 text-sm text-muted">
          {newestAt === null
            ? "No observation has been received yet. Upload readings to begin."
            : `Nothing was measured in the last 24 hours. The newest observation is of ${formatDate(newestAt, { timeZone })}.`}
        </p>
      </>
    );
  }
  return <Arrivals hours={hours} timeZone={timeZone} zoneName={formatZone(ctx.now, timeZone)} />;
}

const WORLD: Bbox = { west: -170, south: -60, east: 170, north: 75 };
/** Up to this many sensors each has its own mark on the small picture; more are drawn as counts. */
const SINGLE_MARKS_MAX = 1_000;
const ZOOM_OF_SINGLES = 20;

async function SensorAside({ ctx, sensorCount }: { ctx: Ctx; sensorCount: number }) {
  const extent = (await findSensorExtent(ctx, {})) ?? WORLD;
  const widthZoom = Math.min(11, Math.max(2, Math.log2(360 / Math.max(0.01, extent.east - extent.west))));
  const zoom = sensorCount <= SINGLE_MARKS_MAX ? ZOOM_OF_SINGLES : widthZoom;
  const bbox = [extent.west, extent.south, extent.east, extent.north].join(",");
  const { items, byState, total } = await getViewport(ctx, { bbox, zoom });
  return <SensorPanel items={items} view={{ bbox: extent }} byState={byState} total={total} />;
}

function MapWaiting() {
  return (
    <SkeletonGroup label="Reading the sensors">
      <Skeleton height="236px" />
      <Skeleton width="60%" className="mx-5" />
    </SkeletonGroup>
  );
}

function ArrivalsWaiting() {
  return (
    <SkeletonGroup label="Counting the observations of the last 24 hours">
      <Skeleton width="30%" />
      <Skeleton height="76px" />
    </SkeletonGroup>
  );
}
