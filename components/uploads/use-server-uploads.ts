"use client";

import useSWRInfinite from "swr/infinite";
import { pageOf } from "#lib/http/pagination";
import { requestJson } from "#lib/uploads/engine/browser/request";
import { uploadView, type UploadView } from "#lib/uploads/schema";
import { isMoving } from "./upload-rows.ts";

const PATH = "/api/v1/uploads";
const REFRESH_MS = 1500;
const uploadPage = pageOf(uploadView);

export interface UploadPage {
  items: UploadView[];
  nextCursor: string | null;
}

const fetchPage = (path: string): Promise<UploadPage> => requestJson({ method: "GET", path, response: uploadPage });

/** The workspace's uploads as the server knows them; asked again only while something is moving. */
export function useServerUploads(fallback: UploadPage, isSending: boolean) {
  const { data, error, size, setSize, mutate, isLoading } = useSWRInfinite<UploadPage, Error>(
    (index, previous: UploadPage | null) => {
      if (index === 0) return PATH;
      return previous?.nextCursor ? `${PATH}?cursor=${encodeURIComponent(previous.nextCursor)}` : null;
    },
    fetchPage,
    {
      fallbackData: [fallback],
      revalidateFirstPage: true,
      keepPreviousData: true,
      refreshInterval: (pages) => (isSending || pages?.some((page) => page.items.some(isMoving)) ? REFRESH_MS : 0),
    },
  );
  const pages = data ?? [fallback];
  return {
    views: pages.flatMap((page) => page.items),
    hasMore: pages.at(-1)?.nextCursor !== null,
    error: error ?? null,
    isLoading,
    showMore: () => setSize(size + 1),
    refresh: () => mutate(),
  };
}
