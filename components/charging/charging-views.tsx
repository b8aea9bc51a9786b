import { Bookmark, Car, Map as MapIcon, PlugZap, ReceiptText } from "lucide-react";
import { SegmentedLinks } from "#components/ui/segmented";

export type ChargingView = "scenarios" | "map" | "tariffs" | "adoption" | "ports";

const VIEWS = [
  { view: "scenarios", href: "/charging", label: "Scenarios", icon: Bookmark },
  { view: "map", href: "/charging/map", label: "Map", icon: MapIcon },
  { view: "tariffs", href: "/charging/tariffs", label: "Tariffs", icon: ReceiptText },
  { view: "adoption", href: "/charging/adoption", label: "Adoption", icon: Car },
  { view: "ports", href: "/charging/ports", label: "Ports", icon: PlugZap },
] as const;

/** The parts of charging: what was computed, and the tables that it is computed from. */
export function ChargingViews({ current }: { current: ChargingView }) {
  const segments = VIEWS.map(({ view, href, label, icon: Icon }) => ({
    href,
    label,
    icon: <Icon size={14} strokeWidth={1.75} aria-hidden className="max-md:hidden" />,
    current: view === current,
  }));
  return <SegmentedLinks label="View" segments={segments} />;
}
