"use client";

import { useState } from "react";
import { ProblemError } from "#lib/http/client";

export interface Submit {
  pending: boolean;
  /** What was refused; null after the next attempt starts. */
  problem: ProblemError | null;
  /** Runs one attempt; true when it went through. */
  run: (attempt: () => Promise<unknown>) => Promise<boolean>;
  /** The sentence for a field when the server named it. */
  fieldError: (pointer: string) => string | undefined;
  /** The sentence for the form as a whole: what no shown field carries. */
  formError: (...shownPointers: string[]) => string | undefined;
}

/** One form's way to the server: pending, refused with words, or through. */
export function useSubmit(): Submit {
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<ProblemError | null>(null);
  const run = async (attempt: () => Promise<unknown>) => {
    setPending(true);
    setProblem(null);
    try {
      await attempt();
      return true;
    } catch (error) {
      setProblem(toProblem(error));
      return false;
    } finally {
      setPending(false);
    }
  };
  return {
    pending,
    problem,
    run,
    fieldError: (pointer) => problem?.fieldError(pointer),
    formError: (...shown) => {
      if (!problem) return undefined;
      return problem.errors.some((error) => shown.includes(error.pointer)) ? undefined : problem.detail;
    },
  };
}

function toProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  const detail = "The answer of the portal could not be read. Reload the page.";
  return new ProblemError(0, { code: "internal", detail, errors: [] });
}

/** A text field of a submitted form. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}
