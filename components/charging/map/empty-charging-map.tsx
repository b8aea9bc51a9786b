import { Button } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import type { ChargingMapPage } from "#lib/charging/statistics/service/read-map-page";
import { countOf } from "#lib/format/lists";
import { isLive } from "#lib/runs/schema";
import { RefreshWhileRunning } from "#components/ui/refresh-while-running";
import { StartStatistics } from "./start-statistics.tsx";

interface EmptyChargingMapProps {
  page: Exclude<ChargingMapPage, { state: "ready" }>;
  mayUpload: boolean;
  mayRun: boolean;
}

/** What is missing for a map, and the step that leads to one. */
export function EmptyChargingMap({ page, mayUpload, mayRun }: EmptyChargingMapProps) {
  if (page.state === "outdated") {
    const again = `/runs/new/charging-statistics?from=${page.run.id}`;
    return (
      <EmptyState
        title={`This run is of version ${page.run.version}, which knew no codes of counties`}
        actions={mayRun ? <Button href={again}>Run it again</Button> : undefined}
      >
        Its tables are <a href={`/runs/${page.run.id}`}>on its page</a>.
      </EmptyState>
    );
  }
  const { newest, datasetIds } = page;
  if (newest && isLive(newest.state)) {
    return (
      <EmptyState
        title="The statistics are being computed"
        actions={<Button href={`/runs/${newest.id}`}>Follow the run</Button>}
      >
        The map opens by itself when they are there.
        <RefreshWhileRunning />
      </EmptyState>
    );
  }
  if (datasetIds.length === 0) {
    return (
      <EmptyState
        title="No charging sessions yet"
        actions={
          mayUpload ? (
            <Button variant="primary" size="sm" href="/uploads">
              Upload sessions
            </Button>
          ) : undefined
        }
      >
        Upload a file of sessions: ChargePoint’s export, OCPI charge detail records, or any table with start, end and
        energy. With a county (and state) per session they stand on a map; with latitude and longitude, their stations
        too.
      </EmptyState>
    );
  }
  const failure = newest ? ` The last run did not succeed: ${newest.errorDetail ?? newest.state}` : "";
  return (
    <EmptyState title="The map needs a run" actions={mayRun ? <StartStatistics datasetIds={datasetIds} /> : undefined}>
      {countOf(datasetIds.length, "dataset")} with sessions {datasetIds.length === 1 ? "is" : "are"} here. “Charging by
      county and ZIP” adds them up.{failure}
    </EmptyState>
  );
}
