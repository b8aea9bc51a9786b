import { FileSpreadsheet } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "#components/ui/icon";
import { Quantity } from "#components/ui/quantity";
import { StateBadge } from "#components/ui/state-badge";
import { classNames } from "#lib/format/class-names";
import { contourSheet } from "./contours.ts";
import { Mark } from "./mark.tsx";

// Drawn once per process; only server components import this file.
const SHEET = contourSheet(41);

interface AuthLayoutProps {
  /** A form of 36 px title and large controls. */
  children: ReactNode;
  /** Below: state of the service, version, links. */
  footer?: ReactNode;
}

/** The frame of sign-in, invitation and reset: the form on paper, the survey sheet beside it. */
export function AuthLayout({ children, footer }: AuthLayoutProps) {
  return (
    <div className="min-h-dvh grid-cols-[minmax(440px,5fr)_7fr] max-md:flex max-md:flex-col md:grid">
      <div className="flex flex-col border-line bg-surface px-14 py-8 max-md:order-2 max-md:flex-1 max-md:px-5 max-md:py-6 md:border-r">
        <header className="max-md:hidden">
          <Brand />
        </header>
        <main id="main" className="my-auto w-full max-w-[360px] max-md:mt-[18px] max-md:mb-auto max-md:max-w-none">
          {children}
        </main>
        {footer === undefined ? null : (
          <footer className="mt-8 flex flex-wrap items-center justify-between gap-x-4 gap-y-1 text-xs text-muted">
            {footer}
          </footer>
        )}
      </div>
      <div
        className="relative overflow-hidden bg-map-land max-md:order-1 max-md:h-[196px] max-md:flex-none"
        aria-hidden
      >
        <svg
          viewBox={`30 30 ${SHEET.widthPx - 60} ${SHEET.heightPx - 60}`}
          preserveAspectRatio="xMidYMid slice"
          className="absolute inset-0 size-full"
        >
          {SHEET.lines.map((line, index) => (
            <path
              key={index}
              d={line.path}
              fill="none"
              stroke="var(--color-accent)"
              strokeWidth={line.index ? 1.5 : 0.9}
              opacity={line.index ? 0.42 : 0.26}
            />
          ))}
        </svg>
        <Brand className="absolute top-[18px] left-5 md:hidden" />
        <Examples />
      </div>
    </div>
  );
}

function Brand({ className }: { className?: string }) {
  return (
    <div className={classNames("flex items-center gap-2.5 text-[17px] font-bold tracking-[-.01em]", className)}>
      <Mark className="size-6" />
      Fieldport
    </div>
  );
}

const CARD = "float-panel absolute px-3.5 py-2.5 text-sm";

/** What the portal will show: a good reading, a faulty one, a kept share, and the way back to the file. */
function Examples() {
  return (
    <>
      <div className={`${CARD} top-[20%] left-[14%] max-md:top-auto max-md:bottom-4 max-md:left-5`}>
        <div className="cap">PM2.5, Beacon Hill, 14:03</div>
        <Quantity value={20.1} unit="µg/m³" headline />
        <div className="mt-0.5">
          <StateBadge state="good">good, reference</StateBadge>
        </div>
      </div>
      <div className={`${CARD} top-[37%] right-[11%] max-md:hidden`}>
        <div className="cap">SEA-0217</div>
        <Quantity value={31.8} unit="µg/m³" headline />
        <div className="mt-0.5">
          <StateBadge state="fault">fault: drift, 9 days</StateBadge>
        </div>
      </div>
      <div className={`${CARD} top-[58%] left-[24%] max-md:hidden`}>
        <div className="cap">Readings kept, October</div>
        <Quantity value={97} unit="%" headline />
        <div className="mt-0.5 text-xs text-muted">1,204 rejected, each with its reason</div>
      </div>
      <div className="float-panel absolute bottom-14 left-1/2 flex -translate-x-1/2 items-center px-[18px] py-3 text-xs whitespace-nowrap max-lg:hidden">
        <Icon icon={FileSpreadsheet} className="mr-2.5" />
        <Step title="readings_2026-10.csv" detail="6.1 MB, sha256 51b0…9d" />
        <Rule />
        <Step title="38,940 rows" detail="clean-readings v1" />
        <Rule />
        <Step title="31.8 µg/m³" detail="run 9a1d…e4" />
      </div>
    </>
  );
}

function Step({ title, detail }: { title: string; detail: string }) {
  return (
    <span>
      <span className="block font-medium">{title}</span>
      <span className="block text-2xs text-muted">{detail}</span>
    </span>
  );
}

function Rule() {
  return <span className="mx-3 h-px w-[30px] bg-line-strong" />;
}

/** Title and lead of a sign-in page. */
export function AuthHead({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <div className="mb-[22px]">
      <h1 className="text-3xl tracking-[-.025em]">{title}</h1>
      {children === undefined ? null : <p className="mt-1.5 text-muted">{children}</p>}
    </div>
  );
}
