import { Download, Search } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "#components/ui/button";
import { Icon } from "#components/ui/icon";
import { IconButton } from "#components/ui/icon-button";
import { SegmentedControl } from "#components/ui/segmented";

export type LogFileKind = "machine" | "app";

export interface LogFiles {
  kind: LogFileKind;
  onKind: (kind: LogFileKind) => void;
}

interface LogFrameProps {
  /** Which of two files is shown; null where there is one log. */
  files: LogFiles | null;
  /** Small, beside the title. */
  status?: ReactNode;
  /** More choices, before the search. */
  filters?: ReactNode;
  search: string;
  onSearch: (search: string) => void;
  /** Where the whole log is downloaded from, or how it is saved. */
  download: string | (() => void);
  children: ReactNode;
}

const LABEL = "Download log";

/** Head of the log: which one, what is looked for, how to take it along. */
export function LogFrame({ files, status, filters, search, onSearch, download, children }: LogFrameProps) {
  return (
    <section className="gutter-x border-b border-line py-[18px]" aria-labelledby="run-log">
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <h2 id="run-log" className="text-base leading-5 max-md:basis-full">
          Log
        </h2>
        {files ? (
          <SegmentedControl
            label="Which log"
            value={files.kind}
            onChange={files.onKind}
            segments={[
              { value: "machine", label: "Machine" },
              { value: "app", label: "App’s own" },
            ]}
          />
        ) : null}
        {status}
        <span className="flex-1" />
        {filters}
        <label className="flex h-(--control-sm) w-[190px] items-center rounded-md border border-control bg-raised focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-focus max-md:order-last max-md:w-full">
          <span className="sr-only">Search log</span>
          <Icon icon={Search} size="sm" className="mx-[9px] text-muted" />
          <input
            type="search"
            value={search}
            onChange={(event) => onSearch(event.target.value)}
            placeholder="Search log"
            className="h-full min-w-0 flex-1 bg-transparent pr-2 text-sm outline-0 max-sm:text-lg"
          />
        </label>
        {typeof download === "string" ? (
          <Button size="sm" square icon={Download} href={download} download aria-label={LABEL} title={LABEL} />
        ) : (
          <IconButton label={LABEL} icon={Download} size="sm" variant="secondary" onClick={download} />
        )}
      </div>
      {children}
    </section>
  );
}
