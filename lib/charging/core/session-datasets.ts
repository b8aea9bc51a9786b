import { z } from "zod";

/** Datasets that hold charging sessions. */
export const SESSION_DATASETS = { to: "dataset", kinds: ["charging-sessions", "charging-fleet-sessions"] };

/** An input of several datasets of sessions. */
export const sessionDatasetIds = z.array(z.uuid()).min(1).max(100).meta({
  label: "Datasets",
  hint: "Charging sessions; one piece of a split file stands for all of them.",
  refersTo: SESSION_DATASETS,
});
