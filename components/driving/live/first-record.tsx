import { CopyButton } from "#components/ui/copy-button";
import { EmptyState } from "#components/ui/empty-state";
import { Button } from "#components/ui/button";

/** Nothing has come yet: how the first record is sent, ready to be copied. */
export function FirstRecord({ baseUrl, mayMakeKeys }: { baseUrl: string; mayMakeKeys: boolean }) {
  const command = firstRecordCommand(baseUrl);
  return (
    <div className="absolute inset-0 z-10 grid grid-cols-[minmax(0,1fr)] place-items-center overflow-auto p-4 max-[860px]:static">
      <div className="float-panel w-full max-w-[600px] min-w-0">
        <EmptyState
          title="No vehicle has sent a record yet"
          actions={
            <>
              {mayMakeKeys ? (
                <Button variant="primary" href="/settings/api-keys">
                  Create an API key
                </Button>
              ) : null}
              <CopyButton text={command} what="command" variant="secondary" size="md">
                Copy command
              </CopyButton>
            </>
          }
        >
          The board fills as records come. Send the first one with an API key that may post records:
        </EmptyState>
        <pre
          tabIndex={0}
          aria-label="Command that sends the first record"
          className="m-0 overflow-x-auto border-t border-line px-4 py-3 font-mono text-xs leading-[18px]"
        >
          {command}
        </pre>
      </div>
    </div>
  );
}

function firstRecordCommand(baseUrl: string): string {
  const record = {
    ...{
      driverID: "driver-1",
      carPlateNumber: "AB-123",
      Latitude: 32.056,
      Longitude: 118.777,
      Speed: 72,
      Direction: 211,
    },
    Time: "2026-01-01 08:00:05",
  };
  return [
    `curl -X POST '${baseUrl}/api/v1/driving/records' \\`,
    `  -H 'authorization: Bearer YOUR_API_KEY' \\`,
    `  -H 'content-type: application/json' \\`,
    `  -d '${JSON.stringify(record)}'`,
  ].join("\n");
}
