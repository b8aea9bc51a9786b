import { expect, it } from "vitest";
import { exitWords, shellExitCode } from "./exit-words.ts";

it.each([
  [0, "ended well"],
  [1, "did not catch"],
  [124, "stopped by timeout"],
  [137, "out of memory"],
  [-9, "(KILL)"],
  [143, "(TERM)"],
  [-11, "(SEGV)"],
  [159, "the sandbox refuses"],
  [170, "signal 42"],
])("says what exit code %i means", (code, words) => {
  expect(exitWords(code)).toContain(words);
});

it("leaves a program's own codes to the program", () => {
  expect(exitWords(7)).toBeNull();
  expect(exitWords(200)).toBeNull();
});

it("writes signals as shells do", () => {
  expect([shellExitCode(-9), shellExitCode(137), shellExitCode(3)]).toEqual([137, 137, 3]);
});
