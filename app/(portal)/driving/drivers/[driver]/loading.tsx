import { Page } from "#components/shell/page";
import { SkeletonRows } from "#components/ui/skeleton";

export default function Loading() {
  return (
    <Page crumbs={[{ label: "Driving", href: "/driving" }, { label: "Driver" }]}>
      <div className="gutter-x pt-[22px] pb-10 max-md:pt-4">
        <SkeletonRows rows={10} label="Reading the driver" />
      </div>
    </Page>
  );
}
