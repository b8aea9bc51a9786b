import { z } from "zod";

/**
 * Key layout: one prefix per workspace, names made by us.
 *
 * - `w/<workspace>/uploads/<upload>/<file name>`: raw files, written once by a presigned request
 * - `w/<workspace>/artifacts/<aa>/<sha256>`: what runs produce, named by content
 * - `w/<workspace>/drop/…`: other programs put files here; the sweep takes them in
 * - `w/<workspace>/app_runner/[<app>/]input/<job>.zip`: inputs of apps, answered under `…/output/`; `app_runner/` at the
 *   top of the bucket is the oldest workspace's
 */
const uuid = z.uuid();

export function uploadKey(workspaceId: string, uploadId: string, fileName: string): string {
  return `w/${workspaceId}/uploads/${uploadId}/${safeName(fileName)}`;
}

export function artifactKey(workspaceId: string, sha256: string): string {
  return `w/${workspaceId}/artifacts/${sha256.slice(0, 2)}/${sha256}`;
}

export function dropPrefix(workspaceId: string): string {
  return `w/${workspaceId}/drop/`;
}

export function uploadPrefix(workspaceId: string): string {
  return `w/${workspaceId}/uploads/`;
}

export function appInputPrefix(workspaceId: string): string {
  return `w/${workspaceId}/${ROOT_APP_INPUT_PREFIX}`;
}

/** Apps' inputs outside of any workspace's folder. */
export const ROOT_APP_INPUT_PREFIX = "app_runner/";

export type ParsedKey =
  /** Null: at the top of the bucket. */
  | { area: "app-input"; workspaceId: string | null }
  | { area: "uploads"; workspaceId: string; uploadId: string }
  | { area: "drop"; workspaceId: string; name: string }
  | { area: "artifacts"; workspaceId: string };

/** What a key in a storage event or listing stands for; null for anything we did not name. */
export function parseKey(key: string): ParsedKey | null {
  if (APP_INPUT.test(key)) return { area: "app-input", workspaceId: null };
  const [w, workspaceId = "", area, ...rest] = key.split("/");
  if (w !== "w" || !uuid.safeParse(workspaceId).success) return null;
  if (APP_INPUT.test([area, ...rest].join("/"))) return { area: "app-input", workspaceId };
  if (area === "artifacts") return { area, workspaceId };
  if (area === "drop" && rest.length > 0 && rest.at(-1) !== "") return { area, workspaceId, name: rest.join("/") };
  const uploadId = rest[0] ?? "";
  if (area === "uploads" && uuid.safeParse(uploadId).success) return { area, workspaceId, uploadId };
  return null;
}

const APP_INPUT = /^app_runner\/(?:[^/]+\/)?input\/[^/]+\.zip$/;

/** The file name as the last key segment: readable in a bucket browser, never a path. */
function safeName(fileName: string): string {
  const base = fileName.split(/[\\/]/).at(-1) ?? "";
  // Control characters break listings and logs; dots alone would read as a path.

  const cleaned = base.replace(/[\u0000-\u001f\u007f]/g, "_").replace(/^\.+$/, "_");
  return cleaned.slice(0, 200) || "file";
}
