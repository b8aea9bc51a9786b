import type { RuleFinding, RuleSeverity } from "#lib/datasets/core/quality-report";
import { describeRows } from "#lib/datasets/core/quality-sentences";
import { Note } from "#components/ui/note";
import { StateBadge } from "#components/ui/state-badge";
import { formatNumber } from "#lib/format/numbers";
import { classNames } from "#lib/format/class-names";

const LOOKS: Record<RuleSeverity, { colour: string; state: "suspect" | "info" | "silent" }> = {
  dropped: { colour: "var(--color-suspect-mark)", state: "suspect" },
  repaired: { colour: "var(--color-info-mark)", state: "info" },
  noted: { colour: "var(--color-silent-mark)", state: "silent" },
};

/** Every rule that did something: how often, where, with examples to open. */
export function RuleList({ findings }: { findings: readonly RuleFinding[] }) {
  const most = Math.max(1, ...findings.map((finding) => finding.count));
  if (findings.length === 0)
    return <p className="text-sm text-muted">No rule found anything: every row was kept as it is.</p>;
  return (
    <ul>
      {findings.map((finding, index) => (
        <li key={finding.rule} className="border-b border-line last:border-b-0">
          <details className="group/rule" open={index === 0}>
            <summary className="grid cursor-pointer list-none grid-cols-[minmax(0,1fr)_max-content] gap-x-3 py-2.5 text-sm [&::-webkit-details-marker]:hidden">
              <span className="flex flex-wrap items-center gap-x-2">
                <span className="font-medium">{finding.label}</span>
                <span className="text-xs text-muted">{describeRows(finding)}</span>
                <StateBadge state={LOOKS[finding.severity].state}>{finding.severity}</StateBadge>
              </span>
              <span className="text-right">{formatNumber(finding.count)}</span>
              <span aria-hidden className="col-span-2 mt-1.5 block h-[3px] bg-line">
                <span
                  className="block h-full"
                  style={{ width: `${(finding.count / most) * 100}%`, background: LOOKS[finding.severity].colour }}
                />
              </span>
            </summary>
            <Examples finding={finding} />
          </details>
        </li>
      ))}
    </ul>
  );
}

function Examples({ finding }: { finding: RuleFinding }) {
  const hasFiles = finding.examples.some((example) => example.file !== undefined);
  const isBad = finding.severity === "dropped";
  return (
    <div className="pb-3.5">
      <p className="cap mb-1">
        {formatNumber(finding.examples.length)} of {formatNumber(finding.count)}, as they stand in the file
      </p>
      <div className="overflow-x-auto" tabIndex={0} role="region" aria-label={`Examples: ${finding.label}`}>
        <table className="w-full border-collapse text-xs">
          <thead>
            <tr className="cap text-left">
              {hasFiles ? <th className={HEAD}>File</th> : null}
              <th className={classNames(HEAD, "text-right")}>Row</th>
              <th className={HEAD}>Column</th>
              <th className={HEAD}>Value</th>
              <th className={HEAD}>What</th>
            </tr>
          </thead>
          <tbody>
            {finding.examples.map((example, index) => (
              <tr key={index} className="border-b border-line last:border-b-0">
                {hasFiles ? <td className={CELL}>{example.file}</td> : null}
                <td className={classNames(CELL, "text-right text-muted")}>{formatNumber(example.row)}</td>
                <td className={classNames(CELL, "font-mono")}>{example.column ?? "whole row"}</td>
                <td className={CELL}>
                  <code
                    className={classNames(
                      "rounded-xs px-1 font-mono [overflow-wrap:anywhere]",
                      isBad ? "bg-fault-wash text-fault" : "bg-info-wash text-info",
                    )}
                  >
                    {example.value === "" ? "(empty)" : example.value}
                  </code>
                </td>
                <td className={CELL}>{example.detail}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {finding.advice === null ? null : (
        <Note state="info" className="mt-2.5">
          {finding.advice}
        </Note>
      )}
    </div>
  );
}

const HEAD = "border-b border-line-strong py-1 pr-3 font-medium last:pr-0";
const CELL = "h-(--row-dense) pr-3 align-middle last:pr-0";
