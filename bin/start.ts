import { runEntry } from "#lib/stack/entry";
import { runPortal } from "#lib/stack/run-portal";

await runEntry(() => runPortal("start"));
