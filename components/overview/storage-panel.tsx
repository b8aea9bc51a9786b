import { ProgressBar } from "#components/ui/progress-bar";
import { Section } from "#components/ui/section";
import { SourceLine } from "#components/ui/source-line";
import { formatBytes } from "#lib/format/bytes";
import { formatPercent } from "#lib/format/numbers";

interface StoragePanelProps {
  usedBytes: number;
  quotaBytes: number;
}

/** How much of the workspace's room is taken. */
export function StoragePanel({ usedBytes, quotaBytes }: StoragePanelProps) {
  const share = quotaBytes > 0 ? usedBytes / quotaBytes : 0;
  return (
    <Section title="Storage" caption={`${formatBytes(usedBytes)} of ${formatBytes(quotaBytes)}`}>
      <ProgressBar
        fraction={share}
        label="Storage used"
        tone={share > 0.9 ? "failed" : "active"}
        caption={share > 0.9 ? `${formatPercent(share)}, nearly full` : formatPercent(share)}
      />
      <SourceLine>
        <span>Files, tables and what is on its way, each content once</span>
      </SourceLine>
    </Section>
  );
}
