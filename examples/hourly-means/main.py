"""Hourly means of every CSV in the input zip: one CSV per input file, in the output zip."""

import csv
import io
import json
import os
import zipfile
from datetime import datetime


def hourly_means(rows, time_column, value_column):
    """Means by hour, in order of time; values that are missing or no numbers are counted and left out."""
    sums, left_out = {}, 0
    for row in rows:
        try:
            hour = datetime.fromisoformat(row[time_column].replace("Z", "+00:00")).replace(minute=0, second=0, microsecond=0)
            value = float(row[value_column])
        except (KeyError, TypeError, ValueError):
            left_out += 1
            continue
        total, count = sums.get(hour, (0.0, 0))
        sums[hour] = (total + value, count + 1)
    return [(hour.isoformat(), total / count, count) for hour, (total, count) in sorted(sums.items())], left_out


def write_csv(means):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["hour", "mean", "values"])
    writer.writerows((hour, f"{mean:.6g}", count) for hour, mean, count in means)
    return text.getvalue()


def main():
    with open(os.environ["FIELDPORT_PARAMETERS"], encoding="utf-8") as file:
        parameters = json.load(file)
    columns = parameters["timeColumn"], parameters["valueColumn"]
    written = 0
    with zipfile.ZipFile(os.environ["FIELDPORT_INPUT"]) as source, zipfile.ZipFile(
        os.environ["FIELDPORT_OUTPUT"], "w", zipfile.ZIP_DEFLATED
    ) as target:
        for name in sorted(source.namelist()):
            if not name.lower().endswith(".csv"):
                print(f"{name}: passed over, it is no CSV")
                continue
            with io.TextIOWrapper(source.open(name), encoding="utf-8-sig", newline="") as text:
                means, left_out = hourly_means(csv.DictReader(text), *columns)
            print(f"{name}: hours: {len(means)}, rows left out: {left_out}")
            if means:
                target.writestr(f"{name[:-4]}-hourly.csv", write_csv(means))
                written += 1
    if written == 0:
        raise SystemExit(f"No CSV with the columns {columns[0]} and {columns[1]}. Correct the parameters or the input.")


if __name__ == "__main__":
    main()
