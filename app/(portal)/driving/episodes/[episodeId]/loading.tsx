import { Page } from "#components/shell/page";
import { SkeletonRows } from "#components/ui/skeleton";

export default function Loading() {
  return (
    <Page crumbs={[{ label: "Driving", href: "/driving" }, { label: "Episode" }]}>
      <div className="gutter-x pt-[22px] pb-10 max-md:pt-4">
        <SkeletonRows rows={10} label="Reading the episode" />
      </div>
    </Page>
  );
}
