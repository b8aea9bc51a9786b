import { expect, it } from "vitest";
import { LinearProgramBuilder } from "./program.ts";
import { solveLinearProgram } from "./solve.ts";

it("solves a program and tells an impossible one", async () => {
  const builder = new LinearProgramBuilder();
  const carpentry = builder.addRow(-Infinity, 40);
  const finishing = builder.addRow(-Infinity, 50);
  builder.addColumn({ cost: -30 }, [
    [carpentry, 1],
    [finishing, 2],
  ]);
  builder.addColumn({ cost: -50, upper: 8 }, [
    [carpentry, 2],
    [finishing, 1],
  ]);
  const solution = await solveLinearProgram(builder.build());
  expect(solution.status).toBe("optimal");
  expect(solution.objective).toBeCloseTo(-1030, 9);
  expect([...solution.values].map((value) => Math.round(value * 1e9) / 1e9)).toEqual([21, 8]);

  const impossible = new LinearProgramBuilder();
  impossible.addColumn({ cost: 1, upper: 1 }, [[impossible.addRow(2, 3), 1]]);
  expect(await solveLinearProgram(impossible.build())).toMatchObject({ status: "infeasible", objective: NaN });
});
