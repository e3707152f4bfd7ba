/** Whether a message may be sent again: its link must still work, and nothing later may have taken its place. */
export type RetryState = 'possible' | 'queued' | 'sent' | 'link_expired' | 'link_replaced';

export type RetryFacts = {
  status: 'queued' | 'sent' | 'failed';
  /** Null when nothing of it runs out. */
  linkExpiresAt: Date | null;
  /** Whether a later message of the same kind went to the same recipient. */
  followed: boolean;
};

export function retryState({ status, linkExpiresAt, followed }: RetryFacts, now: Date): RetryState {
  if (status !== 'failed') return status;
  if (linkExpiresAt === null) return 'possible';
  if (linkExpiresAt <= now) return 'link_expired';
  return followed ? 'link_replaced' : 'possible';
}
