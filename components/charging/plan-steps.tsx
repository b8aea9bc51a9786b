import { ArrowLeftRight, Banknote, ChartSpline, GraduationCap } from "lucide-react";
import Link from "next/link";
import { Icon } from "#components/ui/icon";

/** The way from sessions to a plan; each step takes what the one before it made, or what comes with the portal. */
const STEPS = [
  {
    algorithm: "train-session-model",
    icon: GraduationCap,
    title: "Learn from sessions",
    text: "When and how much people charge, by segment. Or use the model that comes with the portal.",
  },
  {
    algorithm: "forecast-load",
    icon: ChartSpline,
    title: "Forecast the load",
    text: "Of so many vehicles, by county, over a weekday, a weekend day or the year.",
  },
  {
    algorithm: "optimise-charging",
    icon: ArrowLeftRight,
    title: "Manage charging",
    text: "The cheapest schedule under a tariff, with a proof, against rules of thumb.",
  },
  {
    algorithm: "cost-benefit",
    icon: Banknote,
    title: "Weigh costs and benefits",
    text: "Bills, supply and emissions of a case; four cost tests.",
  },
] as const;

export function PlanSteps() {
  return (
    <ol className="mb-7 grid gap-3 sm:grid-cols-2 xl:grid-cols-4">
      {STEPS.map(({ algorithm, icon, title, text }) => (
        <li key={algorithm} className="relative flex gap-3 rounded-md border border-line p-3 hover:bg-hover">
          <Icon icon={icon} className="mt-0.5 flex-none text-muted" />
          <div>
            <Link href={`/runs/new/${algorithm}`} className="font-bold text-ink after:absolute after:inset-0">
              {title}
            </Link>
            <p className="text-xs text-muted">{text}</p>
          </div>
        </li>
      ))}
    </ol>
  );
}
