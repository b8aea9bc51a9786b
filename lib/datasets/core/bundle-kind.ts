/** A zip that an algorithm reads as a whole: it is checked and kept, nothing in it is cleaned. Browser-safe. */
export interface BundleKind {
  kind: string;
  label: string;
  description: string;
  /** What keeps these files from being of this kind, for people; null when they are. */
  problemOf(paths: readonly string[]): string | null;
}
