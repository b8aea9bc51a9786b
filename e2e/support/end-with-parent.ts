const LOOK_MS = 2000;

/**
 * Ends this process in order when the test runner has gone, however it went: what it leaves behind would hold the
 * ports of the next run. Works for a process that the runner started itself, without a shell between.
 */
export function endWithParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, "SIGTERM");
  }, LOOK_MS).unref();
}
