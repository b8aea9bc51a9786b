function initialsOf(name: string): string {
  const words = name.split(/[\s@._-]+/).filter(Boolean);
  return ((words[0]?.[0] ?? "?") + (words[1]?.[0] ?? "")).toUpperCase();
}

export function Avatar({ name }: { name: string }) {
  return (
    <span
      aria-hidden
      className="grid size-[26px] flex-none place-items-center rounded-full bg-accent-wash text-[11px] font-bold text-accent shadow-[inset_0_0_0_1px_var(--color-accent-line)]"
    >
      {initialsOf(name)}
    </span>
  );
}
