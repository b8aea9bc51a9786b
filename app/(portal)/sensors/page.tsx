import type { Metadata } from "next";
import { Page } from "#components/shell/page";
import { SensorList } from "#components/sensors/sensor-list";
import { SensorsMap } from "#components/sensors/sensors-map";
import { ExportMenu } from "#components/sensors/export-menu";
import { SensorsViews } from "#components/sensors/sensors-views";
import { filterQuery, readFilter } from "#lib/sensors/pages/url-filter";
import { can } from "#lib/auth/context";
import { pageContext } from "#lib/auth/page-context";
import { EXPORT_FORMATS } from "#lib/http/export-format";
import type { MapView } from "#lib/maps/spec";
import { listedSensor, listSensorsQuery } from "#lib/sensors/schema";
import { listSensorsPage } from "#lib/sensors/service/list-sensors";
import { readMapPage } from "#lib/sensors/service/read-map-page";

export const metadata: Metadata = { title: "Sensors" };

interface SensorsPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function SensorsPage({ searchParams }: SensorsPageProps) {
  const ctx = await pageContext();
  const params = toParams(await searchParams);
  const isList = params.get("view") === "list";
  const filter = readFilter(params);
  const selectedId = params.get("sensor");
  const { extent, selectedAt, properties, counts, timeZone, tiles } = await readMapPage(ctx, { filter, selectedId });
  const query = filterQuery(params).toString();
  const common = { properties, counts, total: counts.total, timeZone, mayUpload: can(ctx, "uploads:create") };
  return (
    <Page
      crumbs={[{ label: "Sensors", href: "/sensors" }, { label: isList ? "List" : "Map" }]}
      fill={!isList}
      views={<SensorsViews current={isList ? "list" : "map"} params={params} />}
      actions={
        <span className="max-md:hidden">
          <ExportMenu href={`/api/v1/sensors/export${query === "" ? "" : `?${query}`}`} formats={EXPORT_FORMATS} />
        </span>
      }
    >
      {isList ? (
        <SensorList
          key={query}
          {...common}
          query={query}
          filter={filter}
          first={await firstPage(ctx, query)}
          now={ctx.now.toISOString()}
        />
      ) : (
        <SensorsMap {...common} extent={extent} tiles={tiles} initialView={viewOf(extent, selectedAt)} />
      )}
    </Page>
  );
}

function toParams(search: Record<string, string | string[] | undefined>): URLSearchParams {
  const entries = Object.entries(search).flatMap(([key, value]) => {
    const first = Array.isArray(value) ? value[0] : value;
    return first === undefined ? [] : [[key, first]];
  });
  return new URLSearchParams(entries);
}

function viewOf(
  extent: { west: number; south: number; east: number; north: number } | null,
  selectedAt: { lat: number; lon: number } | null,
): MapView {
  if (selectedAt) return { ...selectedAt, zoom: 11 };
  return extent ? { bbox: extent } : { lat: 25, lon: 0, zoom: 2 };
}

async function firstPage(ctx: Awaited<ReturnType<typeof pageContext>>, query: string) {
  const page = await listSensorsPage(ctx, listSensorsQuery.parse(Object.fromEntries(new URLSearchParams(query))));
  return { items: page.items.map((item) => listedSensor.parse(item)), nextCursor: page.nextCursor };
}
