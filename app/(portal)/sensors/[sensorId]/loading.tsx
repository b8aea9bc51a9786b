import { Page } from "#components/shell/page";
import { Skeleton, SkeletonGroup } from "#components/ui/skeleton";

export default function Loading() {
  return (
    <Page crumbs={[{ label: "Sensors", href: "/sensors" }, { label: "Sensor" }]}>
      <div className="gutter-x pt-[22px] pb-10 max-md:pt-4">
        <SkeletonGroup label="Reading the sensor">
          <Skeleton width="180px" height="26px" />
          <Skeleton width="340px" />
          <Skeleton width="420px" height="34px" />
          <Skeleton width="min(900px, 100%)" height="320px" />
        </SkeletonGroup>
      </div>
    </Page>
  );
}
