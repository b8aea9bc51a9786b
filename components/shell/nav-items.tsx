import {
  Activity,
  Car,
  Database,
  HeartPulse,
  House,
  Package,
  PlugZap,
  type LucideIcon,
  Radio,
  Settings,
  Upload,
  Workflow,
} from "lucide-react";

export interface NavItem {
  href: string;
  label: string;
  icon: LucideIcon;
  /** Letter after G. */
  key: string;
  group?: "domains" | "foot";
  /** Stands in the phone's tab bar. */
  isTab?: boolean;
}

export const NAV_ITEMS: readonly NavItem[] = [
  { href: "/", label: "Overview", icon: House, key: "o", isTab: true },
  { href: "/uploads", label: "Uploads", icon: Upload, key: "u", isTab: true },
  { href: "/datasets", label: "Datasets", icon: Database, key: "d" },
  { href: "/runs", label: "Runs", icon: Activity, key: "r", isTab: true },
  { href: "/pipelines", label: "Pipelines", icon: Workflow, key: "p" },
  { href: "/charging", label: "Charging", icon: PlugZap, key: "c", group: "domains" },
  { href: "/sensors", label: "Sensors", icon: Radio, key: "s", group: "domains", isTab: true },
  { href: "/driving", label: "Driving", icon: Car, key: "v", group: "domains" },
  { href: "/runner", label: "Apps", icon: Package, key: "a", group: "domains" },
  { href: "/health", label: "Health", icon: HeartPulse, key: "h", group: "foot" },
  { href: "/settings", label: "Settings", icon: Settings, key: "e", group: "foot" },
];

export function isCurrent(item: NavItem, path: string): boolean {
  return item.href === "/" ? path === "/" : path === item.href || path.startsWith(`${item.href}/`);
}
