import { classNames } from "#lib/format/class-names";
import { formatNumber } from "#lib/format/numbers";
import type { Traceback } from "#lib/runs/traceback";

interface LastErrorProps {
  traceback: Traceback;
  onShow: (index: number) => void;
  className?: string;
}

/** What a Python program failed of: the error, and the line of its own code it came from. */
export function LastError({ traceback, onShow, className }: LastErrorProps) {
  const { error, frame, frameCount } = traceback;
  const number = frame.index + 1;
  return (
    <figure
      aria-label="Last error"
      className={classNames("m-0 rounded-md border border-line bg-raised px-3 py-2.5 text-sm", className)}
    >
      <p className="font-mono font-bold [overflow-wrap:anywhere] text-fault">{error}</p>
      <p className="mt-1 text-ink-2">
        <code className="font-mono">{frame.path}</code>, line {frame.line}
        {frame.function ? (
          <>
            , in <code className="font-mono">{frame.function}</code>
          </>
        ) : null}
        {frameCount > 1 ? <span className="text-muted">, the last of its own code in {frameCount} calls</span> : null}
        {" · "}
        <a className="link" href={`#L${number}`} onClick={() => onShow(frame.index)}>
          line {formatNumber(number)} of the log
        </a>
      </p>
      {frame.code ? (
        <pre className="mt-1.5 overflow-x-auto border-l-3 border-fault-mark pl-2.5 font-mono text-xs leading-5">
          {frame.code}
        </pre>
      ) : null}
    </figure>
  );
}
