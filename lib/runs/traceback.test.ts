import { describe, expect, it } from "vitest";
import { findTraceback } from "./traceback.ts";

const LOG = `reading 3 files
Traceback (most recent call last):
  File "/job/app/main.py", line 61, in <module>
    main()
    ~~~~^^
  File "/job/app/lib/rows.py", line 12, in read
    return float(text)
  File "/usr/lib/python3.11/json/decoder.py", line 355, in raw_decode
    raise JSONDecodeError("Expecting value", s, err.value) from None
ValueError: could not convert string to float: 'n/a'
2026-11-28T03:00:00.000Z runner: exit code 1 after 0.3 s`.split("\n");

describe("the last traceback", () => {
  it("names the error and the last frame of the program's own code", () => {
    expect(findTraceback(LOG)).toEqual({
      startIndex: 1,
      endIndex: 9,
      error: "ValueError: could not convert string to float: 'n/a'",
      frame: { index: 5, path: "lib/rows.py", line: 12, function: "read", code: "return float(text)", isOwn: true },
      frameCount: 3,
    });
  });

  it("is the later of two, as when one error came of another", () => {
    const chained = [
      ...LOG.slice(0, 10),
      "",
      "During handling of the above exception, another exception occurred:",
      "",
      "Traceback (most recent call last):",
      '  File "/job/app/main.py", line 70, in main',
      "    raise SystemError from error",
      "SystemError",
    ];
    expect(findTraceback(chained)).toMatchObject({ startIndex: 13, error: "SystemError", frame: { line: 70 } });
  });

  it("is found where the program itself cannot be read, without a head", () => {
    const lines = ['  File "/job/app/main.py", line 3', "    def x(:", "          ^", "SyntaxError: invalid syntax"];
    expect(findTraceback(lines)).toMatchObject({
      startIndex: 0,
      error: "SyntaxError: invalid syntax",
      frame: { path: "main.py", line: 3, function: null, code: "def x(:" },
    });
  });

  it("takes the last frame when all of them are others' code", () => {
    const lines = [
      "Traceback (most recent call last):",
      '  File "<frozen runpy>", line 198, in _run_module_as_main',
      "ImportError: no",
    ];
    expect(findTraceback(lines)).toMatchObject({ frame: { path: "<frozen runpy>", isOwn: false } });
  });

  it("is none in a log without one, nor in one that was cut off", () => {
    expect(findTraceback(["all well", "Error: not Python's"])).toBeNull();
    expect(findTraceback(LOG.slice(0, 5))).toBeNull();
  });
});
