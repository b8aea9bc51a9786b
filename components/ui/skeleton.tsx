import type { ReactNode } from "react";

interface SkeletonProps {
  /** CSS lengths. */
  width?: string;
  height?: string;
  className?: string;
}

/** A bar or block in the final shape; appears after 200 ms. */
export function Skeleton({ width = "100%", height = "14px", className = "" }: SkeletonProps) {
  return <span className={`skeleton ${className}`} style={{ width, height }} aria-hidden />;
}

interface SkeletonGroupProps {
  /** What is read and how long it takes, once it takes longer: “Reading 2.2 M observations, usually 3 s”. */
  label: string;
  showLabel?: boolean;
  children: ReactNode;
}

export function SkeletonGroup({ label, showLabel = false, children }: SkeletonGroupProps) {
  return (
    <div role="status" aria-busy="true" className="flex flex-col gap-2">
      {children}
      <span className={showLabel ? "mt-1 text-xs text-muted" : "sr-only"}>{label}</span>
    </div>
  );
}

export function SkeletonRows({ rows = 6, label = "Loading" }: { rows?: number; label?: string }) {
  return (
    <SkeletonGroup label={label}>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="flex h-(--row) items-center gap-6 border-b border-line last:border-0">
          <Skeleton width="14%" height="10px" />
          <Skeleton width={`${34 - ((index * 7) % 13)}%`} height="10px" />
          <Skeleton width="18%" height="10px" className="ml-auto" />
        </div>
      ))}
    </SkeletonGroup>
  );
}
