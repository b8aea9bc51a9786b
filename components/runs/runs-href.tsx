export interface RunFilter {
  state?: string | undefined;
  algorithm?: string | undefined;
}

/** The same page with another filter; paging starts anew. */
export function runsHref(filter: RunFilter & { cursor?: string | undefined }): string {
  const query = new URLSearchParams();
  for (const name of ["state", "algorithm", "cursor"] as const) {
    const value = filter[name];
    if (value) query.set(name, value);
  }
  const text = query.toString();
  return text === "" ? "/runs" : `/runs?${text}`;
}

/** The form of a new run with inputs filled in. */
export function newRunHref(algorithm: string, inputs: Readonly<Record<string, string>>): string {
  return `/runs/new/${algorithm}?${new URLSearchParams(inputs).toString()}`;
}
