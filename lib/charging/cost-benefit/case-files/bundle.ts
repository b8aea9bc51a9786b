import type { BundleKind } from "#lib/datasets/core/bundle-kind";
import { listCaseRoots, listControls } from "./case-files.ts";

export const chargingCaseKind: BundleKind = {
  kind: "charging-case",
  label: "Charging case",
  description: "A cost-benefit case as a zip: its folder with config.csv, and the folder rates with its tariffs.",
  problemOf: (paths) => {
    const files = { paths, read: () => Promise.reject(new Error("names only")) };
    const roots = listCaseRoots(files);
    if (roots.length === 0) return "The zip holds no config.csv, so there is no case in it.";
    if (roots.some((root) => listControls(files, root).length > 0)) return null;
    return "The zip holds a config.csv, but no charger_assignments_….csv beside it.";
  },
};
