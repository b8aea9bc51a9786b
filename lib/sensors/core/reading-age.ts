/** Colours the map by the hours since each sensor's last reading, where else a quantity is named. */
export const READING_AGE = "reading-age";
