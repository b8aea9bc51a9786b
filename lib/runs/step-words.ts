/** Steps of apps are named for programs that read them: "fetching_input" is "Fetching input" to people. */
export function stepWords(step: string): string {
  const words = step.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
