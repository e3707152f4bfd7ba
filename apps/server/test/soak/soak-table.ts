/** What a soak run came to, for people. */
import type { SoakReport } from './soak.ts';

const SHOWN_DEFECTS = 20;

export function soakTable(report: SoakReport): string {
  const { sums, defects } = report;
  const dollars = (cents: bigint): string => `${(Number(cents) / 100).toFixed(2)} USD`;
  const group = (title: string, counts: Record<string, number>): [string, string][] =>
    Object.entries(counts)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, n]) => [`${title}  ${name}`, String(n)]);
  const rows: [string, string][] = [
    ['callbacks', String(report.callbacks)],
    ['attempts', String(report.attempts)],
    ['seconds', report.seconds.toFixed(0)],
    ['platform killed', String(report.kills)],
    ...group('fault', report.faults),
    ...group('trade', report.trades),
    ...group('market', report.settled),
    ...group('state', report.states),
    ['sent again by a person', String(report.replayed)],
    ['longest open, seconds', report.longestOpenSeconds.toFixed(0)],
    ['longest unknown, seconds', report.longestUnknownSeconds.toFixed(0)],
    ['calls that were an alarm', String(report.alarms)],
    ['net to players, platform', dollars(sums.platform)],
    ['net to players, casinos', dollars(sums.casinos)],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(([name, value]) => `${name.padEnd(width)}  ${value.padStart(16)}`);
  lines.push(...report.books.split('\n').filter((line) => line.startsWith('FAIL')));
  lines.push(...defects.slice(0, SHOWN_DEFECTS).map((defect) => `DEFECT  ${defect}`));
  lines.push(defects.length === 0 ? 'Clean: both sides agree about every cent, and the books are right.' : `${defects.length} defects.`);
  return lines.join('\n');
}
