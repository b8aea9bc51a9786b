const LENGTH_MAX = 40;

/** A name as part of an address: "Zürich / Süd 2" → "zurich-sud-2"; "workspace" when nothing is left. */
export function toSlug(name: string): string {
  const slug = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}+/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, LENGTH_MAX)
    .replace(/^-+|-+$/g, "");
  return slug || "workspace";
}
