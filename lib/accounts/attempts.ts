const minute = 60_000;

/** How many failed sign-ins are free, for one account and from one address, before a pause is due. */
export const FREE_ATTEMPTS = { account: 5, address: 20 } as const;

/** Failures older than this are forgotten. Milliseconds. */
export const MEMORY = 24 * 60 * minute;

const firstPause = 15 * minute;
const longestPause = 4 * 60 * minute;

/**
 * How long the next attempt must wait, in milliseconds; 0: not at all. Within one pause there are `free` attempts, and
 * the pause doubles from 15 minutes to 4 hours with every `free` failures of the last day.
 * @param failures newest first
 */
export function attemptPause(failures: readonly Date[], free: number, now: Date): number {
  const remembered = failures.filter((at) => now.getTime() - at.getTime() < MEMORY);
  const rounds = Math.floor(remembered.length / free);
  const decisive = remembered[free - 1];
  if (rounds === 0 || !decisive) return 0;
  const pause = Math.min(firstPause * 2 ** (rounds - 1), longestPause);
  return Math.max(0, decisive.getTime() + pause - now.getTime());
}

/** What stands for an address: itself, or the /64 of an IPv6 address, which one household or server owns whole. */
export function addressKey(address: string): string {
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.toLowerCase().split("::");
  const groups = head.split(":").filter(Boolean);
  const rest = tail === undefined ? [] : tail.split(":").filter(Boolean);
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - groups.length - rest.length)).fill("0");
  return [...groups, ...zeros, ...rest]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":");
}
