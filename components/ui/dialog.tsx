"use client";

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { useState, type ReactElement, type ReactNode } from "react";
import { Button } from "./button.tsx";
import { FieldError } from "./field.tsx";

export const SCRIM = "fixed inset-0 z-(--z-dialog) animate-[fade-in_var(--dur-2)] bg-scrim";
const WIDTHS = { sm: "max-w-[420px]", md: "max-w-[560px]", lg: "max-w-[820px]" } as const;

interface DialogProps {
  /** Names the thing: “Revoke “Gateway Kitsap”?”. */
  title: ReactNode;
  description?: ReactNode;
  /** The element that opens it; leave out when `open` is controlled. */
  trigger?: ReactElement;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** Buttons, the primary one last. */
  footer?: ReactNode;
  size?: keyof typeof WIDTHS;
  /** Shows a × in the corner; on unless there is a footer. */
  closable?: boolean;
  children?: ReactNode;
}

export function Dialog(props: DialogProps) {
  const { title, description, trigger, open, onOpenChange, footer, size = "sm", children } = props;
  const closable = props.closable ?? footer === undefined;
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      {trigger ? <Radix.Trigger asChild>{trigger}</Radix.Trigger> : null}
      <Radix.Portal>
        <Radix.Overlay className={SCRIM} />
        <Radix.Content
          {...(description === undefined ? { "aria-describedby": undefined } : {})}
          className={`pop-panel fixed top-[12vh] left-1/2 z-(--z-dialog) flex max-h-[80vh] w-[calc(100vw-24px)] -translate-x-1/2 animate-[fade-in_var(--dur-2)] flex-col outline-none ${WIDTHS[size]}`}
        >
          <div className="flex items-start gap-3 px-[18px] pt-[18px]">
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-lg font-bold">{title}</Radix.Title>
              {description === undefined ? null : (
                <Radix.Description className="mt-1 text-sm text-ink-2">{description}</Radix.Description>
              )}
            </div>
            {closable ? (
              <Radix.Close asChild>
                {/* no tooltip: it would open with the focus and take the first Escape */}
                <Button
                  variant="ghost"
                  size="sm"
                  square
                  icon={X}
                  aria-label="Close"
                  title="Close"
                  className="-mt-0.5 -mr-1"
                />
              </Radix.Close>
            ) : null}
          </div>
          {/* tabIndex: a long text without controls must still scroll by keyboard */}
          <div className="min-h-0 overflow-y-auto px-[18px] pt-2 pb-[18px] text-sm" tabIndex={-1}>
            {children}
          </div>
          {footer === undefined ? null : (
            <div className="flex flex-wrap justify-end gap-2 px-[18px] pb-[18px]">{footer}</div>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Closes the dialog it stands in. */
export function DialogClose({ children }: { children: ReactElement }) {
  return <Radix.Close asChild>{children}</Radix.Close>;
}

interface ConfirmDialogProps {
  title: ReactNode;
  /** What will happen, to what, and whether it can be undone. */
  description: ReactNode;
  /** Repeats the verb: “Revoke key”. */
  confirmLabel: string;
  /** Says what stays: “Keep key”. */
  cancelLabel: string;
  danger?: boolean;
  /** Rejecting keeps the dialog open with the message of the error. */
  onConfirm: () => void | Promise<void>;
  trigger?: ReactElement;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  children?: ReactNode;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const [ownOpen, setOwnOpen] = useState(false);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<string>();
  const setOpen = (open: boolean) => {
    setError(undefined);
    setOwnOpen(open);
    props.onOpenChange?.(open);
  };
  const confirm = async () => {
    setPending(true);
    setError(undefined);
    try {
      await props.onConfirm();
      setOpen(false);
    } catch (cause) {
      setError(cause instanceof Error ? cause.message : String(cause));
    } finally {
      setPending(false);
    }
  };
  return (
    <Dialog
      title={props.title}
      description={props.description}
      trigger={props.trigger}
      open={props.open ?? ownOpen}
      onOpenChange={setOpen}
      footer={
        <>
          <DialogClose>
            <Button>{props.cancelLabel}</Button>
          </DialogClose>
          <Button
            variant={props.danger ? "danger-solid" : "primary"}
            pending={pending}
            onClick={() => {
              void confirm();
            }}
          >
            {props.confirmLabel}
          </Button>
        </>
      }
    >
      {props.children}
      {error === undefined ? null : <FieldError>{error}</FieldError>}
    </Dialog>
  );
}
