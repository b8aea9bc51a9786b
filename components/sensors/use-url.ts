"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import { hrefWith } from "#lib/sensors/pages/url-filter";

export interface Url {
  params: URLSearchParams;
  /** The same page with parameters changed; null takes one away. */
  href: (changes: Record<string, string | null>) => string;
  /** Goes there without asking the server; Back returns. */
  push: (changes: Record<string, string | null>) => void;
  /** The same without a step for Back, for what changes continuously. */
  replace: (changes: Record<string, string | null>) => void;
}

/** The URL as the state of the page. */
export function useUrl(): Url {
  const path = usePathname();
  const search = useSearchParams().toString();
  const params = useMemo(() => new URLSearchParams(search), [search]);
  const href = useCallback((changes: Record<string, string | null>) => hrefWith(path, params, changes), [path, params]);
  return useMemo(
    () => ({
      params,
      href,
      push: (changes) => window.history.pushState(null, "", href(changes)),
      replace: (changes) => window.history.replaceState(null, "", href(changes)),
    }),
    [params, href],
  );
}
