import type { Tone } from "#lib/charts/spec";

/** Path data of a state's shape around a point; the same shapes in table, map, chart and badge. */
const SHAPES: Record<Tone, (x: number, y: number, r: number) => string> = {
  good: (x, y, r) => circle(x, y, r * 0.8),
  suspect: (x, y, r) => `M${x},${y - r * 1.05}L${x + r * 1.05},${y + r * 0.8}H${x - r * 1.05}Z`,
  fault: (x, y, r) => `M${x},${y - r * 1.18}L${x + r * 1.18},${y}L${x},${y + r * 1.18}L${x - r * 1.18},${y}Z`,
  silent: (x, y, r) => circle(x, y, r * 0.75),
  info: (x, y, r) => circle(x, y, r * 0.8),
};

function circle(x: number, y: number, r: number): string {
  return `M${x - r},${y}a${r},${r} 0 1 0 ${2 * r},0a${r},${r} 0 1 0 ${-2 * r},0Z`;
}

export function shapePath(tone: Tone, at: { x: number; y: number; r: number }): string {
  return SHAPES[tone](at.x, at.y, at.r);
}

/** A state's shape as a part of a larger SVG. Decorative: the word stands beside it. */
export function ShapeMark({ tone, x, y, r }: { tone: Tone; x: number; y: number; r: number }) {
  const d = shapePath(tone, { x, y, r });
  if (tone === "silent") {
    return (
      <path d={d} fill="none" stroke="var(--color-silent-mark)" strokeWidth={r * 0.34} strokeDasharray="2.2 1.5" />
    );
  }
  if (tone === "info") {
    return <path d={d} fill="none" stroke="var(--color-info-mark)" strokeWidth={r * 0.34} />;
  }
  const outline = tone === "suspect" ? "var(--color-suspect)" : "none";
  return <path d={d} fill={`var(--color-${tone}-mark)`} stroke={outline} strokeWidth={0.8} strokeLinejoin="round" />;
}
