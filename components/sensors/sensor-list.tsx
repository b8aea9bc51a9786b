"use client";

import useSWRInfinite from "swr/infinite";
import { Button } from "#components/ui/button";
import { ErrorState } from "#components/ui/error-state";
import { Quantity } from "#components/ui/quantity";
import { RowLink, Table, Tbody, Td, Th, Thead, Tr } from "#components/ui/table";
import { Age } from "#components/ui/age";
import { countOf } from "#lib/format/lists";
import { formatNumber } from "#lib/format/numbers";
import { pageOf } from "#lib/http/pagination";
import { type ListedSensor, listedSensor, type SensorFilter } from "#lib/sensors/schema";
import type { SensorCounts } from "#lib/sensors/map-store";
import { requestJson } from "./api.ts";
import { EmptySensors } from "./empty-map.tsx";
import { type PropertyOption, SensorFilters } from "./sensor-filters.tsx";
import { SensorState } from "./sensor-state.tsx";
import { decimalsOf, readingText, unitLabel } from "#lib/sensors/pages/words";

interface ListPage {
  items: ListedSensor[];
  nextCursor: string | null;
}

interface SensorListProps {
  first: ListPage;
  /** The filter as the API takes it. */
  query: string;
  filter: SensorFilter;
  properties: readonly PropertyOption[];
  counts: SensorCounts;
  total: number;
  timeZone: string;
  now: string;
  mayUpload: boolean;
}

const answer = pageOf(listedSensor);
/** More columns than this would not fit; the others stand on the sensor's page and in the export. */
const VALUE_COLUMNS = 4;

/** The sensors as a table, with the same filter as the map. */
export function SensorList(props: SensorListProps) {
  const { first, query, counts, properties, total, timeZone, now } = props;
  const keyOf = (index: number, before: ListPage | null) => {
    if (index > 0 && before?.nextCursor == null) return null;
    const cursor = index > 0 && before?.nextCursor ? `cursor=${encodeURIComponent(before.nextCursor)}` : "";
    return `/api/v1/sensors?${[query, cursor].filter(Boolean).join("&")}`;
  };
  const pages = useSWRInfinite<ListPage, Error>(keyOf, (url: string) => requestJson(url, answer), {
    fallbackData: [first],
    revalidateFirstPage: false,
    revalidateOnMount: false,
  });
  const shown = pages.data?.flatMap((page) => page.items) ?? [];
  const last = pages.data?.at(-1);
  const isLoadingMore = pages.size > (pages.data?.length ?? 0) && !pages.error;
  const columns = properties.slice(0, VALUE_COLUMNS);
  return (
    <>
      <SensorFilters
        properties={properties}
        summary={<span role="status">{`${formatNumber(counts.matching)} of ${countOf(total, "sensor")} match`}</span>}
      />
      {shown.length === 0 ? (
        <EmptySensors filter={props.filter} total={total} unplaced={0} mayUpload={props.mayUpload} />
      ) : (
        <div className="gutter-x pt-1 pb-10">
          <h1 className="sr-only">Sensors</h1>
          <Table label={`Sensors, ${formatNumber(counts.matching)} match`}>
            <Thead>
              <Th>Sensor</Th>
              <Th>Name</Th>
              <Th>Owner</Th>
              <Th>State</Th>
              <Th num>Since</Th>
              <Th num>Last reading</Th>
              {columns.map(({ id, label }) => (
                <Th key={id} num>
                  {label}
                </Th>
              ))}
            </Thead>
            <Tbody>
              {shown.map((sensor) => (
                <SensorRow key={sensor.id} {...{ sensor, columns, timeZone, now }} />
              ))}
            </Tbody>
          </Table>
          {pages.error ? (
            <ErrorState
              title="The next sensors could not be read"
              actions={
                <Button size="sm" onClick={() => void pages.mutate()}>
                  Try again
                </Button>
              }
              className="mt-3"
            >
              {pages.error.message}
            </ErrorState>
          ) : null}
          <div className="flex items-center gap-3 pt-4 text-xs text-muted">
            {last?.nextCursor ? (
              <Button pending={isLoadingMore} onClick={() => void pages.setSize(pages.size + 1)}>
                Load more
              </Button>
            ) : null}
            <span role="status">
              {formatNumber(shown.length)} of {formatNumber(counts.matching)} shown
            </span>
          </div>
        </div>
      )}
    </>
  );
}

interface SensorRowProps {
  sensor: ListedSensor;
  columns: readonly PropertyOption[];
  timeZone: string;
  now: string;
}

function SensorRow({ sensor, columns, timeZone, now }: SensorRowProps) {
  const { id, code, name, owner, state, since, lastObservedAt, readings } = sensor;
  return (
    <Tr>
      <Td phone="main">
        <RowLink href={`/sensors/${id}`}>{code}</RowLink>
      </Td>
      <Td phone="hide" className="max-w-52 truncate">
        {name === code ? "" : name}
      </Td>
      <Td phone="hide" muted className="max-w-44 truncate">
        {owner}
      </Td>
      <Td phone="end">
        <SensorState state={state} />
      </Td>
      <Td num muted phone="hide" nowrap>
        {state === "good" || state === "reference" ? "" : <Age at={since} timeZone={timeZone} now={now} />}
      </Td>
      <Td phone="line" muted className="text-xs md:hidden">
        {phoneWords(sensor)}{" "}
        {lastObservedAt ? <Age at={lastObservedAt} timeZone={timeZone} now={now} ago /> : "no reading yet"}
      </Td>
      <Td num muted phone="hide" nowrap>
        <Age at={lastObservedAt} timeZone={timeZone} now={now} ago />
      </Td>
      {columns.map((column) => {
        const reading = readings.find(({ observedProperty }) => observedProperty === column.id);
        return (
          <Td key={column.id} num phone="hide">
            <Quantity
              value={reading?.value}
              unit={reading ? unitLabel(reading.unit) : ""}
              decimals={reading ? decimalsOf(reading.unit) : 0}
            />
          </Td>
        );
      })}
    </Tr>
  );
}

/** The second line of a row on phones: owner and the first two values. */
function phoneWords({ owner, readings }: ListedSensor): string {
  const values = readings.slice(0, 2).map(({ value, unit }) => readingText(value, unit));
  return [owner, ...values]
    .filter(Boolean)
    .map((part) => `${part} · `)
    .join("");
}
