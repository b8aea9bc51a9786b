import { StateBadge } from "#components/ui/state-badge";
import { STATE_WORD } from "#lib/maps/state-words";
import type { MapState } from "#lib/maps/spec";

interface SensorStateProps {
  state: MapState;
  /** What the check is called that found the fault. */
  check?: string | null;
  pill?: boolean;
}

/** The state of a sensor as a pill or as shape and word: "Fault: spike". */
export function SensorState({ state, check, pill = false }: SensorStateProps) {
  return (
    <StateBadge state={state} pill={pill}>
      {STATE_WORD[state]}
      {check ? `: ${check}` : ""}
    </StateBadge>
  );
}
