import { expect, test } from "vitest";
import { terminalText } from "./child-output.ts";

test.each([
  [
    "an error event with its message",
    '{"level":"error","event":"run.failed","error":{"message":"no disk"}}',
    "run.failed: no disk",
  ],
  ["an error event with a text", '{"level":"error","event":"run.failed","error":"no disk"}', "run.failed: no disk"],
  ["an error event alone", '{"level":"error","event":"run.failed"}', "run.failed"],
  ["a stack line", "    at run (worker.ts:3:1)", "    at run (worker.ts:3:1)"],
  ["a broken JSON line", '{"level":', '{"level":'],
])("%s reaches the terminal", (_title, line, text) => {
  expect(terminalText(line)).toBe(text);
});

test.each([
  ["a warning event", '{"level":"warn","event":"db.idle_connection_lost"}'],
  ["Next's warning", " ⚠ Slow filesystem detected"],
  ["Node's warning", "(node:12) ExperimentalWarning: something"],
  ["an empty line", "  "],
])("%s stays in the log", (_title, line) => {
  expect(terminalText(line)).toBeNull();
});
