import { Age } from "#components/ui/age";
import { Button } from "#components/ui/button";
import { StateShape } from "#components/ui/state-shape";
import type { Decision } from "#lib/overview/decision";

interface DecisionListProps {
  decisions: readonly Decision[];
  timeZone: string;
  now: string;
}

/** What needs a person, one line each with its one action. */
export function DecisionList({ decisions, timeZone, now }: DecisionListProps) {
  return (
    <ul>
      {decisions.map((decision) => (
        <li
          key={decision.key}
          className="grid grid-cols-[22px_minmax(0,1fr)_auto_auto] items-center gap-x-3 gap-y-1 border-b border-line py-[13px] last:border-b-0 max-sm:grid-cols-[20px_minmax(0,1fr)_auto]"
        >
          <span className="max-sm:self-start max-sm:pt-1">
            <StateShape shape={decision.state} sizePx={14} />
            <span className="sr-only">{decision.state}</span>
          </span>
          <div className="max-sm:col-start-2">
            <p className="text-[15px] leading-[21px] [overflow-wrap:anywhere]">
              <b>{decision.subject}</b> {decision.words}
            </p>
            <p className="text-sm leading-[19px] text-muted [overflow-wrap:anywhere]">{decision.detail}</p>
          </div>
          <span className="w-[52px] text-right text-xs text-muted max-sm:col-start-3 max-sm:row-start-1 max-sm:w-auto max-sm:self-start max-sm:leading-[21px]">
            {decision.at === null ? null : <Age at={decision.at} now={now} timeZone={timeZone} />}
          </span>
          <span className="max-sm:col-start-2">
            <Button href={decision.href} aria-label={`${decision.action}: ${decision.subject}`}>
              {decision.action}
            </Button>
          </span>
        </li>
      ))}
    </ul>
  );
}
