/** Trims header names, names the empty ones `column_<n>`, and tells repeated ones apart (`temp`, `temp_2`). */
export function uniqueColumns(names: readonly string[]): string[] {
  const seen = new Set<string>();
  return names.map((raw, index) => {
    const base = raw.trim() === "" ? `column_${index + 1}` : raw.trim();
    let name = base;
    for (let n = 2; seen.has(name); n++) name = `${base}_${n}`;
    seen.add(name);
    return name;
  });
}
