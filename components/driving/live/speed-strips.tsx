import Link from "next/link";
import { StateShape } from "#components/ui/state-shape";
import { STATE_OF_MAP, VEHICLE_WORDS, type JudgedVehicle } from "#lib/driving/board/core/fleet-items";
import { formatAge } from "#lib/format/ages";
import { countOf } from "#lib/format/lists";
import { formatNumber } from "#lib/format/numbers";
import { SpeedStrip } from "./speed-strip.tsx";

const SPAN_MS = 10 * 60_000;
const SHOWN_MAX = 6;
const ROW =
  "grid grid-cols-[190px_minmax(0,1fr)_116px] items-center gap-3.5 px-6 max-[860px]:grid-cols-[112px_minmax(0,1fr)_84px] max-[860px]:gap-2.5 max-[860px]:px-4";

interface SpeedStripsProps {
  judged: readonly JudgedVehicle[];
  nowMs: number;
  gapS: number;
  onSelect: (driver: string) => void;
}

/** The speed of the vehicles that need looking at first, one row each; a row opens the driver's chart. */
export function SpeedStrips({ judged, nowMs, gapS, onSelect }: SpeedStripsProps) {
  return (
    <section aria-label="Speed of each vehicle" className="border-t border-line">
      <div className="flex items-baseline gap-3 px-6 pt-2 pb-1 max-[860px]:flex-wrap max-[860px]:px-4">
        <h2 className="text-sm font-bold">Speed, last 10 min</h2>
        <span className="cap">km/h, by each vehicle’s clock; heavy while over the limit</span>
        <Link href="/driving/drivers" className="ml-auto text-xs">
          All {countOf(judged.length, "driver")}
        </Link>
      </div>
      {judged.slice(0, SHOWN_MAX).map(({ vehicle, state }) => (
        <button
          key={vehicle.driver}
          type="button"
          onClick={() => onSelect(vehicle.driver)}
          className={`${ROW} h-[38px] w-full cursor-pointer border-0 border-b border-line bg-transparent text-left last:border-b-0 hover:bg-hover focus-visible:-outline-offset-2`}
        >
          <span className="flex min-w-0 items-center gap-2">
            <StateShape shape={STATE_OF_MAP[state]} />
            <span className="truncate text-sm font-medium">{vehicle.driver}</span>
            <span className="truncate text-xs text-muted max-[860px]:hidden">{vehicle.plate}</span>
            <span className="sr-only">{VEHICLE_WORDS[state]}. Opens the speed chart.</span>
          </span>
          <SpeedStrip
            label={`Speed of ${vehicle.driver} over 10 minutes`}
            history={vehicle.history}
            endMs={vehicle.atMs}
            spanMs={SPAN_MS}
            gapS={gapS}
          />
          <span className="text-right whitespace-nowrap">
            <b className={state === "over-limit" ? "text-fault" : ""}>
              {formatNumber(vehicle.speedKmh, { decimals: 0 })}
            </b>
            <span className="ml-2 text-xs text-muted">{formatAge(vehicle.receivedAtMs, nowMs)} ago</span>
          </span>
        </button>
      ))}
    </section>
  );
}
