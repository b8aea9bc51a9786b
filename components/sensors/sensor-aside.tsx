import Link from "next/link";
import { MiniMap } from "#components/maps/mini-map";
import { Button } from "#components/ui/button";
import { KeyValues } from "#components/ui/key-values";
import { Note } from "#components/ui/note";
import { Section } from "#components/ui/section";
import { SourceLine, SourceLink } from "#components/ui/source-line";
import { Age } from "#components/ui/age";
import { Time } from "#components/ui/time";
import { formatDuration } from "#lib/format/durations";
import { shortHash } from "#lib/format/lists";
import { formatNumber } from "#lib/format/numbers";
import type { MapItem, MapView } from "#lib/maps/spec";
import type { FaultSummary } from "#lib/sensors/faults/schema";
import type { MaintenanceWindow } from "#lib/sensors/maintenance/schema";
import type { SensorDetail } from "#lib/sensors/schema";
import { CheckButton } from "./check-button.tsx";
import { SensorFaults } from "./faults/sensor-faults.tsx";
import { Maintenance } from "./maintenance.tsx";
import { Evidence } from "./evidence.tsx";
import { References } from "./references.tsx";
import { positionText, unitLabel, whyTitle } from "#lib/sensors/pages/words";

interface SensorAsideProps {
  sensor: SensorDetail;
  faults: readonly FaultSummary[];
  property: string | undefined;
  timeZone: string;
  now: string;
  mayRun: boolean;
  /** Maintenance that lasts or lies ahead. */
  windows: readonly MaintenanceWindow[];
  mayPlan: boolean;
}

/** The right column of a sensor's page: why its state is what it is, where it stands, where it came from. */
export function SensorAside(props: SensorAsideProps) {
  const { sensor, property, timeZone, now } = props;
  return (
    <>
      <Why {...props} />
      {props.faults.length > 0 ? (
        <Section title="Faults" caption="those that weigh most">
          <SensorFaults faults={props.faults} timeZone={timeZone} now={now} />
        </Section>
      ) : null}
      {sensor.isReference && props.windows.length === 0 ? null : (
        <Section title="Maintenance">
          <Maintenance sensorId={sensor.id} code={sensor.code} {...props} />
        </Section>
      )}
      {sensor.evidence.length > 0 ? (
        <Section title="Flags" caption="over everything stored">
          <Evidence rows={sensor.evidence} timeZone={timeZone} now={now} />
        </Section>
      ) : null}
      <Section title={sensor.isReference ? "Other reference stations near" : "Reference stations near"}>
        <References sensor={sensor} {...(property === undefined ? {} : { property })} />
      </Section>
      <Place sensor={sensor} />
      <Streams {...props} />
      <Registry sensor={sensor} />
    </>
  );
}

function Why({ sensor, timeZone, now, mayRun }: SensorAsideProps) {
  const { state, reason, since, verdictRun, code } = sensor;
  return (
    <Section title={whyTitle(state)}>
      <p className="text-sm text-ink-2">{reason || defaultReason(sensor)}</p>
      {since || verdictRun ? (
        <div className="my-3">
          <KeyValues
            items={[
              ...(since ? [{ key: "Since", value: <Time at={since} timeZone={timeZone} now={now} /> }] : []),
              ...(verdictRun
                ? [
                    {
                      key: "Checked",
                      value: <Time at={verdictRun.finishedAt} timeZone={timeZone} now={now} />,
                    },
                  ]
                : []),
            ]}
          />
        </div>
      ) : null}
      <CheckButton code={code} mayRun={mayRun} />
      {verdictRun ? (
        <SourceLine>
          <span>
            {verdictRun.algorithm} v{verdictRun.version}
          </span>
          <SourceLink href={`/runs/${verdictRun.id}`} mono>
            run {shortHash(verdictRun.id)}
          </SourceLink>
          <Age at={verdictRun.finishedAt} timeZone={timeZone} now={now} ago />
        </SourceLine>
      ) : null}
    </Section>
  );
}

function defaultReason({ state, verdictRun }: SensorDetail): string {
  if (state === "reference") return "Other sensors are compared with this station.";
  return verdictRun ? "No check found anything in the day before its newest reading." : "Nothing has been checked yet.";
}

