import { formatNumber } from "#lib/format/numbers";

const CLASS_COUNT = 7;

export interface PriceClass {
  /** CSS colour of the sequential palette: more is darker in light, lighter in dark. */
  colour: string;
  label: string;
}

export interface PriceScale {
  classes: PriceClass[];
  /** Position in `classes`; -1 for no price. */
  classOf: (price: number) => number;
}

const colourOf = (step: number) => `var(--seq-${step + 1})`;
const write = (price: number) => formatNumber(price, { decimalsMax: 5 });

/** A colour per price while there are few, else seven equal classes. Colours run in lightness, so no hue is needed. */
export function priceScale(prices: Iterable<number>): PriceScale {
  const known = [...new Set(prices)].filter((price) => !Number.isNaN(price)).sort((a, b) => a - b);
  if (known.length <= CLASS_COUNT) {
    const classes = known.map((price, at) => ({ colour: colourOf(stepOf(at, known.length)), label: write(price) }));
    return { classes, classOf: (price) => known.indexOf(price) };
  }
  const [min, max] = [known[0]!, known.at(-1)!];
  const limit = (at: number) => min + ((max - min) * at) / CLASS_COUNT;
  const classes = Array.from({ length: CLASS_COUNT }, (_, at) => {
    const [from, to] = [limit(at), limit(at + 1)].map((value) => formatNumber(value, { decimals: 3 }));
    return { colour: colourOf(at), label: `${from} to ${to}` };
  });
  const classOf = (price: number) =>
    Number.isNaN(price) ? -1 : Math.min(CLASS_COUNT - 1, Math.floor(((price - min) / (max - min)) * CLASS_COUNT));
  return { classes, classOf };
}

/** Few prices stand far apart on the palette; a single one in its quiet part. */
function stepOf(at: number, count: number): number {
  return count === 1 ? 2 : Math.round((at * (CLASS_COUNT - 1)) / (count - 1));
}
