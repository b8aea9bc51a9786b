import { AppError } from "#lib/errors";

/** Files of a control that changes nothing are not repeated: the uncontrolled one stands for them. */
const UNCONTROLLED = "uncontrolled";

const plain = (name: string) =>
  name
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, "_")
    .replace(/_load$/, "");

/**
 * The file of a load profile: called like the profile, or like the end of its name (segment and control), with
 * spaces or underscores.
 */
export function findProfileFile(
  profile: string,
  files: readonly string[],
  control: string,
): { name: string; note?: string } {
  const named = longestMatch(plain(profile), files);
  if (named !== undefined) return { name: named };
  const suffix = plain(`_${control}`);
  const wanted = plain(profile);
  if (control !== "" && wanted.endsWith(suffix)) {
    const other = longestMatch(`${wanted.slice(0, -suffix.length)}_${UNCONTROLLED}`, files);
    if (other !== undefined) {
      return { name: other, note: `${profile} has no file of its own, so it charges as in ${other}.` };
    }
  }
  const known = files.length > 0 ? `there are ${files.join(", ")}` : "the folder load_profiles is empty";
  throw new AppError("unprocessable", `There is no load profile file for "${profile}"; ${known}.`);
}

function longestMatch(wanted: string, files: readonly string[]): string | undefined {
  const matches = files.filter((file) => wanted === plain(file) || wanted.endsWith(`_${plain(file)}`));
  return matches.sort((a, b) => b.length - a.length)[0];
}
