import loadHighs, { type Highs } from "highs";
import type { LinearProgram, LinearProgramSolution } from "./program.ts";

let loading: Promise<Highs> | undefined;

/** Solves a linear program with HiGHS (WebAssembly, one thread). Cost: 0.1 s to load, then the solver's. */
export async function solveLinearProgram(program: LinearProgram): Promise<LinearProgramSolution> {
  const highs = await (loading ??= loadHighs());
  const numCols = program.cost.length;
  const numRows = program.rowLower.length;
  const { starts, indices, values } = program;
  const data = {
    numCols,
    numRows,
    colCost: program.cost,
    colLower: program.lower,
    colUpper: program.upper,
    rowLower: program.rowLower,
    rowUpper: program.rowUpper,
    matrix: { format: "csc" as const, numCols, numRows, starts, indices, values },
  };
  return highs.withModel(data, (model): LinearProgramSolution => {
    model.options.set({ output_flag: false, primal_feasibility_tolerance: 1e-9, dual_feasibility_tolerance: 1e-9 });
    model.run();
    const { optimal, infeasible, unbounded } = highs.constants.modelStatus;
    const code = model.getModelStatus();
    if (code === optimal) {
      const { colValue } = model.getSolution();
      return { status: "optimal", objective: model.getObjectiveValue(), values: Float64Array.from(colValue) };
    }
    const status = code === infeasible ? "infeasible" : code === unbounded ? "unbounded" : "unfinished";
    return { status, objective: NaN, values: new Float64Array(0) };
  });
}
