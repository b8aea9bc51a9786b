import { Activity, Database, HeartPulse, House, Radio, Settings, Upload, type LucideIcon } from "lucide-react";

export type NavKey = "overview" | "uploads" | "datasets" | "runs" | "sensors" | "health" | "settings";
export type NavCounts = Partial<Record<NavKey, number>>;

export interface NavItem {
  key: NavKey;
  href: string;
  label: string;
  icon: LucideIcon;
  group: "work" | "domains" | "foot";
  /** The letter after G. */
  letter: string;
}

export const NAV_ITEMS: readonly NavItem[] = [
  { key: "overview", href: "/", label: "Overview", icon: House, group: "work", letter: "o" },
  { key: "uploads", href: "/uploads", label: "Uploads", icon: Upload, group: "work", letter: "u" },
  { key: "datasets", href: "/datasets", label: "Datasets", icon: Database, group: "work", letter: "d" },
  { key: "runs", href: "/runs", label: "Runs", icon: Activity, group: "work", letter: "r" },
  { key: "sensors", href: "/sensors", label: "Sensors", icon: Radio, group: "domains", letter: "s" },
  { key: "health", href: "/health", label: "Health", icon: HeartPulse, group: "foot", letter: "h" },
  { key: "settings", href: "/settings", label: "Settings", icon: Settings, group: "foot", letter: "t" },
];

/** Whether `pathname` lies in the part of the portal that `href` opens. */
export function isWithin(pathname: string, href: string): boolean {
  return href === "/" ? pathname === "/" : pathname === href || pathname.startsWith(`${href}/`);
}
