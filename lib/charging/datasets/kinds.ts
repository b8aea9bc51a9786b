/** Kinds of datasets whose rows are sessions. */
export const SESSION_KINDS = ["charging-sessions", "charging-fleet-sessions"] as const;