function Place({ sensor }: { sensor: SensorDetail }) {
  const { id, code, latitude, longitude, elevationM, exposure, address, state, references } = sensor;
  if (latitude === null || longitude === null) {
    return (
      <Section title="Why it is not on the map">
        <Note state="silent">
          No file has given this sensor a valid position: it was never in a station list, or stands there as 0, 0 or
          outside the Earth’s coordinates.
        </Note>
        <div className="mt-3">
          <Button href="/uploads">Upload a station list</Button>
        </div>
      </Section>
    );
  }
  const self: MapItem = { kind: "point", id, lat: latitude, lon: longitude, state, label: code };
  const near = references.flatMap((reference): MapItem[] =>
    reference.latitude === null || reference.longitude === null
      ? []
      : [
          {
            kind: "point",
            id: reference.id,
            lat: reference.latitude,
            lon: reference.longitude,
            state: "reference",
            label: reference.code,
          },
        ],
  );
  return (
    <Section
      title="Position"
      more={
        <Link href={`/sensors?sensor=${id}`} className="link-bare">
          Show on map
        </Link>
      }
    >
      <div className="relative mb-3 h-44 overflow-hidden rounded-md border border-line">
        <MiniMap
          label={`Map of ${code} and the reference stations near it`}
          items={[...near, self]}
          view={viewAround([...near, self], self)}
        />
      </div>
      <KeyValues
        items={[
          { key: "Position", value: positionText(latitude, longitude) },
          {
            key: "Elevation",
            value: elevationM === null ? "unknown" : `${formatNumber(elevationM, { decimals: 0 })} m`,
          },
          ...(address === "" ? [] : [{ key: "Address", value: address }]),
          ...(exposure === "" ? [] : [{ key: "Exposure", value: exposure }]),
        ]}
      />
    </Section>
  );
}

/** The sensor in the middle, the stations inside; alone, its surroundings of some kilometres. */
function viewAround(items: readonly MapItem[], { lat, lon }: { lat: number; lon: number }): MapView {
  const reach = (key: "lat" | "lon", centre: number) =>
    Math.max(0.02, ...items.map((item) => Math.abs(item[key] - centre)));
  const height = reach("lat", lat);
  const width = reach("lon", lon);
  const bound = (value: number, limit: number) => Math.max(-limit, Math.min(limit, value));
  return {
    bbox: {
      west: bound(lon - width, 180),
      east: bound(lon + width, 180),
      south: bound(lat - height, 85),
      north: bound(lat + height, 85),
    },
  };
}

function Streams({ sensor, property, timeZone, now }: SensorAsideProps) {
  const stream = sensor.datastreams.find(({ observedProperty }) => observedProperty === property);
  if (!stream) return null;
  return (
    <Section title="Datastream" caption={stream.label}>
      <KeyValues
        items={[
          { key: "Observations", value: formatNumber(stream.observationCount) },
          { key: "Unit", value: unitLabel(stream.unit) || "none" },
          { key: "Usual step", value: stream.stepS === null ? "unknown" : formatDuration(stream.stepS) },
          { key: "First", value: <Time at={stream.firstObservedAt} timeZone={timeZone} now={now} /> },
          { key: "Last", value: <Time at={stream.lastObservedAt} timeZone={timeZone} now={now} /> },
        ]}
      />
    </Section>
  );
}

function Registry({ sensor: { registrySource } }: { sensor: SensorDetail }) {
  if (!registrySource) {
    return (
      <Section title="Registered by">
        <p className="text-sm text-muted">No station list names this sensor; it came with its readings.</p>
      </Section>
    );
  }
  const { datasetId, datasetName, uploadId, fileName, runId } = registrySource;
  return (
    <Section title="Registered by">
      <p className="text-sm">
        <Link href={`/datasets/${datasetId}`} className="link">
          {datasetName}
        </Link>
      </p>
      <SourceLine>
        {uploadId && fileName ? <SourceLink href={`/uploads?upload=${uploadId}`}>file {fileName}</SourceLink> : null}
        <SourceLink href={`/runs/${runId}`} mono>
          run {shortHash(runId)}
        </SourceLink>
      </SourceLine>
    </Section>
  );
}
