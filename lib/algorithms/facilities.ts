/** What some options of algorithms need and not every installation has. */
export type Facility = "Spark";
