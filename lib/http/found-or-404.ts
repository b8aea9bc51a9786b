import { notFound } from "next/navigation";
import type { z } from "zod";
import { isAppError } from "#lib/errors";

/** What a page shows, or the page that says that there is nothing: for addresses that are wrong or of another workspace. */
export async function foundOr404<T>(schema: z.ZodType, params: unknown, read: () => Promise<T>): Promise<T> {
  if (!schema.safeParse(params).success) notFound();
  try {
    return await read();
  } catch (error) {
    if (isAppError(error, "not_found")) notFound();
    throw error;
  }
}
