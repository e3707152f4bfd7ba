/**
 * Door of engagement. Nouns: watchlist, price alert, notification, profile, leaderboard, feed, referral.
 * Invariants: an alert goes off once; a name is shown only of who shows it, and nobody sees a player of another operator; a bonus is
 * credited once, by the terms of the moment the code was redeemed.
 * Lock order: its own state rows only; money moves through trading.
 */
export { playerDigest } from './digest-mail.ts';
export { followAlerts } from './fire-alerts.ts';
export { followResults, forgetResultsOfOld } from './follow-results.ts';
export { digestReaderOf, leaveDigest, leaveDigestPath, UNSUBSCRIBE_PATH } from './leave-digest.ts';
export { showNames } from './profile.sql.ts';
export { rewardReferrals } from './reward-referrals.ts';
export { sendDigests } from './send-digests.ts';
