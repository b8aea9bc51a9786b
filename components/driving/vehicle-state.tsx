import { StateBadge } from "#components/ui/state-badge";
import { STATE_OF_MAP, VEHICLE_WORDS } from "#lib/driving/board/core/fleet-items";
import type { VehicleState as State } from "#lib/driving/board/core/vehicle";

export function VehicleState({ state, pill = false }: { state: State; pill?: boolean }) {
  const map = STATE_OF_MAP[state];
  return (
    <StateBadge state={map === "recovered" || map === "reference" ? "good" : map} pill={pill}>
      {VEHICLE_WORDS[state]}
    </StateBadge>
  );
}
