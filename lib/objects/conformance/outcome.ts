import { S3ServiceException } from "@aws-sdk/client-s3";

/** Name and status of the refusal that `promise` must end in, as in `NoSuchKey 404`. */
export async function refusalOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof S3ServiceException) return `${error.name} ${error.$metadata.httpStatusCode ?? 0}`;
    throw error;
  }
  return "accepted";
}
