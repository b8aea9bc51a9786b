/**
 * What late files bring: rows older than the newest of all rows before them, in the order of files and lines, and
 * those older than the same driver's newest. A watermark of all vehicles would lose the former.
 */
export function latenessQuery(): string {
  const before = "rows between unbounded preceding and 1 preceding";
  return `with files as (
  select source_file, max(max(clock_s)) over (order by source_file ${before}) as newest_before
  from records group by source_file
), seen as (
  select records.source_file, records.clock_s,
    greatest(coalesce(files.newest_before, records.clock_s), coalesce(max(records.clock_s) over (
      partition by records.source_file order by records.source_row ${before}), records.clock_s)) as newest_s,
    max(records.clock_s) over (
      partition by records.driver_id order by records.source_file, records.source_row ${before}) as driver_newest_s
  from records join files on files.source_file = records.source_file
)
select source_file, count(*) as record_count,
  cast(sum(case when clock_s < newest_s then 1 else 0 end) as bigint) as late_count,
  cast(sum(case when clock_s < driver_newest_s then 1 else 0 end) as bigint) as late_for_driver_count,
  max(case when clock_s < newest_s then newest_s - clock_s else 0 end) as lateness_s_max
from seen group by source_file`;
}
