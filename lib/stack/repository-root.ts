import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout, whatever folder the command was called from. */
export const repositoryRoot = resolve(dirname(fileURLToPath(import.meta.url)), "..", "..");
