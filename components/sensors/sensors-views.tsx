import { Bell, List, Map as MapIcon, TriangleAlert, Users } from "lucide-react";
import { SegmentedLinks } from "#components/ui/segmented";
import { hrefWith } from "#lib/sensors/pages/url-filter";

export type SensorsView = "map" | "list" | "faults" | "alerts" | "owners";

const VIEWS = [
  { view: "map", label: "Map", icon: MapIcon },
  { view: "list", label: "List", icon: List },
  { view: "faults", label: "Faults", icon: TriangleAlert },
  { view: "alerts", label: "Alerts", icon: Bell },
  { view: "owners", label: "Owners", icon: Users },
] as const;

interface SensorsViewsProps {
  current: SensorsView;
  /** The filter of map and list, kept when switching between them. */
  params?: URLSearchParams;
}

/** The ways to look at the sensors of a workspace. */
export function SensorsViews({ current, params = new URLSearchParams() }: SensorsViewsProps) {
  const segments = VIEWS.map(({ view, label, icon: Icon }) => ({
    href: hrefOf(view, params),
    // On a phone the words stand alone: with icons, four do not fit beside the title.
    label,
    icon: <Icon size={14} strokeWidth={1.75} aria-hidden className="max-md:hidden" />,
    current: view === current,
  }));
  return <SegmentedLinks label="View" segments={segments} />;
}

function hrefOf(view: SensorsView, params: URLSearchParams): string {
  if (view === "map") return hrefWith("/sensors", params, { view: null });
  if (view === "list") return hrefWith("/sensors", params, { view: "list", sensor: null });
  return `/sensors/${view}`;
}
