"use client";

import { Pause, Play } from "lucide-react";
import { Button } from "#components/ui/button";
import { SegmentedControl } from "#components/ui/segmented";
import { wallText } from "#lib/driving/core/frames";
import type { ReplaySpan, ReplayState, ReplayStore } from "./replay-store.ts";

const SPEEDS = ["1", "10", "60", "300", "600"].map((value) => ({ value, label: `${value}×` }));
const DATE =
  "h-(--control-sm) rounded-md border border-control bg-raised px-2 text-xs focus-visible:outline-2 focus-visible:outline-offset-1 focus-visible:outline-focus max-sm:h-9";

interface ReplayControlsProps {
  state: ReplayState;
  store: ReplayStore;
  span: ReplaySpan;
}

/** Play, pause, seek, speed and loop, and the stretch that is played. */
export function ReplayControls({ state, store, span }: ReplayControlsProps) {
  const { isPlaying, positionMs, speed, isLooping, error } = state;
  const clock = wallText(Math.floor(positionMs / 1000) * 1000);
  return (
    <div role="group" aria-label="Replay" className="flex-none border-b border-line px-6 py-2 max-[860px]:px-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 text-sm">
        <Button
          variant="primary"
          size="sm"
          icon={isPlaying ? Pause : Play}
          onClick={() => (isPlaying ? store.pause() : store.play())}
        >
          {isPlaying ? "Pause" : "Play"}
        </Button>
        <b className="min-w-[150px]">{clock}</b>
        <input
          type="range"
          aria-label="Position"
          aria-valuetext={clock}
          className="h-6 min-w-[160px] flex-1 accent-(--color-accent)"
          min={span.fromMs}
          max={span.toMs}
          step={1000}
          value={positionMs}
          onChange={(event) => store.seek(Number(event.target.value))}
        />
        <SegmentedControl
          label="Speed"
          segments={SPEEDS}
          value={String(speed)}
          onChange={(value) => store.setSpeed(Number(value))}
        />
        <label className="flex items-center gap-1.5 text-xs">
          <input type="checkbox" checked={isLooping} onChange={(event) => store.setLooping(event.target.checked)} />
          Loop
        </label>
      </div>
      <form action="/driving/replay" className="mt-2 flex flex-wrap items-center gap-2 text-xs text-muted">
        <label className="flex items-center gap-1.5">
          from{" "}
          <input type="datetime-local" step={1} name="from" defaultValue={inputText(span.fromMs)} className={DATE} />
        </label>
        <label className="flex items-center gap-1.5">
          to <input type="datetime-local" step={1} name="to" defaultValue={inputText(span.toMs)} className={DATE} />
        </label>
        <Button size="sm" type="submit">
          Show this time
        </Button>
        <span>by the vehicles’ clocks</span>
        {error === null ? null : (
          <span role="alert" className="text-fault">
            The replay stopped: {error}
          </span>
        )}
      </form>
    </div>
  );
}

const inputText = (ms: number) => wallText(ms).slice(0, 19).replace(" ", "T");
