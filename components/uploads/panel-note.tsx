import type { ReactNode } from "react";
import { StateShape, type State } from "#components/ui/state-shape";
import { classNames } from "#lib/format/class-names";

const WASH = { suspect: "bg-suspect-wash", fault: "bg-fault-wash", info: "bg-info-wash" } as const;

export function PanelNote({ state, children }: { state: State & keyof typeof WASH; children: ReactNode }) {
  return (
    <div className={classNames("mt-2.5 flex gap-2.5 rounded-md px-3 py-2.5 text-sm", WASH[state])}>
      <StateShape shape={state} sizePx={14} className="mt-[3px]" />
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}
