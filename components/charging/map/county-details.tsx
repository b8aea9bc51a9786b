"use client";

import { X } from "lucide-react";
import { Bars } from "#components/charts/bars";
import { IconButton } from "#components/ui/icon-button";
import { KeyValues } from "#components/ui/key-values";
import { formatNumber } from "#lib/format/numbers";
import type { Region, RegionMetric, RegionsSpec } from "#lib/maps/regions/spec";
import type { RunPlaces } from "./use-run-places.ts";

interface CountyDetailsProps {
  spec: RegionsSpec;
  region: Region;
  metric: RegionMetric;
  period: number;
  /** Place in the order of the metric, 1 = largest; 0 without a value. */
  rank: number;
  ranked: number;
  /** null while they are being read. */
  places: RunPlaces | null;
  onClose: () => void;
}

const ZIPS_SHOWN = 5;

/** All that is known of one county: every metric of the month, the months, and its largest ZIPs. */
export function CountyDetails(props: CountyDetailsProps) {
  const { spec, region, metric, period, rank, ranked, places, onClose } = props;
  const day = dayOf(props);
  return (
    <section aria-label={`${region.name} county`} className="border-b border-line px-5 py-4 max-md:px-4">
      <div className="flex items-start justify-between gap-3">
        <div>
          <h2 className="text-base leading-5">{region.name}</h2>
          <p className="cap">
            {region.state}, FIPS {region.id}, {spec.periods[period]?.label.toLowerCase()}
          </p>
        </div>
        <IconButton label="Close" icon={X} size="sm" onClick={onClose} />
      </div>
      <div className="mt-2.5">
        <KeyValues
          ruled
          items={spec.metrics.map(({ key, label, unit, decimals }) => ({
            key: label,
            changed: key === metric.key,
            value: (
              <>
                {formatNumber(region.values[key]?.[period], { decimals })}
                <span className="ml-[.22em] text-[.86em] font-normal text-muted">{unit}</span>
                {key === metric.key && rank > 0 ? (
                  <span className="block text-2xs font-normal text-muted">
                    {rank} of {ranked}
                  </span>
                ) : null}
                {key === "day" && day !== "" ? (
                  <span className="block text-2xs font-normal text-muted">on {day}</span>
                ) : null}
              </>
            ),
          }))}
        />
      </div>
      <MonthBars {...{ spec, region, metric, period }} />
      <Zips fips={region.id} places={places} />
    </section>
  );
}

/** Date of the largest day, once the run's places are there. */
function dayOf({ spec, region, period, places }: CountyDetailsProps): string {
  const key = spec.periods[period]?.key;
  const ofCounty = places?.counties.find(({ fips }) => fips === region.id)?.dayOfMax;
  const ofMonth = places?.months.find(
    ({ fips, year, month }) => fips === region.id && `${year}-${String(month).padStart(2, "0")}` === key,
  )?.dayOfMax;
  return (period === 0 ? ofCounty : ofMonth) ?? "";
}

function MonthBars({
  spec,
  region,
  metric,
  period,
}: Pick<CountyDetailsProps, "spec" | "region" | "metric" | "period">) {
  // The first period is the sum of the others, which stand newest first.
  const bars = spec.periods
    .map(({ label }, i) => ({ label, value: region.values[metric.key]?.[i] ?? null }))
    .slice(1)
    .reverse();
  if (bars.length < 2) return null;
  const name = `${metric.label} of ${region.name} by month: ${bars.map(({ label, value }) => `${label} ${formatNumber(value, { decimals: metric.decimals })}`).join(", ")}`;
  return (
    <div className="mt-3">
      <p className="cap mb-1">
        {metric.label} by month, {metric.unit}
      </p>
      <Bars name={name} bars={bars} heightPx={84} {...(period > 0 && { highlight: bars.length - period })} />
    </div>
  );
}

function Zips({ fips, places }: { fips: string; places: RunPlaces | null }) {
  const zips = places?.zips.filter((zip) => zip.fips === fips) ?? [];
  if (zips.length === 0) return null;
  return (
    <div className="mt-3">
      <p className="cap mb-1">
        {zips.length > ZIPS_SHOWN ? `${ZIPS_SHOWN} of ${zips.length} ZIPs, all months` : "ZIPs, all months"}
      </p>
      <KeyValues
        ruled
        items={zips.slice(0, ZIPS_SHOWN).map(({ place, sessions, energyKwh }) => ({
          key: place,
          value: `${formatNumber(energyKwh, { decimals: 0 })} kWh in ${formatNumber(sessions)} sessions`,
        }))}
      />
    </div>
  );
}
