"use client";

import { useState } from "react";
import { Note } from "#components/ui/note";
import type { QualityReport, RuleFinding } from "#lib/datasets/core/quality-report";
import { describeRows } from "#lib/datasets/core/quality-sentences";
import { classNames } from "#lib/format/class-names";
import { formatNumber } from "#lib/format/numbers";

const FILL = { dropped: "bg-suspect-mark", repaired: "bg-info-mark", noted: "bg-silent-mark" } as const;

interface RuleFindingsProps {
  report: QualityReport;
  onCleanAgain: () => void;
}

/** What each rule did, and the rows behind the chosen one. */
export function RuleFindings({ report, onCleanAgain }: RuleFindingsProps) {
  const findings = report.byRule.toSorted((a, b) => rank(a) - rank(b) || b.count - a.count);
  const [chosen, setChosen] = useState<string | null>(null);
  const finding = findings.find(({ rule }) => rule === chosen) ?? findings[0];
  if (!finding) {
    return <p className="px-5 py-4 text-sm text-muted">No rule had anything to say about this file.</p>;
  }
  const most = Math.max(...findings.map(({ count }) => count));
  return (
    <>
      <section aria-labelledby="by-rule" className="border-b border-line px-5 py-4">
        <div className="mb-0.5 flex items-baseline gap-2.5">
          <h2 id="by-rule" className="text-base">
            By rule
          </h2>
          <span className="cap">choose one to see rows</span>
        </div>
        <ul>
          {findings.map((candidate) => (
            <li key={candidate.rule} className="border-b border-line last:border-b-0">
              <RuleButton
                finding={candidate}
                most={most}
                isChosen={candidate === finding}
                onChoose={() => setChosen(candidate.rule)}
              />
            </li>
          ))}
        </ul>
      </section>
      <Examples finding={finding} onCleanAgain={onCleanAgain} />
    </>
  );
}

function rank({ severity }: RuleFinding): number {
  return severity === "dropped" ? 0 : severity === "repaired" ? 1 : 2;
}

interface RuleButtonProps {
  finding: RuleFinding;
  most: number;
  isChosen: boolean;
  onChoose: () => void;
}

function RuleButton({ finding, most, isChosen, onChoose }: RuleButtonProps) {
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      onClick={onChoose}
      className="grid w-full grid-cols-[minmax(0,1fr)_auto] gap-x-2.5 py-[7px] text-left text-sm leading-[18px] hover:bg-hover"
    >
      <span>
        <span className={classNames("font-medium", isChosen && "underline decoration-accent underline-offset-4")}>
          {finding.label}
        </span>{" "}
        <span className="text-xs text-muted">{`${finding.severity}, ${describeRows(finding)}`}</span>
      </span>
      <span className="text-right">{formatNumber(finding.count)}</span>
      <span aria-hidden className="col-span-2 mt-[5px] block h-[3px] overflow-hidden rounded-[2px] bg-line">
        <span
          className={classNames("block h-full", FILL[finding.severity])}
          style={{ width: `${(finding.count / most) * 100}%` }}
        />
      </span>
    </button>
  );
}

const HEAD =
  "border-b border-line-strong py-1 pr-3 text-left font-sans text-2xs font-medium whitespace-nowrap text-muted";
const CELL = "h-7 border-b border-line pr-3 align-middle whitespace-nowrap last:pr-0";

function Examples({ finding, onCleanAgain }: { finding: RuleFinding; onCleanAgain: () => void }) {
  const { examples, count, label, advice } = finding;
  const hasFiles = examples.some((example) => example.file !== undefined);
  return (
    <section aria-labelledby="examples" className="px-5 py-4">
      <div className="mb-0.5 flex items-baseline gap-2.5">
        <h2 id="examples" className="text-base">
          {label}
        </h2>
        <span className="cap">{`${formatNumber(examples.length)} of ${formatNumber(count)}`}</span>
      </div>
      {examples.length > 0 ? (
        <div role="region" aria-label={`Rows: ${label}`} tabIndex={0} className="overflow-x-auto">
          <table className="w-full border-collapse font-mono text-xs">
            <thead>
              <tr>
                <th scope="col" className={`${HEAD} text-right`}>
                  row
                </th>
                {hasFiles ? (
                  <th scope="col" className={HEAD}>
                    file
                  </th>
                ) : null}
                <th scope="col" className={HEAD}>
                  column
                </th>
                <th scope="col" className={HEAD}>
                  value
                </th>
                <th scope="col" className={HEAD}>
                  why
                </th>
              </tr>
            </thead>
            <tbody>
              {examples.map((example, index) => (
                <tr key={index}>
                  <td className={`${CELL} text-right text-muted`}>{formatNumber(example.row)}</td>
                  {hasFiles ? <td className={CELL}>{example.file ?? ""}</td> : null}
                  <td className={CELL}>{example.column ?? "whole row"}</td>
                  <td className={CELL}>
                    <span className="inline-block max-w-40 truncate rounded-[3px] bg-fault-wash px-[5px] py-px align-middle font-medium text-fault">
                      {example.value === "" ? "(empty)" : example.value}
                    </span>
                  </td>
                  <td className={`${CELL} font-sans text-ink-2`}>{example.detail}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      {advice ? (
        <Note state="info" className="mt-2.5">
          {advice}{" "}
          <button type="button" className="link" onClick={onCleanAgain}>
            Clean again
          </button>
        </Note>
      ) : null}
    </section>
  );
}
