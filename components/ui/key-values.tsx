import type { ReactNode } from "react";
import { classNames } from "#lib/format/class-names";

interface KeyValuesProps {
  items: readonly { key: string; value: ReactNode; /** Differs from the default. */ changed?: boolean }[];
  /** Hairlines between the pairs and values at the right, for parameters. */
  ruled?: boolean;
}

export function KeyValues({ items, ruled = false }: KeyValuesProps) {
  if (ruled) {
    return (
      <dl className="text-sm leading-[18px]">
        {items.map((item) => (
          <div key={item.key} className="flex justify-between gap-4 border-b border-line py-1.5 last:border-b-0">
            <dt className={item.changed ? "font-medium" : "text-muted"}>{item.key}</dt>
            <dd className={classNames("min-w-0 text-right [overflow-wrap:anywhere]", item.changed && "font-bold")}>
              {item.value}
            </dd>
          </div>
        ))}
      </dl>
    );
  }
  return (
    <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-sm leading-[18px]">
      {items.map((item) => (
        <div key={item.key} className="contents">
          <dt className="text-muted">{item.key}</dt>
          <dd className={classNames("min-w-0 [overflow-wrap:anywhere]", item.changed && "font-bold")}>{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
