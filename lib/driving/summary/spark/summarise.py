"""Runs the summary's SQL on Spark: the same queries that DuckDB runs, over the same Parquet files.

spark-submit summarise.py REQUEST, where REQUEST is a path or an address that Spark reads and holds {"records": [files],
"setup": [{"name", "query", "isKept"}], "tables": {name: query}, "output": folder, "kept": folder, "partitions"}. Every
table becomes Parquet files in output/NAME; output/about comes last: who computed them and for how long.
"""

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from pyspark.sql import SparkSession

# Small tables wait more for the driver than for data.
AT_ONCE = 4


def main(place):
    started = time.monotonic()
    spark = SparkSession.builder.appName("driving-summary").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    print(f"Spark {spark.version} after {time.monotonic() - started:.1f} s", flush=True)
    request = json.loads(spark.read.text(place, wholetext=True).first()[0])
    spark.conf.set("spark.sql.session.timeZone", "UTC")
    spark.conf.set("spark.sql.shuffle.partitions", str(request["partitions"]))
    spark.read.parquet(*request["records"]).createOrReplaceTempView("records")
    began = time.monotonic()

    def write(name, query, folder):
        before = time.monotonic()
        spark.sql(query).write.mode("overwrite").parquet(folder)
        print(f"{name}: {time.monotonic() - before:.1f} s", flush=True)

    for step in request["setup"]:
        name = step["name"]
        if step["isKept"]:
            # Read back from files: Spark does not recognise a cached query inside of another one and computes it again.
            folder = f"{request['kept']}/{name}"
            write(name, step["query"], folder)
            spark.read.parquet(folder).createOrReplaceTempView(name)
        else:
            spark.sql(step["query"]).createOrReplaceTempView(name)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        waiting = [
            pool.submit(write, name, query, f"{request['output']}/{name}") for name, query in request["tables"].items()
        ]
        for table in waiting:
            table.result()
    took = time.monotonic() - began
    about = f"select '{spark.version}' as spark_version, {took:.3f}e0 as computed_s"
    write("about", about, f"{request['output']}/about")
    spark.stop()


main(sys.argv[1])
