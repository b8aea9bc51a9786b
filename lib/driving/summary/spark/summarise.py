"""Runs the summary's SQL on Spark: the same statements that DuckDB runs, over the same Parquet files.

summarise.py REQUEST.json reads {"records": [paths], "setup": [{"name", "sql"}], "tables": {name: sql}, "output": DIR,
"memoryMb", "threads", "repeat"} and writes one NAME.jsonl per table and timing.json. It opens no port and needs no
network.
"""

import datetime
import decimal
import json
import os
import sys
import time

from pyspark.sql import SparkSession


def plain(value):
    if isinstance(value, decimal.Decimal):
        return float(value)
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    return value


def main(path):
    with open(path, encoding="utf-8") as file:
        request = json.load(file)
    started = time.monotonic()
    # A local cluster takes "threads"; a real one has its own master and memory.
    builder = SparkSession.builder.appName("driving-summary")
    if request.get("threads"):
        builder = builder.master(f"local[{request['threads']}]").config("spark.driver.bindAddress", "127.0.0.1")
        builder = builder.config("spark.driver.host", "127.0.0.1").config("spark.ui.enabled", "false")
        builder = builder.config("spark.driver.memory", f"{request['memoryMb']}m")
        builder = builder.config("spark.sql.shuffle.partitions", str(request.get("partitions", 2)))
        builder = builder.config("spark.local.dir", request["output"])
    spark = builder.config("spark.sql.session.timeZone", "UTC").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    timing = {"spark": spark.version, "startS": time.monotonic() - started, "summaryS": [], "steps": []}
    for _ in range(request.get("repeat", 1)):
        spark.catalog.clearCache()
        for statement in request["setup"]:
            spark.catalog.dropTempView(statement["name"])
        began = time.monotonic()
        spark.read.parquet(*request["records"]).createOrReplaceTempView("records")
        steps = {}
        for statement in request["setup"]:
            before = time.monotonic()
            spark.sql(statement["sql"])
            steps[statement["name"]] = time.monotonic() - before
        for name, sql in request["tables"].items():
            before = time.monotonic()
            rows = spark.sql(sql).collect()
            steps[name] = time.monotonic() - before
            with open(os.path.join(request["output"], f"{name}.jsonl"), "w", encoding="utf-8") as out:
                for row in rows:
                    out.write(json.dumps({key: plain(value) for key, value in row.asDict().items()}, ensure_ascii=False))
                    out.write("\n")
        timing["steps"].append(steps)
        timing["summaryS"].append(time.monotonic() - began)
    with open(os.path.join(request["output"], "timing.json"), "w", encoding="utf-8") as file:
        json.dump(timing, file)
    spark.stop()


main(sys.argv[1])
