import { Button } from "#components/ui/button";
import { StateShape } from "#components/ui/state-shape";
import type { FoundSensor } from "#lib/sensors/find/schema";

/** What was found about one sensor, one line per thing that its place on the map depends on. */
export function SensorFindings({ found }: { found: FoundSensor }) {
  return (
    <section aria-labelledby="findings" className="mt-7">
      <h2 id="findings" className="text-lg">
        {headlineOf(found)}
      </h2>
      <ol className="mt-2 divide-y divide-line border-y border-line">
        {found.findings.map(({ check, verdict, title, detail, action }) => (
          <li key={check} className="flex items-start gap-3 py-3">
            <StateShape shape={verdict} className="mt-1" />
            <div className="min-w-0 flex-1">
              <p className="font-medium">
                <span className="sr-only">{verdict}: </span>
                {title}
              </p>
              {detail === "" ? null : <p className="text-sm text-ink-2">{detail}</p>}
              {action ? (
                <Button size="sm" href={action.href} className="mt-2 md:hidden">
                  {action.label}
                </Button>
              ) : null}
            </div>
            {action ? (
              <Button size="sm" href={action.href} className="max-md:hidden">
                {action.label}
              </Button>
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  );
}

function headlineOf({ sensor, isOnMap }: FoundSensor): string {
  if (sensor === null) return "It is not known here";
  return isOnMap ? `${sensor.code} is on the map` : `${sensor.code} is known, but cannot be drawn`;
}
