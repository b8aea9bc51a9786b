/** "08:15" of a slot of the day. */
export function clockOf(slot: number): string {
  return `${String(Math.floor(slot / 4)).padStart(2, "0")}:${String((slot % 4) * 15).padStart(2, "0")}`;
}
