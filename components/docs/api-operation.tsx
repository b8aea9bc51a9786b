"use client";

import { useState, type ReactNode } from "react";
import { CopyButton } from "#components/ui/copy-button";
import { classNames } from "#lib/format/class-names";
import { limitWords, typeWords } from "#lib/openapi/schema-words";
import type { ApiOperation, ApiParameter } from "#lib/openapi/read-operations";
import { SchemaMembers } from "./schema-members.tsx";

const METHOD: Record<string, string> = {
  GET: "text-info",
  POST: "text-good",
  PUT: "text-suspect",
  PATCH: "text-suspect",
  DELETE: "text-fault",
};

/** One operation: a line that opens to parameters, body, answer and an example. */
export function ApiOperationItem({ operation, baseUrl }: { operation: ApiOperation; baseUrl: string }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <li id={operation.id} className="scroll-mt-16 border-b border-line last:border-b-0">
      <details onToggle={(event) => setIsOpen(event.currentTarget.open)}>
        <summary className="grid list-none grid-cols-[64px_minmax(0,1fr)] items-baseline gap-x-2 gap-y-0.5 py-2.5 hover:bg-hover md:grid-cols-[64px_minmax(0,1fr)_minmax(0,1fr)] [&::-webkit-details-marker]:hidden">
          <span className={classNames("font-mono text-xs font-bold", METHOD[operation.method])}>
            {operation.method}
          </span>
          <code className="font-mono text-sm [overflow-wrap:anywhere]">{operation.path}</code>
          <span className="text-sm text-muted max-md:col-start-2">{operation.summary}</span>
        </summary>
        {isOpen ? <Body operation={operation} baseUrl={baseUrl} /> : null}
      </details>
    </li>
  );
}

function Body({ operation, baseUrl }: { operation: ApiOperation; baseUrl: string }) {
  const { parameters, body, success, problems } = operation;
  const example = curlOf(operation, baseUrl);
  return (
    <div className="pb-5 pl-0 md:pl-[72px]">
      <p className="mb-3 text-sm">
        {operation.description
          .split("`")
          .map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))}
      </p>
      {parameters.length > 0 ? (
        <Block title="Parameters">
          <ul>
            {parameters.map((parameter) => (
              <Parameter key={`${parameter.where} ${parameter.name}`} parameter={parameter} />
            ))}
          </ul>
        </Block>
      ) : null}
      {body ? (
        <Block title="Body, application/json">
          <SchemaMembers schema={body} />
        </Block>
      ) : null}
      {success ? (
        <Block
          title={`Answer ${success.status}${success.mediaTypes.length > 0 ? `, ${success.mediaTypes.join(", ")}` : ""}`}
        >
          {success.schema ? (
            <SchemaMembers schema={success.schema} />
          ) : (
            <p className="text-xs text-muted">No JSON body.</p>
          )}
        </Block>
      ) : null}
      <p className="mb-3 text-xs text-muted">Problems, application/problem+json: {problems.join(", ")}</p>
      <div className="flex items-start gap-2 rounded-md border border-line bg-sunken p-3">
        <pre tabIndex={0} aria-label="Example" className="min-w-0 flex-1 overflow-x-auto text-xs leading-5">
          {example}
        </pre>
        <CopyButton text={example} what="example" />
      </div>
    </div>
  );
}

function Block({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="mb-4">
      <h3 className="cap mb-0.5 border-b border-line-strong pb-1">{title}</h3>
      {children}
    </div>
  );
}

function Parameter({ parameter: { name, where, required, schema, description } }: { parameter: ApiParameter }) {
  return (
    <li className="flex flex-wrap gap-x-2.5 border-b border-line py-1.5 text-xs last:border-b-0">
      <code className="font-mono text-ink">{name}</code>
      <span className="text-muted">
        {where}
        {required ? "" : ", optional"}
      </span>
      <span className="text-muted">{[typeWords(schema), limitWords(schema)].filter(Boolean).join("; ")}</span>
      {description ? <span className="text-ink-2">{description}</span> : null}
    </li>
  );
}

/** A line for the shell; `$FIELDPORT_KEY` stands for an API key. */
function curlOf({ method, path, body, isPublic }: ApiOperation, baseUrl: string): string {
  const lines = [`curl ${method === "GET" ? "" : `-X ${method} `}'${baseUrl}${path}'`];
  if (!isPublic) lines.push(`-H "Authorization: Bearer $FIELDPORT_KEY"`);
  if (body) lines.push(`-H 'Content-Type: application/json'`, `-d '{…}'`);
  return lines.join(" \\\n  ");
}
