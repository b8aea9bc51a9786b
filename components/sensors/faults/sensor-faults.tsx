import Link from "next/link";
import { StateShape } from "#components/ui/state-shape";
import { Time } from "#components/ui/time";
import { faultSentence, FAULT_WORDS } from "#lib/sensors/faults/core/fault-words";
import type { FaultReviewState, FaultSummary } from "#lib/sensors/faults/schema";

interface SensorFaultsProps {
  faults: readonly FaultSummary[];
  timeZone: string;
  now: string;
}

const REVIEW_WORDS: Record<FaultReviewState, string> = {
  unreviewed: "to review",
  confirmed: "confirmed",
  disputed: "disputed",
  maintenance: "maintenance",
};

/** The heaviest faults of one sensor; each leads to its evidence. */
export function SensorFaults({ faults, timeZone, now }: SensorFaultsProps) {
  return (
    <ul className="divide-y divide-line">
      {faults.map((fault) => {
        const durationS = (Date.parse(fault.endAt) - Date.parse(fault.beginAt)) / 1000;
        return (
          <li key={fault.id} className="flex items-start gap-2 py-2 text-sm">
            <StateShape shape={fault.confidence >= 0.8 ? "fault" : "suspect"} className="mt-1" />
            <div className="min-w-0 flex-1">
              <Link
                href={`/sensors/faults?sensor=${fault.sensorId}&review=${fault.review}`}
                className="link font-medium"
              >
                {FAULT_WORDS[fault.kind]}
              </Link>{" "}
              <span className="text-muted">{REVIEW_WORDS[fault.review]}</span>
              <p className="text-ink-2">{faultSentence({ ...fault, durationS })}</p>
              <p className="text-xs text-muted">
                since <Time at={fault.beginAt} timeZone={timeZone} now={now} />, {Math.round(fault.confidence * 100)} %
                sure
              </p>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
