"use client";

import { Search } from "lucide-react";
import { useState } from "react";
import { Icon } from "#components/ui/icon";
import { countOf } from "#lib/format/lists";
import { matchesOperation, type ApiOperation } from "#lib/openapi/read-operations";
import { ApiOperationItem } from "./api-operation.tsx";

interface ApiReferenceProps {
  operations: readonly ApiOperation[];
  baseUrl: string;
}

/** Every operation by tag, found by typing. */
export function ApiReference({ operations, baseUrl }: ApiReferenceProps) {
  const [search, setSearch] = useState("");
  const found = operations.filter((operation) => matchesOperation(operation, search));
  const tags = [...new Set(found.map(({ tag }) => tag))];
  return (
    <>
      <div className="sticky top-0 z-(--z-sticky) border-y border-line bg-surface py-2">
        <div className="flex flex-wrap items-center gap-3">
          <label className="flex h-(--control-md) min-w-56 flex-1 items-center rounded-md border border-control bg-raised focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-focus">
            <span className="sr-only">Search operations</span>
            <Icon icon={Search} size="sm" className="mx-[9px] text-muted" />
            <input
              type="search"
              value={search}
              onChange={(event) => setSearch(event.target.value)}
              placeholder="Search, such as “post runs”"
              className="h-full min-w-0 flex-1 bg-transparent pr-2 text-sm outline-0 max-sm:text-lg"
            />
          </label>
          <span className="text-xs text-muted" role="status">
            {countOf(found.length, "operation")} of {operations.length}
          </span>
        </div>
      </div>
      <nav aria-label="Tags" className="mt-3 flex flex-wrap gap-x-3.5 gap-y-1 text-xs">
        {tags.map((tag) => (
          <a key={tag} href={`#${anchorOf(tag)}`} className="text-accent hover:underline max-sm:py-1">
            {tag}
          </a>
        ))}
      </nav>
      {tags.map((tag) => (
        <section key={tag} aria-labelledby={anchorOf(tag)} className="pt-6">
          <h2 id={anchorOf(tag)} className="scroll-mt-28 border-b border-line-strong pb-1.5 text-base">
            {tag}
          </h2>
          <ul>
            {found
              .filter((operation) => operation.tag === tag)
              .map((operation) => (
                <ApiOperationItem key={operation.id} operation={operation} baseUrl={baseUrl} />
              ))}
          </ul>
        </section>
      ))}
      {found.length === 0 ? (
        <p className="py-10 text-center text-sm text-muted">No operation has all of these words.</p>
      ) : null}
    </>
  );
}

const anchorOf = (tag: string) => `tag-${tag.toLowerCase().replaceAll(" ", "-")}`;
