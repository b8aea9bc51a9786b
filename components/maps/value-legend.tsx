"use client";

import type { MouseEvent } from "react";
import { classNames } from "#lib/format/class-names";
import type { ValueDomain } from "#lib/maps/spec";
import { classLimits, VALUE_CLASS_COUNT } from "#lib/maps/value-classes";

/** Kinds as a filter: which are asked for, and the same page with one switched. */
export interface KindFilter {
  isChosen: (kind: number) => boolean;
  href: (kind: number) => string;
  onToggle: (kind: number) => void;
}

/** Key of the value colours: seven classes with their limits, and what grey means. */
export function ValueLegend({ domain, filter }: { domain: ValueDomain; filter?: KindFilter | undefined }) {
  if (domain.categories) return <CategoryLegend label={domain.label} categories={domain.categories} filter={filter} />;
  const limits = classLimits(domain).map((limit) => formatLimit(limit, domain));
  return (
    <figure className="m-0 rounded-lg border border-line bg-raised px-3 py-2.5 text-ink shadow-2">
      <figcaption className="pb-1.5 text-xs font-[640]">
        {domain.label} <span className="font-[430] text-muted">{domain.unit}</span>
      </figcaption>
      <div className="flex w-43" role="img" aria-label={`Colours from ${limits[0]} to ${limits.at(-1)} ${domain.unit}`}>
        {Array.from({ length: VALUE_CLASS_COUNT }, (_, i) => (
          <span key={i} className="h-2.5 flex-1" style={{ background: `var(--seq-${i + 1})` }} />
        ))}
      </div>
      <div className="flex w-43 justify-between pt-1 text-2xs text-muted tabular-nums" aria-hidden="true">
        <span>{limits[0]}</span>
        <span>{formatLimit((domain.min + domain.max) / 2, domain)}</span>
        <span>{limits.at(-1)}</span>
      </div>
      <p className="m-0 flex items-center gap-2 pt-1.5 text-2xs text-muted">
        <span className="size-2 rounded-full" style={{ background: "var(--color-silent-mark)" }} aria-hidden="true" />
        no value
      </p>
    </figure>
  );
}

interface CategoryLegendProps {
  label: string;
  categories: readonly string[];
  filter?: KindFilter | undefined;
}

/** Key of kinds: one colour each; with a filter each entry switches its kind. Rings show the kinds of their members. */
function CategoryLegend({ label, categories, filter }: CategoryLegendProps) {
  return (
    <figure className="m-0 rounded-lg border border-line bg-raised px-3 py-2.5 text-ink shadow-2">
      <figcaption className="pb-1.5 text-xs font-[640]">{label}</figcaption>
      <ul className="m-0 flex list-none flex-col gap-1 p-0 text-2xs text-muted">
        {categories.map((name, i) => (
          <li key={name}>
            {filter ? (
              <KindToggle name={name} kind={i + 1} filter={filter} />
            ) : (
              <span className="flex items-center gap-2">
                <Swatch color={`var(--data-${i + 1})`} />
                {name}
              </span>
            )}
          </li>
        ))}
        <li className="flex items-center gap-2">
          <Swatch color="var(--color-silent-mark)" />
          none
        </li>
      </ul>
    </figure>
  );
}

function KindToggle({ name, kind, filter }: { name: string; kind: number; filter: KindFilter }) {
  const isChosen = filter.isChosen(kind);
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    filter.onToggle(kind);
  };
  return (
    <a
      href={filter.href(kind)}
      aria-current={isChosen || undefined}
      title={isChosen ? `Stop showing only ${name}` : `Show only ${name}`}
      onClick={follow}
      className={classNames(
        "flex items-center gap-2 rounded-sm no-underline hover:text-ink focus-visible:outline-2 focus-visible:outline-focus max-md:min-h-9",
        isChosen ? "font-[640] text-ink" : "text-muted",
      )}
    >
      <Swatch color={`var(--data-${kind})`} />
      {name}
    </a>
  );
}

function Swatch({ color }: { color: string }) {
  return <span className="size-2.5 shrink-0 rounded-full" style={{ background: color }} aria-hidden="true" />;
}

function formatLimit(value: number, { min, max }: ValueDomain): string {
  const span = max - min;
  const digits = span >= 20 ? 0 : span >= 2 ? 1 : 2;
  return value.toFixed(digits).replace("-", "−");
}
