import { pageOf } from "#lib/http/pagination";
import { route } from "#lib/http/route";
import { createdUpload, createUploadInput, listUploadsQuery, uploadView } from "#lib/uploads/schema";
import { createUpload } from "#lib/uploads/service/create-upload";
import { listUploads } from "#lib/uploads/store";

export const GET = route(
  {
    access: "uploads:read",
    tag: "Uploads",
    summary: "List uploads, newest first",
    query: listUploadsQuery,
    response: pageOf(uploadView),
  },
  ({ ctx, input }) => listUploads(ctx, input.query),
);

export const POST = route(
  {
    access: "uploads:create",
    tag: "Uploads",
    summary: "Announce a file: checked before anything is signed",
    body: createUploadInput,
    response: createdUpload,
    status: 201,
    audit: "upload.created",
  },
  ({ ctx, input }) => createUpload(ctx, input.body),
);
