"use client";

import { useSearchParams } from "next/navigation";
import type { UploadRow } from "./upload-rows.ts";

const PARAMETER = "upload";

/** The selected line lives in the address, so that Back and a shared link show the same report. */
export function useSelectedUpload(rows: readonly UploadRow[]) {
  const wanted = useSearchParams().get(PARAMETER);
  const chosen = wanted === null ? undefined : rows.find((row) => row.stored?.id === wanted);
  // With nothing chosen the newest report is shown: the page opens with its answer.
  const selected = chosen ?? (wanted === null ? rows.find((row) => row.stored?.dataset) : undefined) ?? null;
  const select = (uploadId: string | null) => {
    if (uploadId === null) return;
    const address = new URL(window.location.href);
    address.searchParams.set(PARAMETER, uploadId);
    window.history.pushState(null, "", address);
  };
  return { selected, select };
}
