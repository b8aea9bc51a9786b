import type { ReactNode } from "react";
import { CopyButton } from "./copy-button.tsx";
import { Note } from "./note.tsx";

interface ErrorStateProps {
  /** What failed: “The residual could not be drawn”. */
  title: ReactNode;
  /** Where (row, column, value) and what to do. */
  children?: ReactNode;
  actions?: ReactNode;
  requestId?: string;
  className?: string;
}

/** What, where, what to do, and the request id to copy. */
export function ErrorState({ title, children, actions, requestId, className }: ErrorStateProps) {
  return (
    <div role="alert" className={className}>
      <Note
        state="fault"
        title={title}
        actions={
          actions === undefined && requestId === undefined ? undefined : (
            <>
              {actions}
              {requestId === undefined ? null : (
                <CopyButton text={requestId} what="request id">
                  Copy id <code className="font-mono">{requestId}</code>
                </CopyButton>
              )}
            </>
          )
        }
      >
        {children}
      </Note>
    </div>
  );
}
