import { classNames } from "#lib/format/class-names";
import { formatPercent } from "#lib/format/numbers";

interface BarProps {
  /** What the bar is about, for screen readers. */
  name: string;
  fraction: number;
  isPaused: boolean;
}

/** More blocks than this blur into each other. */
const BLOCKS_MAX = 40;

function wiring({ name, fraction }: BarProps) {
  return {
    role: "progressbar",
    "aria-label": name,
    "aria-valuemin": 0,
    "aria-valuemax": 100,
    "aria-valuenow": Math.floor(fraction * 100),
    "aria-valuetext": formatPercent(fraction),
  };
}

export function Bar(props: BarProps) {
  return (
    <span {...wiring(props)} className="block h-1 overflow-hidden rounded-[2px] bg-line">
      <span
        className={classNames("block h-full rounded-[2px]", props.isPaused ? "bg-silent-mark" : "bg-accent")}
        style={{ width: `${props.fraction * 100}%` }}
      />
    </span>
  );
}

/** One block per part; several parts share a block in large files. */
export function PartBar({ partCount, ...props }: BarProps & { partCount: number }) {
  const blockCount = Math.min(partCount, BLOCKS_MAX);
  const reach = props.fraction * blockCount;
  return (
    <span {...wiring(props)} className="flex h-1.5 gap-px">
      {Array.from({ length: blockCount }, (_, block) => {
        const filled = Math.max(0, Math.min(1, reach - block));
        return (
          <span key={block} className="flex-1 overflow-hidden rounded-[1px] bg-line">
            {filled > 0 ? (
              <span
                className={classNames("block h-full", props.isPaused ? "bg-silent-mark" : "bg-accent")}
                style={{ width: `${filled * 100}%` }}
              />
            ) : null}
          </span>
        );
      })}
    </span>
  );
}
