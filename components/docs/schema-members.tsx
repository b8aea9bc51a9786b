import { limitWords, membersOf, typeWords } from "#lib/openapi/schema-words";
import type { SchemaNode } from "#lib/openapi/read-operations";

const DEPTH_MAX = 5;

/** The members of an object, each with type, limits and, where it has members itself, those on request. */
export function SchemaMembers({ schema, depth = 0 }: { schema: SchemaNode; depth?: number }) {
  const members = membersOf(schema);
  if (members.length === 0) {
    return <p className="py-1 text-xs text-muted">{typeWords(schema)}</p>;
  }
  return (
    <ul className={depth > 0 ? "ml-1.5 border-l border-line pl-3" : undefined}>
      {members.map(({ name, node, required }) => {
        const hasMembers = depth < DEPTH_MAX && membersOf(node).length > 0;
        const line = (
          <>
            <code className="font-mono text-ink">{name}</code>
            {required ? null : <span className="text-muted">optional</span>}
            <span className="min-w-0 text-muted [overflow-wrap:anywhere]">
              {[typeWords(node), limitWords(node)].filter(Boolean).join("; ")}
            </span>
            {typeof node.description === "string" ? <span className="text-ink-2">{node.description}</span> : null}
          </>
        );
        return (
          <li key={name} className="border-b border-line py-1.5 text-xs last:border-b-0">
            {hasMembers ? (
              <details>
                <summary className="flex flex-wrap gap-x-2.5">
                  {line}
                  <span className="text-accent">members</span>
                </summary>
                <SchemaMembers schema={node} depth={depth + 1} />
              </details>
            ) : (
              <div className="flex flex-wrap gap-x-2.5">{line}</div>
            )}
          </li>
        );
      })}
    </ul>
  );
}
