import { rmSync } from "node:fs";
import { endWithParent } from "./end-with-parent.ts";
import { DATA_DIR } from "./portal.ts";

endWithParent();

// Journeys start from nothing: a new data folder, a new administrator, the demo workspace being filled.
rmSync(DATA_DIR, { recursive: true, force: true });
await import("../../bin/start.ts");
