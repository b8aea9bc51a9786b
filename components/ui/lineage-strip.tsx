import Link from "next/link";
import type { ReactNode } from "react";
import { classNames } from "#lib/format/class-names";
import { drawIcon, type IconSource } from "./icon.tsx";

export interface LineageNode {
  key: string;
  icon: IconSource;
  title: ReactNode;
  detail: ReactNode;
  href?: string;
  /** The thing this page is about. */
  here?: boolean;
}

/** File → upload → dataset → run → result → views, each a link back towards the file. */
export function LineageStrip({ nodes, label = "Lineage" }: { nodes: readonly LineageNode[]; label?: string }) {
  return (
    <ol
      aria-label={label}
      tabIndex={0}
      className="flex items-stretch overflow-x-auto py-0.5 text-xs max-md:flex-col max-md:items-start"
    >
      {nodes.map((node, index) => (
        <li key={node.key} className="flex flex-none items-center max-md:flex-col max-md:items-start">
          {index > 0 ? <Arrow /> : null}
          <Box node={node} />
        </li>
      ))}
    </ol>
  );
}

function Box({ node }: { node: LineageNode }) {
  const className = classNames(
    "flex items-center gap-[9px] rounded-md border bg-raised px-2.5 py-[7px]",
    node.here ? "border-accent shadow-[inset_0_0_0_1px_var(--color-accent)]" : "border-line",
  );
  const content = (
    <>
      {drawIcon(node.icon, "md", "text-muted")}
      <span>
        <span className="block font-bold text-ink">{node.title}</span>
        <span className="block text-2xs text-muted">{node.detail}</span>
      </span>
    </>
  );
  if (node.href === undefined || node.here) {
    return (
      <div className={className} aria-current={node.here ? "true" : undefined}>
        {content}
      </div>
    );
  }
  return (
    <Link href={node.href} className={`${className} hover:bg-hover`}>
      {content}
    </Link>
  );
}

function Arrow() {
  return (
    <svg
      viewBox="0 0 18 10"
      className="h-2.5 w-[18px] flex-none text-line-strong max-md:ml-3 max-md:h-[18px] max-md:w-2.5 max-md:rotate-90"
      fill="none"
      stroke="currentColor"
      aria-hidden
    >
      <path d="M0 5h17M13 1.5 16.7 5 13 8.5" />
    </svg>
  );
}
