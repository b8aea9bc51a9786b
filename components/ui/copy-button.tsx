"use client";

import { Check, Copy } from "lucide-react";
import { useState, type ReactNode } from "react";
import { Button, type ButtonProps } from "./button.tsx";
import { IconButton } from "./icon-button.tsx";

interface CopyButtonProps extends Pick<ButtonProps, "variant" | "size" | "className"> {
  text: string;
  /** What is copied: “run id”. */
  what: string;
  /** With children a labelled button, without a bare icon. */
  children?: ReactNode;
}

async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // no clipboard on plain http; the text stays selectable
  }
}

export function CopyButton({ text, what, children, variant = "ghost", size = "sm", className }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<"copied" | "failed">();
  const copy = () => {
    void copyText(text).then((copied) => {
      setOutcome(copied ? "copied" : "failed");
      window.setTimeout(() => setOutcome(undefined), 2000);
    });
  };
  const icon = outcome === "copied" ? Check : Copy;
  const said = outcome === "copied" ? "Copied" : outcome === "failed" ? "Could not copy" : undefined;
  return (
    <>
      {children === undefined ? (
        // as high as a line of text: it stands beside identifiers
        <IconButton
          label={said ?? `Copy ${what}`}
          {...{ icon, variant, size }}
          className={`-my-2 align-middle ${className ?? ""}`}
          onClick={copy}
        />
      ) : (
        <Button {...{ icon, variant, size, className }} onClick={copy}>
          {said ?? children}
        </Button>
      )}
      <span role="status" className="sr-only">
        {said ? `${said}: ${what}` : ""}
      </span>
    </>
  );
}
