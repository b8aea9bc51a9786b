import type { Random } from "#lib/math/random";
import { fitMixture, seedMixture, type FittedMixture } from "./fit-mixture.ts";
import type { MixtureComponent, SessionPoints } from "./mixture.ts";

/** Enough to tell how many components there are; all points then place them. */
const CHOOSING_POINTS = 10_000;
const FITTING_POINTS = 200_000;
/** After so many larger mixtures without a gain the search ends. */
const PATIENCE = 2;

export interface ChosenMixture {
  components: MixtureComponent[];
  /** Bayesian information criterion of every size tried; smaller is better. */
  bicBySize: { size: number; bic: number }[];
}

export interface ChoiceOptions {
  componentsMax: number;
  /** No component may stand for fewer points. */
  pointsPerComponentMin: number;
  rng: Random;
}

/** The mixture of the size with the least BIC whose components all stand for enough points, fitted to all of them. */
export function chooseMixture(
  points: SessionPoints,
  { componentsMax, pointsPerComponentMin, rng }: ChoiceOptions,
): ChosenMixture {
  const sample = evenly(points, CHOOSING_POINTS);
  const leastShare = pointsPerComponentMin / points.count;
  const bicBySize: { size: number; bic: number }[] = [];
  let best: FittedMixture | null = null;
  let bestBic = Infinity;
  for (let size = 1, since = 0; size <= componentsMax && since < PATIENCE; size++, since++) {
    const fitted = fitMixture(sample, seedMixture(sample, size, rng.fork(`size${size}`)));
    const bic = parametersOf(size, points.columns.length) * Math.log(sample.count) - 2 * fitted.logLikelihood;
    bicBySize.push({ size, bic });
    if (bic >= bestBic || (size > 1 && fitted.components.some(({ weight }) => weight < leastShare))) continue;
    [best, bestBic, since] = [fitted, bic, -1];
  }
  const all = evenly(points, FITTING_POINTS);
  const { components } = fitMixture(all, best?.components ?? [], { iterationsMax: 50 });
  return { components: withoutSmall(components, leastShare), bicBySize };
}

/** Weights, means and covariances. */
function parametersOf(size: number, dimensions: number): number {
  return size - 1 + size * (dimensions + (dimensions * (dimensions + 1)) / 2);
}

/** Fitting to all points may starve a component; its weight goes to the others. */
function withoutSmall(components: readonly MixtureComponent[], leastShare: number): MixtureComponent[] {
  const kept = components.filter(({ weight }) => weight >= leastShare);
  const some = kept.length > 0 ? kept : components;
  const sum = some.reduce((total, { weight }) => total + weight, 0);
  return some.map((component) => ({ ...component, weight: component.weight / sum }));
}

/** Every so-manieth point, so that a sample covers the whole time. */
function evenly({ columns, count }: SessionPoints, most: number): SessionPoints {
  if (count <= most) return { columns, count };
  const every = count / most;
  return {
    count: most,
    columns: columns.map((column) => Float64Array.from({ length: most }, (_, i) => column[Math.floor(i * every)]!)),
  };
}
