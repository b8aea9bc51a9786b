import { countedWindows, nabNormalised, type NabFile, type NabProfile, nabRows, probationRows } from "./nab-score.ts";

export interface ScoredNabFile extends NabFile {
  /** Anomaly score per row. */
  scores: ArrayLike<number>;
}

export interface NabCorpusScore {
  /** A row is a detection when its score is at least this; Infinity when silence is best. */
  threshold: number;
  rawScore: number;
  /** 0 = no detection, 100 = perfect; NaN without windows. */
  normalised: number;
}

interface Candidate {
  score: number;
  window: number;
  worth: number;
}

/** Rows of all files that can be detections, highest score first; windows are numbered over the corpus. */
function candidatesOf(files: readonly ScoredNabFile[]): Candidate[] {
  const candidates: Candidate[] = [];
  let windowsBefore = 0;
  for (const file of files) {
    const rows = nabRows(file);
    for (let i = probationRows(file.rowCount); i < rows.length; i++) {
      const score = file.scores[i]!;
      if (Number.isNaN(score)) continue;
      const { window, worth } = rows[i]!;
      candidates.push({ score, window: window < 0 ? -1 : windowsBefore + window, worth });
    }
    windowsBefore += file.windows.length;
  }
  return candidates.sort((a, b) => b.score - a.score);
}

/**
 * The one threshold for the whole corpus that maximises the raw score, as NAB chooses it: every distinct score is
 * tried in one sweep from above. O(n log n).
 */
export function optimiseNabThreshold(files: readonly ScoredNabFile[], profile: NabProfile): NabCorpusScore {
  const windowCount = files.reduce((sum, file) => sum + countedWindows(file), 0);
  const candidates = candidatesOf(files);
  const best = new Map<number, number>();
  let raw = 0 - profile.miss * windowCount;
  let optimum = { threshold: Infinity, rawScore: raw };
  for (let i = 0; i < candidates.length;) {
    const { score } = candidates[i]!;
    for (; i < candidates.length && candidates[i]!.score === score; i++) {
      const { window, worth } = candidates[i]!;
      if (window < 0) raw += profile.falseAlarm * worth;
      else {
        const before = best.get(window);
        if (before !== undefined && before >= worth) continue;
        raw += profile.hit * worth - (before === undefined ? -profile.miss : profile.hit * before);
        best.set(window, worth);
      }
    }
    if (raw > optimum.rawScore) optimum = { threshold: score, rawScore: raw };
  }
  return { ...optimum, normalised: nabNormalised(optimum.rawScore, windowCount, profile) };
}
