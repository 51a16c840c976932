/** cron: five fields, in UTC · everySeconds: at least 1, whatever the number of processes */
export type JobTime = { readonly cron: string } | { readonly everySeconds: number };

/** Work that runs in the background, one run at a time over all processes. A run that died is repeated: make it idempotent. */
export type Job = {
  /** Letters, digits, hyphens and dots, for example `scheduled-apply`. */
  readonly name: string;
  readonly when: JobTime;
  /** Seconds after which a run counts as dead; default 15 minutes. */
  readonly expireInSeconds?: number;
  readonly run: (context: { readonly now: Date }) => Promise<void>;
};

export function defineJob(job: Job): Job {
  return job;
}
