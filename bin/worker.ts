import "#lib/stack/attached";
import { startWorker } from "#lib/worker/run-worker";

const worker = await startWorker();
let isStopping = false;
const stop = () => {
  if (isStopping) return;
  isStopping = true;
  worker.stop().then(
    () => process.exit(0),
    () => process.exit(1),
  );
};
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, stop);
// Started by another process: a worker without it would be an orphan.
if (process.send) process.on("disconnect", stop);
