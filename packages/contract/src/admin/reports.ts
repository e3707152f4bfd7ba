/** Reports of the platform: on demand, scheduled, and bulk exports. */
import { endpoint } from '../endpoint.ts';
import { listed, paged, single } from '../page.ts';
import {
  anyFile,
  bulkExport,
  exportBody,
  fileListQuery,
  ofExport,
  ofExportType,
  ofReport,
  ofSchedule,
  platformReportBody,
  platformScheduleBody,
  removedSchedule,
  report,
  schedule,
  scheduleChangeBody,
} from '../shapes/report.ts';

const common = { audience: 'admin', tag: 'Reports' } as const;
const exports = { audience: 'admin', tag: 'Exports' } as const;
const FILE = 'application/octet-stream';

export const createReport = endpoint({
  ...common,
  method: 'POST',
  path: '/api/internal/reports',
  needs: 'read',
  summary: 'Generate a report',
  description:
    'Ready at once up to 100,000 rows; a larger one, or one that takes longer than ten seconds, is answered as `processing`: ask `poll_url`. The link works for two hours.',
  body: platformReportBody,
  answer: single(report),
  refusals: ['CONFLICT'],
});
export const listReports = endpoint({
  ...common,
  method: 'GET',
  path: '/api/internal/reports',
  summary: 'List reports',
  description: 'Of the last thirty days, the latest first.',
  query: fileListQuery,
  answer: paged(report),
});
export const getReport = endpoint({
  ...common,
  method: 'GET',
  path: '/api/internal/reports/{report_id}',
  summary: 'Get how a report stands',
  params: ofReport,
  answer: single(report),
});
export const downloadReport = endpoint({
  ...common,
  method: 'GET',
  path: '/api/internal/reports/{report_id}/download',
  summary: 'Download a report',
  params: ofReport,
  answer: anyFile,
  file: FILE,
  refusals: ['CONFLICT', 'LINK_EXPIRED'],
});

export const createSchedule = endpoint({
  ...common,
  method: 'POST',
  path: '/api/internal/reports/scheduled',
  summary: 'Schedule a report',
  description: 'Made at the time of day in UTC, on the days its frequency says, and sent to its recipients by e-mail.',
  body: platformScheduleBody,
  status: 201,
  answer: single(schedule),
  refusals: ['CONFLICT'],
});
export const listSchedules = endpoint({
  ...common,
  method: 'GET',
  path: '/api/internal/reports/scheduled',
  summary: 'List scheduled reports',
  answer: listed(schedule),
});
export const changeSchedule = endpoint({
  ...common,
  method: 'PATCH',
  path: '/api/internal/reports/scheduled/{schedule_id}',
  summary: 'Change a schedule',
  description: 'What is not named stays. The next run is reckoned anew.',
  params: ofSchedule,
  body: scheduleChangeBody,
  answer: single(schedule),
});
export const removeSchedule = endpoint({
  ...common,
  method: 'DELETE',
  path: '/api/internal/reports/scheduled/{schedule_id}',
  summary: 'Remove a schedule',
  description: 'The reports it has made stay until they expire.',
  params: ofSchedule,
  answer: single(removedSchedule),
});

export const startExport = endpoint({
  ...exports,
  method: 'POST',
  path: '/api/internal/export/{type}',
  needs: 'read',
  summary: 'Export data',
  description:
    'Everything of this type in the period, for another program: trades, ledger and risk events by `created_at`, users by when they first came, positions by `opened_at`, settlements by `resolved_at`. Ask `poll_url` until it is ready; the link works for an hour.',
  params: ofExportType,
  body: exportBody,
  status: 202,
  answer: single(bulkExport),
  refusals: ['CONFLICT'],
});
export const listExports = endpoint({
  ...exports,
  method: 'GET',
  path: '/api/internal/export',
  summary: 'List exports',
  description: 'Of the last thirty days, the latest first.',
  query: fileListQuery,
  answer: paged(bulkExport),
});
export const getExport = endpoint({
  ...exports,
  method: 'GET',
  path: '/api/internal/export/{export_id}/status',
  summary: 'Get how an export stands',
  params: ofExport,
  answer: single(bulkExport),
});
export const downloadExport = endpoint({
  ...exports,
  method: 'GET',
  path: '/api/internal/export/{export_id}/download',
  summary: 'Download an export',
  description: 'One with personal data needs the permission "users", like making it.',
  params: ofExport,
  answer: anyFile,
  file: FILE,
  refusals: ['CONFLICT', 'LINK_EXPIRED'],
});
