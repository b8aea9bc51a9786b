import { TrackMap } from "#components/driving/track-map";
import { Age } from "#components/ui/age";
import { KeyValues } from "#components/ui/key-values";
import { Section } from "#components/ui/section";
import { STATE_OF_MAP, VEHICLE_WORDS } from "#lib/driving/board/core/fleet-items";
import type { ListedDriver } from "#lib/driving/drivers/schema";
import { formatNumber } from "#lib/format/numbers";

interface DriverFactsProps {
  driver: ListedDriver;
  timeZone: string;
  now: Date;
}

/** Where a driver was last, and how old that is. */
export function DriverFacts({ driver, timeZone, now }: DriverFactsProps) {
  const { latitude: lat, longitude: lon, directionDeg, state, speedKmh } = driver;
  const speed = `${formatNumber(speedKmh, { decimals: 0 })} km/h`;
  return (
    <>
      <Section flush label="Last position">
        <div className="relative h-[240px]">
          <TrackMap
            label={`Last position of ${driver.driver}: ${formatNumber(lat, { decimals: 4 })}, ${formatNumber(lon, { decimals: 4 })}`}
            items={[
              {
                ...{ kind: "point", id: driver.driver, lat, lon, state: STATE_OF_MAP[state], label: driver.driver },
                ...{ stateWord: VEHICLE_WORDS[state], detail: speed },
                ...(directionDeg === null || state === "silent" ? {} : { headingDeg: directionDeg }),
              },
            ]}
            tracks={[]}
            initialView={{ lat, lon, zoom: 9 }}
          />
        </div>
      </Section>
      <Section title="Last record">
        <KeyValues
          items={[
            {
              key: "Received",
              value: <Age at={driver.receivedAt.getTime()} now={now.getTime()} timeZone={timeZone} ago />,
            },
            { key: "Vehicle’s clock", value: driver.at },
            { key: "Speed", value: speed },
            {
              key: "Heading",
              value: directionDeg === null ? "–" : `${formatNumber(directionDeg, { decimals: 0 })}°`,
            },
            { key: "Site", value: driver.siteName ?? "–" },
            { key: "Records", value: formatNumber(driver.recordCount) },
            { key: "Of them late", value: formatNumber(driver.lateCount) },
          ]}
        />
      </Section>
    </>
  );
}
