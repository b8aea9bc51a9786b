import { ArrowRight, Database, File } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { CopyButton } from "#components/ui/copy-button";
import { Icon } from "#components/ui/icon";
import { Section } from "#components/ui/section";
import { formatBytes } from "#lib/format/bytes";
import { shortHash } from "#lib/format/lists";
import { isLive, type RunDetail, type RunState } from "#lib/runs/schema";

type RunFile = RunDetail["artifacts"][number];

/** What the run read and wrote, each by its hash and to take along. */
export function RunFiles({ artifacts, state }: { artifacts: readonly RunFile[]; state: RunState }) {
  const inputs = artifacts.filter((artifact) => artifact.direction === "input");
  const outputs = artifacts.filter((artifact) => artifact.direction === "output");
  return (
    <Section title="Inputs and outputs">
      <ul>
        {inputs.map((artifact) => (
          <FileRow key={`in-${artifact.name}`} artifact={artifact} icon={artifact.datasetId ? Database : File} />
        ))}
        {outputs.map((artifact) => (
          <FileRow key={`out-${artifact.name}`} artifact={artifact} icon={ArrowRight} />
        ))}
      </ul>
      {inputs.length === 0 ? <Words>Reads the workspace’s observations, no file of its own.</Words> : null}
      {outputs.length === 0 ? <Words>{noOutputWords(state)}</Words> : null}
    </Section>
  );
}

function noOutputWords(state: RunState): string {
  if (isLive(state)) return "No output yet.";
  return state === "succeeded" ? "Wrote no file; its result is on this page." : "Wrote nothing.";
}

function Words({ children }: { children: ReactNode }) {
  return <p className="py-1.5 text-xs text-muted">{children}</p>;
}

function FileRow({ artifact, icon }: { artifact: RunFile; icon: typeof File }) {
  const { artifactId, name, datasetId, sha256, sizeBytes } = artifact;
  const look = "min-w-0 truncate text-accent hover:underline";
  return (
    <li className="flex min-h-(--row-dense) items-center gap-2 border-b border-line text-sm last:border-b-0 max-sm:min-h-11">
      <Icon icon={icon} size="sm" className="text-muted" />
      {datasetId ? (
        <Link href={`/datasets/${datasetId}`} className={look} title={name}>
          {name}
        </Link>
      ) : (
        <a href={`/api/v1/artifacts/${artifactId}/content`} className={look} title={`Download ${name}`}>
          {name}
        </a>
      )}
      <span className="ml-auto flex flex-none items-center gap-1.5 text-xs whitespace-nowrap text-muted">
        {formatBytes(sizeBytes)}
        <code className="font-mono" title={`sha256 ${sha256}`}>
          {shortHash(sha256)}
        </code>
        <CopyButton text={sha256} what={`hash of ${name}`} />
      </span>
    </li>
  );
}
