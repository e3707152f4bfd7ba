/**
 * Door of risk. Nouns: exposure, its snapshots over time, walls, circuit breakers, risk events. Invariants: walls and breakers are rules the
 * batch decides by; a snapshot is never changed. Locks: the sequencer for breakers and limits; none for snapshots.
 */
export { recordSharpDetections } from './record-sharp-detections.ts';
export { riskLevelOf } from './risk-level.ts';
export { takeExposureSnapshot } from './take-exposure-snapshot.ts';
