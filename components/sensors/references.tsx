import Link from "next/link";
import { Quantity } from "#components/ui/quantity";
import { StateShape } from "#components/ui/state-shape";
import { formatNumber } from "#lib/format/numbers";
import type { ReferenceView, SensorDetail } from "#lib/sensors/schema";
import { decimalsOf, distanceText, unitLabel } from "#lib/sensors/pages/words";

interface ReferencesProps {
  sensor: Pick<SensorDetail, "references" | "datastreams" | "latitude" | "isReference">;
  /** The quantity whose latest value stands beside each station; the first of the sensor unless told. */
  property?: string;
}

/** The nearest reference stations with distance, height difference and their latest value of the same quantity. */
export function References({ sensor, property }: ReferencesProps) {
  const shown = property ?? sensor.datastreams[0]?.observedProperty;
  if (sensor.references.length === 0) return <p className="text-sm text-muted">{whyNone(sensor)}</p>;
  return (
    <ul className="text-sm">
      {sensor.references.map((reference) => (
        <li
          key={reference.id}
          className="grid min-h-11 grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 border-b border-line py-1.5 last:border-b-0"
        >
          <div className="min-w-0">
            <Link href={`/sensors/${reference.id}`} className="flex items-center gap-2 hover:underline">
              <StateShape shape="reference" />
              <span className="truncate">{reference.name || reference.code}</span>
            </Link>
            <p className="pl-5 text-xs text-muted">
              {distanceText(reference.distanceM)}
              {reference.elevationDiffM === null ? null : <Height diffM={reference.elevationDiffM} />}
            </p>
          </div>
          <Latest reference={reference} property={shown} />
        </li>
      ))}
    </ul>
  );
}

/** The sensor's height above the station. */
function Height({ diffM }: { diffM: number }) {
  return (
    <span>
      , sensor {formatNumber(Math.abs(diffM), { decimals: 0 })} m {diffM < 0 ? "lower" : "higher"}
    </span>
  );
}

function Latest({ reference, property }: { reference: ReferenceView; property: string | undefined }) {
  const reading = reference.readings.find(({ observedProperty }) => observedProperty === property);
  return (
    <span className="text-right">
      {reading ? (
        <Quantity value={reading.value} unit={unitLabel(reading.unit)} decimals={decimalsOf(reading.unit)} />
      ) : null}
    </span>
  );
}

function whyNone({ latitude, isReference }: ReferencesProps["sensor"]): string {
  if (latitude === null) return "The sensor has no position, so no station is near.";
  return `No ${isReference ? "other " : ""}reference station within 50 km and 300 m of height.`;
}
