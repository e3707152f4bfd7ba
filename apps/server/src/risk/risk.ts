/**
 * Door of risk. Nouns: exposure, its snapshots over time, walls, circuit breakers, risk events. Invariants: walls and breakers are rules the
 * batch decides by; a snapshot is never changed. Locks: the sequencer for breakers and limits; none for snapshots.
 */
export { armPlatformBreaker } from './arm-platform-breaker.ts';

export { PLAYER_COUNTS } from './flagged-player.sql.ts';
export { showRiskEvent } from './list-risk-events.ts';
export { recordSharpDetections } from './record-sharp-detections.ts';
export { selectRiskEvents as findRiskEvents } from './risk-event.sql.ts';
export { riskOf } from './risk-level.ts';
export { takeExposureSnapshot } from './take-exposure-snapshot.ts';
