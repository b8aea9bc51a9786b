import { zipOf } from "#lib/runner/testing/zips";

export const TINY_WHEEL = "tiny-1.0-py3-none-any.whl";

/** A package of one empty module: pip installs it from the app's own folder, so no index is needed. */
export function tinyWheel(): Promise<Buffer> {
  const about = "tiny-1.0.dist-info";
  return zipOf({
    "tiny.py": "",
    [`${about}/METADATA`]: "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n",
    [`${about}/WHEEL`]: "Wheel-Version: 1.0\nGenerator: fieldport\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    [`${about}/RECORD`]: `tiny.py,,\n${about}/METADATA,,\n${about}/WHEEL,,\n${about}/RECORD,,\n`,
  });
}
