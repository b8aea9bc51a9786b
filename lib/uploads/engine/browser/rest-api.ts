import { z } from "zod";
import type { UploadApi } from "#lib/uploads/engine/types";
import { createdUpload, signedParts, storedParts, uploadView } from "#lib/uploads/schema";
import { requestJson } from "./request.ts";

const BASE = "/api/v1/uploads";

/** The upload requests of the REST contract with the session's cookie. */
export const restApi: UploadApi = {
  create: (request, signal) =>
    requestJson({ method: "POST", path: BASE, body: request, response: createdUpload, signal }),
  sign: async (uploadId, parts, signal) => {
    const path = `${BASE}/${uploadId}/parts`;
    return (await requestJson({ method: "POST", path, body: { parts }, response: signedParts, signal })).urls;
  },
  listParts: async (uploadId, signal) => {
    const path = `${BASE}/${uploadId}/parts`;
    return (await requestJson({ method: "GET", path, response: storedParts, signal })).parts;
  },
  complete: (uploadId, parts, signal) => {
    const path = `${BASE}/${uploadId}/complete`;
    return requestJson({ method: "POST", path, body: { parts }, response: uploadView, signal });
  },
  cancel: async (uploadId) => {
    await requestJson({ method: "POST", path: `${BASE}/${uploadId}/cancel`, response: z.unknown(), keepalive: true });
  },
  get: (uploadId, signal) => requestJson({ method: "GET", path: `${BASE}/${uploadId}`, response: uploadView, signal }),
};
