import { GitCommitHorizontal } from "lucide-react";
import Link from "next/link";
import { Children, type ReactNode } from "react";
import { classNames } from "#lib/format/class-names";
import { Icon } from "./icon.tsx";

const LINK =
  "text-muted underline decoration-line-strong underline-offset-3 hover:text-accent hover:decoration-current";

interface SourceLineProps {
  /** Algorithm and version, run, dataset or files, age; one child each. */
  children: ReactNode;
  /** CSV, table … */
  actions?: ReactNode;
  className?: string;
}

/** The caption under every computed figure: where it came from, and how to take it along. */
export function SourceLine({ children, actions, className }: SourceLineProps) {
  const parts = Children.toArray(children);
  return (
    <div
      className={classNames(
        "mt-2 flex flex-wrap items-center gap-x-2.5 gap-y-0.5 text-2xs leading-[18px] text-muted",
        className,
      )}
    >
      <Icon icon={GitCommitHorizontal} className="!size-[13px] text-faint" />
      <span className="sr-only">Source: </span>
      {parts.map((part, index) => (
        <span key={index} className="inline-flex items-center gap-2.5">
          {index > 0 ? <span aria-hidden>·</span> : null}
          {part}
        </span>
      ))}
      {actions === undefined ? null : <span className="ml-auto flex gap-2.5">{actions}</span>}
    </div>
  );
}

interface SourceLinkProps {
  href: string;
  /** For run and file hashes. */
  mono?: boolean;
  download?: boolean;
  title?: string;
  children: ReactNode;
}

export function SourceLink({ href, mono, download, title, children }: SourceLinkProps) {
  const className = classNames(LINK, mono && "font-mono text-[10.5px]");
  return download || href.startsWith("/api/") ? (
    <a href={href} className={className} download={download} title={title}>
      {children}
    </a>
  ) : (
    <Link href={href} className={className} title={title}>
      {children}
    </Link>
  );
}
