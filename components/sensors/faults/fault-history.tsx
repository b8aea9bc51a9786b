import { Time } from "#components/ui/time";
import type { FaultDetail } from "#lib/sensors/faults/schema";

interface FaultHistoryProps {
  reviews: FaultDetail["reviews"];
  timeZone: string;
  now: string;
}

const WORDS: Record<string, string> = {
  confirmed: "confirmed it",
  disputed: "disputed it",
  maintenance: "noted maintenance",
  unreviewed: "took the decision back",
};

/** What people said of a fault, the newest first. */
export function FaultHistory({ reviews, timeZone, now }: FaultHistoryProps) {
  if (reviews.length === 0) return null;
  return (
    <section aria-label="History" className="mt-6 max-w-[640px]">
      <h3 className="text-base">History</h3>
      <ol className="mt-1 divide-y divide-line">
        {reviews.map(({ verdict, comment, byLabel, at }) => (
          <li key={`${at} ${verdict}`} className="py-2 text-sm">
            <span className="font-medium">{byLabel}</span> {WORDS[verdict] ?? verdict}{" "}
            <span className="text-xs text-muted">
              <Time at={at} timeZone={timeZone} now={now} />
            </span>
            {comment === "" ? null : <p className="text-ink-2">{comment}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}
