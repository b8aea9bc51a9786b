interface SparklineProps {
  /** Null or NaN is a gap; the line breaks there. */
  values: readonly (number | null)[];
  /** Says what is drawn, its range and its last value. */
  label: string;
  widthPx?: number;
  heightPx?: number;
  /** Categorical colour 1–8. */
  colour?: 1 | 2 | 3 | 4 | 5 | 8;
  /** Fixed limits, to keep small multiples comparable. */
  min?: number;
  max?: number;
}

/** A path with `M` after every gap; x runs 0–`width`, y is flipped. */
function pathOf(props: SparklineProps, width: number, height: number): string {
  const known = props.values.filter((value): value is number => value !== null && Number.isFinite(value));
  const min = props.min ?? Math.min(...known);
  const max = props.max ?? Math.max(...known);
  const span = max - min || 1;
  const step = width / Math.max(1, props.values.length - 1);
  let path = "";
  let drawing = false;
  props.values.forEach((value, index) => {
    if (value === null || !Number.isFinite(value)) {
      drawing = false;
      return;
    }
    const y = max === min ? height / 2 : height - ((value - min) / span) * height;
    path += `${drawing ? "L" : "M"}${(index * step).toFixed(1)} ${y.toFixed(1)}`;
    if (!drawing && !Number.isFinite(props.values[index + 1] ?? NaN)) path += "h.1"; // a lone point stays visible
    drawing = true;
  });
  return path;
}

export function Sparkline(props: SparklineProps) {
  const { widthPx = 120, heightPx = 28, colour = 1 } = props;
  return (
    <svg
      role="img"
      aria-label={props.label}
      viewBox={`-1 -2 ${widthPx + 2} ${heightPx + 4}`}
      preserveAspectRatio="none"
      className="block w-full max-w-full"
      style={{ height: heightPx + 4, maxWidth: widthPx * 2 }}
    >
      <path
        d={pathOf(props, widthPx, heightPx)}
        fill="none"
        stroke={`var(--data-${colour})`}
        strokeWidth="1.5"
        strokeLinejoin="round"
        strokeLinecap="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
