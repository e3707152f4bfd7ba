/** The report of `predictu verify`, for people. */
import type { BookResult, BooksReport } from './verify-books.ts';

const count = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',');

/** One line for a claim that holds; the differences below it when it does not. */
export function reportOf(result: BookResult): string {
  const head = `${result.ok ? 'ok  ' : 'FAIL'}  ${result.name.padEnd(18)} ${count(result.compared).padStart(11)}  ${result.claim}`;
  if (result.ok) return head;
  const examples = result.differences.map(({ subject, expected, found }) => `        ${subject}: expected ${expected}; found ${found}`);
  const more = result.found > examples.length ? [`        ... and ${count(result.found - examples.length)} more`] : [];
  return [head, ...examples, ...more].join('\n');
}

/** The last line of the report. */
export function verdictOf({ ok, checks }: BooksReport): string {
  const failed = checks.filter((check) => !check.ok);
  return ok
    ? `The books are right: ${checks.length} checks, no difference.`
    : `The books are wrong: ${failed.length} of ${checks.length} checks failed (${failed.map(({ name }) => name).join(', ')}).`;
}

/** The whole report, one check a line. */
export const booksReport = (report: BooksReport): string => [...report.checks.map(reportOf), '', verdictOf(report)].join('\n');
