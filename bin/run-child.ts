import { serveOneRun } from "#lib/runs/execute/child";

serveOneRun();
