"use client";

import { z } from "zod";
import { useUploadEngine } from "#components/uploads/upload-provider";
import { apiFetch, ProblemError } from "#lib/http/client";
import { uploadView } from "#lib/uploads/schema";
import type { UploadEngine } from "#lib/uploads/engine/upload-engine";

const LOOK_MS = 400;
const answer = z.object({ state: uploadView.shape.state, reason: uploadView.shape.reason });

/** Sends a file as it is and answers its upload once the portal has looked at what arrived. */
export function useSendFile(): (file: File) => Promise<string> {
  const engine = useUploadEngine();
  return async (file) => {
    if (!engine) throw refusal("The page is still loading. Try again.");
    const uploadId = await sent(engine, file);
    for (;;) {
      const { state, reason } = await apiFetch(`/api/v1/uploads/${uploadId}`, { response: answer });
      if (state === "checked") return uploadId;
      if (state === "rejected" || state === "cancelled") throw refusal(reason ?? "The file was not taken in.");
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  };
}

function sent(engine: UploadEngine, file: File): Promise<string> {
  const [key] = engine.add([{ file, relativePath: "", kind: "file" }]);
  return new Promise((resolve, reject) => {
    const look = () => {
      const item = engine.getSnapshot().items.find((each) => each.key === key);
      if (item?.state === "stored" && item.uploadId) finish(() => resolve(item.uploadId ?? ""));
      else if (item?.state === "failed" || item?.state === "cancelled") {
        finish(() => reject(refusal(item.failure?.detail ?? "The file was not sent.")));
      }
    };
    const unsubscribe = engine.subscribe(look);
    const finish = (then: () => void) => {
      unsubscribe();
      then();
    };
    look();
  });
}

function refusal(detail: string): ProblemError {
  return new ProblemError(0, { code: "unprocessable", detail, errors: [] });
}
