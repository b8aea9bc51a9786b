/**
 * Values at a path of a JSON answer: names and dots, `[]` for every element of a list. "" is the answer itself; what
 * is not there gives nothing.
 */
export function readPath(value: unknown, path: string): unknown[] {
  if (path === "") return [value];
  return path.split(".").reduce<unknown[]>(
    (found, part) => {
      const name = part.replace(/\[\]$/, "");
      const members = found.flatMap((one) => {
        const isObject = typeof one === "object" && one !== null && Object.hasOwn(one, name);
        return isObject ? [(one as Record<string, unknown>)[name]] : [];
      });
      return part.endsWith("[]") ? members.flatMap((one) => (Array.isArray(one) ? (one as unknown[]) : [])) : members;
    },
    [value],
  );
}
