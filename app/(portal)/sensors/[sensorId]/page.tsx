import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ClaimButton } from "#components/sensors/claim-button";
import { chosenRange, seriesQueryOf } from "#lib/sensors/pages/range";
import { ExportMenu } from "#components/sensors/export-menu";
import { PropertyTabs } from "#components/sensors/property-tabs";
import { SensorAside } from "#components/sensors/sensor-aside";
import { SensorState } from "#components/sensors/sensor-state";
import { SeriesPanel } from "#components/sensors/series-panel";
import { Page } from "#components/shell/page";
import { Button } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { Section } from "#components/ui/section";
import { Split } from "#components/ui/split";
import { Tag } from "#components/ui/tag";
import { Age } from "#components/ui/age";
import { Time } from "#components/ui/time";
import { can, type Ctx } from "#lib/auth/context";
import { pageContext } from "#lib/auth/page-context";
import { isAppError } from "#lib/errors";
import { sensorParams } from "#lib/http/params";
import { sensorDetail, type SensorDetail, seriesAnswer, seriesQuery } from "#lib/sensors/schema";
import { maintenanceWindow, type MaintenanceWindow } from "#lib/sensors/maintenance/schema";
import { listWindows } from "#lib/sensors/maintenance/store";
import { listFaultsOfSensor } from "#lib/sensors/faults/service/read-faults-page";
import { getSensor } from "#lib/sensors/service/get-sensor";
import { readSeries } from "#lib/sensors/service/read-series";
import { findWorkspace } from "#lib/workspaces/store";

interface SensorPageProps {
  params: Promise<{ sensorId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: SensorPageProps): Promise<Metadata> {
  return { title: (await readSensor(await pageContext(), (await params).sensorId)).code };
}

export default async function SensorPage({ params, searchParams }: SensorPageProps) {
  const ctx = await pageContext();
  const { sensorId } = await params;
  const [sensor, { timeZone }] = await Promise.all([readSensor(ctx, sensorId), findWorkspace(ctx)]);
  const faults = await listFaultsOfSensor(ctx, sensor.id);
  const planned = await listWindows(ctx, { sensorId: sensor.id, current: true, limit: 20 });
  const windows = planned.items.map((window) => maintenanceWindow.parse(window)).reverse();
  const search = new URLSearchParams(
    Object.entries(await searchParams).flatMap(([key, value]) => (typeof value === "string" ? [[key, value]] : [])),
  );
  const asked = search.get("property");
  const stream = sensor.datastreams.find(({ observedProperty }) => observedProperty === asked) ?? sensor.datastreams[0];
  const now = ctx.now.toISOString();
  const facts = { sensor, timeZone, now };
  return (
    <Page
      crumbs={[{ label: "Sensors", href: "/sensors" }, { label: sensor.code }]}
      actions={<ExportMenu href={`/api/v1/sensors/${sensor.id}/observations`} formats={["csv", "parquet"]} />}
    >
      <Split
        asideLabel="About this sensor"
        aside={
          <SensorAside
            {...facts}
            faults={faults}
            property={stream?.observedProperty}
            mayRun={can(ctx, "runs:create")}
            windows={windows}
            mayPlan={can(ctx, "sensors:write")}
          />
        }
      >
        <Section className="border-b-0">
          <Head
            {...facts}
            window={windows.find(({ fromAt }) => fromAt <= now)}
            mayClaim={can(ctx, "sensors:write") && ctx.actor.kind === "user"}
          />
          {stream ? (
            <>
              <div className="mt-3 mb-3.5">
                <PropertyTabs streams={sensor.datastreams} current={stream.observedProperty} />
              </div>
              <SeriesPanel
                key={stream.observedProperty}
                {...facts}
                property={stream.observedProperty}
                first={await firstSeries(ctx, { sensorId: sensor.id, stream, search })}
              />
            </>
          ) : (
            <EmptyState
              title="No readings yet"
              actions={can(ctx, "uploads:create") ? <Button href="/uploads">Upload readings</Button> : undefined}
            >
              The sensor is registered. Its chart appears when a file of its readings has been cleaned.
            </EmptyState>
          )}
        </Section>
      </Split>
    </Page>
  );
}

async function readSensor(ctx: Ctx, sensorId: string): Promise<SensorDetail> {
  if (!sensorParams.safeParse({ sensorId }).success) notFound();
  try {
    return sensorDetail.parse(await getSensor(ctx, sensorId));
  } catch (error) {
    if (isAppError(error, "not_found")) notFound();
    throw error;
  }
}

interface HeadProps {
  sensor: SensorDetail;
  timeZone: string;
  now: string;
  mayClaim: boolean;
  /** Maintenance that lasts now. */
  window: MaintenanceWindow | undefined;
}

function Head({ sensor, timeZone, now, mayClaim, window }: HeadProps) {
  const { id, code, name, owner, state, lastObservedAt, isMine } = sensor;
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-2">
        <h1 className="text-2xl">{code}</h1>
        <SensorState state={state} check={sensor.verdictCheck} pill />
        {window ? (
          <Tag>
            in maintenance until <Time at={window.untilAt} timeZone={timeZone} now={now} />
          </Tag>
        ) : null}
        {mayClaim ? (
          <span className="ml-auto max-md:ml-0">
            <ClaimButton sensorId={id} code={code} isMine={isMine} />
          </span>
        ) : null}
      </div>
      <p className="mt-1 flex flex-wrap gap-x-5 gap-y-0.5 text-sm text-muted">
        {name && name !== code ? <span>{name}</span> : null}
        {owner ? (
          <a href={`/sensors/owners/${encodeURIComponent(owner)}`} className="hover:text-ink hover:underline">
            Owner {owner}
          </a>
        ) : (
          <span>No owner</span>
        )}
        {lastObservedAt ? (
          <span>
            Last reading <Time at={lastObservedAt} timeZone={timeZone} now={now} />,{" "}
            <Age at={lastObservedAt} timeZone={timeZone} now={now} ago />
          </span>
        ) : (
          <span>No reading yet</span>
        )}
      </p>
    </>
  );
}

interface FirstSeries {
  sensorId: string;
  stream: SensorDetail["datastreams"][number];
  search: URLSearchParams;
}

async function firstSeries(ctx: Ctx, { sensorId, stream, search }: FirstSeries) {
  const query = seriesQueryOf(stream.observedProperty, chosenRange(search, stream));
  const answer = await readSeries(ctx, sensorId, seriesQuery.parse(Object.fromEntries(new URLSearchParams(query))));
  return { query, answer: seriesAnswer.parse(answer) };
}
