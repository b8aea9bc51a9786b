import type { RunState } from "./schema.ts";

const BY_CODE: Readonly<Record<string, string>> = {
  out_of_memory: "Run it on less: fewer sensors, a shorter time, a smaller input.",
  timed_out: "Run it on less: fewer sensors, a shorter time, a smaller input.",
  invalid_input: "Correct the input or the parameters, then run it again with the changes.",
  unprocessable: "Correct the input or the parameters, then run it again with the changes.",
  app_failed: "The program’s own words stand at the end of the log. Correct it, then run it again.",
  missing_output: "Let the app write its output where its manifest says, then run it again.",
  invalid_output: "Let the app write an ordinary zip as its output, then run it again.",
  disk_full: "Let the app write less, or raise diskMb in its manifest.",
  installing: "Correct the requirements; what pip said stands in the log.",
  fetching_code: "Check the app’s code, its address and its token.",
  missing_secret: "Enter the secret in the app’s settings.",
  provisioning: "Apps need a machine that can isolate them; the reason stands above.",
  booting: "Run it again. If it ends the same way, send the run id to your administrator.",
  not_found: "Something the run names is gone. Choose other inputs.",
  too_large: "Split the input and run the parts.",
  unavailable: "A service did not answer. Run it again; if it fails again, look at the health page.",
  lost: "Nothing of it was written. Run it again; if it is lost again, look at the health page.",
  crashed: "Run it again. If it ends the same way, send the run id and the log to your administrator.",
  internal: "This is a fault of Fieldport, not of your data. Send the run id and the log to your administrator.",
};

/** What a person can do about a run that did not succeed; null when there is nothing to do. */
export function adviceFor(run: { state: RunState; errorCode: string | null }): string | null {
  if (run.state !== "failed" && run.state !== "timed_out" && run.state !== "lost") return null;
  return BY_CODE[run.errorCode ?? ""] ?? BY_CODE.internal ?? null;
}
