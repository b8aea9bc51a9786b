import type { ValueDomain } from "#lib/maps/spec";
import { classLimits, VALUE_CLASS_COUNT } from "#lib/maps/value-classes";

/** Key of the value colours: seven classes with their limits, and what grey means. */
export function ValueLegend({ domain }: { domain: ValueDomain }) {
  if (domain.categories) return <CategoryLegend label={domain.label} categories={domain.categories} />;
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

/** Key of kinds: one colour each. Groups of sensors hold several kinds, so they keep the colours of the states. */
function CategoryLegend({ label, categories }: { label: string; categories: readonly string[] }) {
  return (
    <figure className="m-0 rounded-lg border border-line bg-raised px-3 py-2.5 text-ink shadow-2">
      <figcaption className="pb-1.5 text-xs font-[640]">{label}</figcaption>
      <ul className="m-0 flex list-none flex-col gap-1 p-0 text-2xs text-muted">
        {[...categories, "none, or in a group"].map((name, i) => (
          <li key={name} className="flex items-center gap-2">
            <span
              className="size-2.5 rounded-full"
              style={{ background: i < categories.length ? `var(--data-${i + 1})` : "var(--color-silent-mark)" }}
              aria-hidden="true"
            />
            {name}
          </li>
        ))}
      </ul>
    </figure>
  );
}

function formatLimit(value: number, { min, max }: ValueDomain): string {
  const span = max - min;
  const digits = span >= 20 ? 0 : span >= 2 ? 1 : 2;
  return value.toFixed(digits).replace("-", "−");
}
