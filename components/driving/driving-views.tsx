import { Car, ChartColumn, Gauge, ListChecks, Radio, RotateCcw, VectorSquare } from "lucide-react";
import { SegmentedLinks } from "#components/ui/segmented";

const VIEWS = [
  { href: "/driving", label: "Live", icon: Radio },
  { href: "/driving/replay", label: "Replay", icon: RotateCcw },
  { href: "/driving/drivers", label: "Drivers", icon: Car },
  { href: "/driving/summaries", label: "Summary", icon: ChartColumn },
  { href: "/driving/rules", label: "Rules", icon: Gauge },
  { href: "/driving/geofences", label: "Geofences", icon: VectorSquare },
  { href: "/driving/ledger", label: "Ledger", icon: ListChecks },
] as const;

/** The ways to look at the vehicles of a workspace. */
export function DrivingViews({ current }: { current: (typeof VIEWS)[number]["href"] }) {
  const segments = VIEWS.map(({ href, label, icon: Icon }) => ({
    href,
    label,
    icon: <Icon size={14} strokeWidth={1.75} aria-hidden className="max-md:hidden" />,
    current: href === current,
  }));
  return <SegmentedLinks label="View" segments={segments} />;
}
