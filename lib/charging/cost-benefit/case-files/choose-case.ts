import { AppError } from "#lib/errors";
import { type CaseFiles, listCaseRoots, listControls } from "./case-files.ts";

const USUAL_CONTROL = "uncontrolled";

/** The one case of an archive: where its config.csv stands. */
export function chooseCase(files: CaseFiles): { root: string; name: string } {
  const roots = listCaseRoots(files);
  const [root] = roots;
  if (root === undefined) {
    throw new AppError("unprocessable", "The zip holds no config.csv, so there is no case in it.");
  }
  if (roots.length > 1) {
    const names = roots.map((path) => path || "the top").join(", ");
    throw new AppError("unprocessable", `The zip holds ${roots.length} cases (${names}). Pack one case per zip.`);
  }
  return { root, name: root.split("/").findLast((part) => part !== "") ?? "case" };
}

/** The named control, else the uncontrolled one, else the only one. */
export function chooseControl(files: CaseFiles, root: string, wanted: string | null): string {
  const controls = listControls(files, root);
  const [only] = controls;
  if (wanted !== null && controls.includes(wanted)) return wanted;
  const known = controls.map((name) => (name === "" ? "(without a name)" : name)).join(", ") || "none";
  if (wanted !== null) {
    throw new AppError(
      "unprocessable",
      `The case has no charger_assignments_${wanted}.csv; its controls are: ${known}.`,
    );
  }
  if (controls.includes(USUAL_CONTROL)) return USUAL_CONTROL;
  if (controls.length === 1 && only !== undefined) return only;
  throw new AppError("unprocessable", `Name the control to compute; the case has: ${known}.`);
}
