import { describe, expect, it } from "vitest";
import { ColumnSimplex } from "./column-simplex.ts";
import { createRandom } from "./random.ts";

describe("ColumnSimplex", () => {
  it("finds the optimum of a program solved by hand, and its prices", () => {
    // maximise 3x + 5y with x ≤ 4, 2y ≤ 12, 3x + 2y ≤ 18: x = 2, y = 6.
    const simplex = new ColumnSimplex(Float64Array.of(4, 12, 18), []);
    const x = simplex.addColumn(-3, [1, 0, 3]);
    const y = simplex.addColumn(-5, [0, 2, 2]);
    simplex.minimise();
    expect(simplex.valueOf(x)).toBeCloseTo(2, 12);
    expect(simplex.valueOf(y)).toBeCloseTo(6, 12);
    expect([...simplex.duals].map((price) => Math.round(price * 1e9) / 1e9 + 0)).toEqual([0, -1.5, -1]);
  });

  it("goes on from the former optimum when a column arrives", () => {
    const simplex = new ColumnSimplex(Float64Array.of(1), [0]);
    const dear = simplex.addColumn(5, [1]);
    simplex.pivotInto(dear, 0);
    simplex.minimise();
    expect(simplex.valueOf(dear)).toBe(1);
    const cheap = simplex.addColumn(2, [1]);
    simplex.minimise();
    expect([simplex.valueOf(dear), simplex.valueOf(cheap)]).toEqual([0, 1]);
  });

  it("ends on a program that makes the largest-gain rule cycle", () => {
    // Beale (1955); optimum -0.05.
    const simplex = new ColumnSimplex(Float64Array.of(0, 0, 1), []);
    const costs = [-0.75, 150, -0.02, 6];
    const columns = [
      [0.25, 0.5, 0],
      [-60, -90, 0],
      [-0.04, -0.02, 1],
      [9, 3, 0],
    ];
    const ids = columns.map((column, k) => simplex.addColumn(costs[k]!, column));
    simplex.minimise();
    expect(ids.reduce((sum, id, k) => sum + costs[k]! * simplex.valueOf(id), 0)).toBeCloseTo(-0.05, 12);
  });

  it("says when there is no lower bound", () => {
    const simplex = new ColumnSimplex(Float64Array.of(1), []);
    simplex.addColumn(-1, [-1]);
    expect(() => simplex.minimise()).toThrow("no lower bound");
  });

  it("keeps prices and levels exact over thousands of pivots", () => {
    const random = createRandom("simplex");
    const rows = 30;
    const simplex = new ColumnSimplex(
      Float64Array.from({ length: rows }, () => random.uniform(1, 2)),
      [],
    );
    const columns: { id: number; cost: number; entries: number[] }[] = [];
    for (let round = 0; round < 40; round++) {
      for (let k = 0; k < 10; k++) {
        const entries = Array.from({ length: rows }, () => (random.uniform() < 0.3 ? random.uniform(0, 1) : 0));
        entries[random.integer(0, rows - 1)] = 1;
        const cost = -random.uniform(0.5, 1);
        columns.push({ id: simplex.addColumn(cost, entries), cost, entries });
      }
      simplex.minimise();
    }
    const used = entriesUsed(columns, simplex);
    // Weak duality with equality: the primal cost is the prices times the right hand sides.
    for (const { id } of columns) expect(simplex.reducedCost(id)).toBeGreaterThan(-1e-9);
    for (const price of simplex.duals) expect(price).toBeLessThan(1e-9);
    expect(Math.max(...used.map((level) => level - 2))).toBeLessThan(1e-9);
  });
});

function entriesUsed(columns: { id: number; entries: number[] }[], simplex: ColumnSimplex): number[] {
  return columns[0]!.entries.map((_, row) =>
    columns.reduce((sum, { id, entries }) => sum + entries[row]! * simplex.valueOf(id), 0),
  );
}
