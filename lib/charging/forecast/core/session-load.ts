const DAY_MIN = 1440;

/**
 * Load of sessions of one power over an average day, wrapping past midnight. A session draws `powerKw` from its start
 * for as many whole steps as its energy lasts; the rest of the energy is drawn evenly over the step after them. Energy
 * is conserved: the sum of the load times the step is the sum of the energies.
 *
 * Cost: O(sessions + steps), by marking where sessions begin and end and adding up once.
 */
export class SessionLoad {
  readonly stepMin: number;
  readonly powerKw: number;
  readonly #steps: number;
  readonly #perHour: number;
  /** Sessions that begin minus sessions that end, per step; whole numbers, so that nothing is rounded on the way. */
  readonly #changes: Float64Array;
  readonly #restKw: Float64Array;
  /** Sessions that draw all day: those of more than a day count once per day. */
  #everyStep = 0;

  constructor({ stepMin, powerKw }: { stepMin: number; powerKw: number }) {
    this.stepMin = stepMin;
    this.powerKw = powerKw;
    this.#steps = DAY_MIN / stepMin;
    this.#perHour = 60 / stepMin;
    this.#changes = new Float64Array(this.#steps + 1);
    this.#restKw = new Float64Array(this.#steps);
  }

  /** `startMin`: minutes after midnight, of any day. Returns the step in which the session ends. */
  add(startMin: number, energyKwh: number): number {
    const steps = this.#steps;
    const perHour = this.#perHour;
    const start = Math.floor((startMin - Math.floor(startMin / DAY_MIN) * DAY_MIN) / this.stepMin);
    const length = Math.floor((perHour * energyKwh) / this.powerKw);
    const restKwh = energyKwh - (length * this.powerKw) / perHour;
    const days = Math.floor(length / steps);
    let end = start + length - days * steps;
    this.#everyStep += days;
    this.#changes[start]!++;
    if (end >= steps) {
      end -= steps;
      this.#everyStep++;
    }
    this.#changes[end]!--;
    this.#restKw[end]! += restKwh * perHour;
    return end;
  }

  addAll(startsMin: Float64Array, energiesKwh: Float64Array): void {
    for (let i = 0; i < startsMin.length; i++) this.add(startsMin[i]!, energiesKwh[i]!);
  }

  /** Mean power in each step, kW. */
  toLoadKw(): Float64Array {
    const load = new Float64Array(this.#steps);
    let drawing = this.#everyStep;
    for (let step = 0; step < this.#steps; step++) {
      drawing += this.#changes[step]!;
      load[step] = drawing * this.powerKw + this.#restKw[step]!;
    }
    return load;
  }
}

/** Energy of a day's load, kWh. */
export function energyOf(loadKw: Float64Array, stepMin: number): number {
  let sum = 0;
  for (let step = 0; step < loadKw.length; step++) sum += loadKw[step]!;
  return (sum * stepMin) / 60;
}

/** Means of neighbouring steps: coarser, with the same energy. */
export function toCoarserSteps(loadKw: Float64Array, factor: number): Float64Array {
  return Float64Array.from({ length: loadKw.length / factor }, (_, step) => {
    let sum = 0;
    for (let i = 0; i < factor; i++) sum += loadKw[step * factor + i]!;
    return sum / factor;
  });
}
