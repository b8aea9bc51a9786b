/**
 * Preloaded (`--import`) into every Node process that another of ours starts with an IPC channel. The channel closes
 * however the parent ends, kill -9 included; this process then ends too instead of holding ports and leases.
 */
const GRACE_MS = 8000;

if (process.channel) {
  process.once("disconnect", () => {
    // Its own handlers get their chance, as with any other SIGTERM.
    process.kill(process.pid, "SIGTERM");
    setTimeout(() => process.exit(1), GRACE_MS).unref();
  });
  process.channel.unref();
}
