const STEPS = [5, 15, 30, 60, 120, 240, 480, 720, 1_440, 2_880, 4_320] as const;

/**
 * Minutes that are offered as a time to live, shortest first: round ones that policy allows, with its own default and most.
 */
export function lengthsOf(policy: { readonly defaultMinutes: number; readonly maxMinutes: number }): readonly number[] {
  const most = policy.maxMinutes;
  const all = [...STEPS, policy.defaultMinutes, most].filter((minutes) => minutes <= most);
  return [...new Set(all)].sort((a, b) => a - b);
}
