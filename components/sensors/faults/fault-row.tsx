import { Age } from "#components/ui/age";
import { StateShape } from "#components/ui/state-shape";
import { classNames } from "#lib/format/class-names";
import { formatDuration } from "#lib/format/durations";
import type { FaultSummary } from "#lib/sensors/faults/schema";
import { FAULT_WORDS } from "#lib/sensors/faults/core/fault-words";
import { findObservedProperty } from "#lib/units/observed-properties";

interface FaultRowProps {
  fault: FaultSummary;
  timeZone: string;
  now: string;
  isChosen: boolean;
  onChoose: () => void;
}

/** One line of the queue: sensor and cause, how long, how sure. */
export function FaultRow({ fault, timeZone, now, isChosen, onChoose }: FaultRowProps) {
  const { id, sensorCode, kind, observedProperty, beginAt, endAt, isOpen, confidence } = fault;
  const durationS = (Date.parse(endAt) - Date.parse(beginAt)) / 1000;
  return (
    <li id={`fault-${id}`}>
      <button
        type="button"
        onClick={onChoose}
        aria-current={isChosen || undefined}
        className={classNames(
          "flex w-full items-start gap-2.5 px-4 py-2.5 text-left focus-visible:-outline-offset-2",
          isChosen ? "bg-accent-wash" : "hover:bg-hover",
        )}
      >
        <StateShape shape={confidence >= 0.8 ? "fault" : "suspect"} className="mt-1" />
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline gap-2 text-sm">
            <span className="font-medium">{sensorCode}</span>
            <span className="truncate text-ink-2">{FAULT_WORDS[kind]}</span>
            <span className="ml-auto flex-none text-xs text-muted">{Math.round(confidence * 100)} % sure</span>
          </span>
          <span className="mt-0.5 flex gap-2 text-xs text-muted">
            <span className="truncate">{findObservedProperty(observedProperty)?.label ?? observedProperty}</span>
            <span className="ml-auto flex-none">
              {isOpen ? "lasts " : "lasted "}
              {durationS > 0 ? formatDuration(durationS) : "a moment"}
              {isOpen ? null : (
                <>
                  , ended <Age at={endAt} timeZone={timeZone} now={now} ago />
                </>
              )}
            </span>
          </span>
        </span>
      </button>
    </li>
  );
}
