/**
 * Door of reports. Nouns: file (a report or bulk export: what was asked, how far it is, until when it can be fetched), schedule.
 * Invariants: a file is handed out whole or not at all, to whoever it belongs to, until it expires; one report for each run of a schedule;
 * what a dead process was making is made anew by another, and given up after three tries. Reads anything through the doors, as its owner.
 * Locks: one file or one schedule at a time.
 */
import { join } from 'node:path';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db.ts';
import type { NewId } from '../platform/ids.ts';
import {
  changeOwnSchedule,
  changeSchedule,
  createOwnSchedule,
  createSchedule,
  listOwnSchedules,
  listSchedules,
  removeOwnSchedule,
  removeSchedule,
} from './change-schedules.ts';
import { createOwnReport, createReport, startExport } from './create-report.ts';
import { openFileThreads } from './file-threads.ts';
import { downloads, getExport, getOwnReport, getReport, listExports, listOwnReports, listReports } from './list-files.ts';
import { type MakerParts, makeOne, makeWaiting } from './make-waiting.ts';
import { removeFiles } from './remove-files.ts';
import { runSchedules } from './run-schedules.ts';

export { reportAttachments, reportMails } from './announce-report.ts';

export type ReportOptions = {
  database: Database;
  appUrl: string;
  dataFolder: string;
  clock: Clock;
  newId: NewId;
  log: { warn(fields: object, message: string): void };
};
export type Reports = ReturnType<typeof openReports>;

/** Opens reports in this process: its handlers, and the jobs of a worker. */
export function openReports({ appUrl, dataFolder, ...rest }: ReportOptions) {
  const threads = openFileThreads(appUrl);
  const parts: MakerParts = { ...rest, threads, folder: join(dataFolder, 'reports') };
  const asking = { database: rest.database, makeNow: (id: bigint) => makeOne(parts, id) };
  return {
    handlers: {
      createReport: createReport(asking),
      createOwnReport: createOwnReport(asking),
      startExport,
      listReports,
      listOwnReports,
      listExports,
      getReport,
      getOwnReport,
      getExport,
      ...downloads(parts.folder),
      createSchedule,
      createOwnSchedule,
      listSchedules,
      listOwnSchedules,
      changeSchedule,
      changeOwnSchedule,
      removeSchedule,
      removeOwnSchedule,
    },
    /** Makes what waits; safe to run at any time, anywhere, twice. */
    makeWaiting: () => makeWaiting(parts),
    /** Asks for the reports of schedules that are due. */
    runSchedules: () => runSchedules(parts),
    /** Removes what has expired. */
    removeFiles: () => removeFiles(parts),
    close: () => threads.close(),
  };
}
