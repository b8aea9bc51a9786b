import { StateShape } from "#components/ui/state-shape";
import { STATE_OF_MAP, VEHICLE_WORDS, type StateTally } from "#lib/driving/board/core/fleet-items";
import { VEHICLE_STATES, type VehicleState } from "#lib/driving/board/core/vehicle";
import { formatNumber } from "#lib/format/numbers";

const TEXT: Record<VehicleState, string> = {
  "over-limit": "text-fault",
  coasting: "text-suspect",
  "within-limit": "text-ink-2",
  silent: "text-silent",
};

/** How many vehicles are in which state; shapes as on the map. */
export function FleetLegend({ tally }: { tally: StateTally }) {
  return (
    <ul
      aria-label="Vehicles by state"
      className="float-panel m-0 flex list-none flex-wrap gap-x-4 gap-y-1 px-3 py-2 text-xs font-medium max-md:gap-x-3"
    >
      {VEHICLE_STATES.map((state) => (
        <li key={state} className={`flex items-center gap-1.5 ${TEXT[state]}`}>
          {state === "within-limit" ? <Arrow /> : <StateShape shape={STATE_OF_MAP[state]} />}
          {formatNumber(tally[state])} <span className="max-md:sr-only">{VEHICLE_WORDS[state].toLowerCase()}</span>
        </li>
      ))}
    </ul>
  );
}

function Arrow() {
  return (
    <svg viewBox="-6 -8 12 15" width="11" height="13" className="flex-none text-accent" aria-hidden>
      <path d="M0-7.5 5.6 6 0 3.2-5.6 6Z" fill="currentColor" />
    </svg>
  );
}
