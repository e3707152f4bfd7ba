/** Reports on an operator's own data, on demand and scheduled. */
import { endpoint } from '../endpoint.ts';
import { listed, paged, single } from '../page.ts';
import {
  anyFile,
  fileListQuery,
  ofReport,
  ofSchedule,
  operatorReport,
  operatorReportBody,
  operatorSchedule,
  operatorScheduleBody,
  removedSchedule,
  scheduleChangeBody,
} from '../shapes/report.ts';

const common = { audience: 'operator', tag: 'Reports' } as const;

export const createOwnReport = endpoint({
  ...common,
  method: 'POST',
  path: '/api/operator/reports/export',
  needs: 'read',
  summary: 'Export a report',
  description:
    'Ready at once up to 100,000 rows; a larger one, or one that takes longer than ten seconds, is answered as `processing`: ask `poll_url`. The link works for two hours.',
  body: operatorReportBody,
  answer: single(operatorReport),
  refusals: ['CONFLICT'],
});
export const listOwnReports = endpoint({
  ...common,
  method: 'GET',
  path: '/api/operator/reports',
  summary: 'List reports',
  description: 'Of the last thirty days, the latest first.',
  query: fileListQuery,
  answer: paged(operatorReport),
});
export const getOwnReport = endpoint({
  ...common,
  method: 'GET',
  path: '/api/operator/reports/{report_id}',
  summary: 'Get how a report stands',
  params: ofReport,
  answer: single(operatorReport),
});
export const downloadOwnReport = endpoint({
  ...common,
  method: 'GET',
  path: '/api/operator/reports/{report_id}/download',
  summary: 'Download a report',
  params: ofReport,
  answer: anyFile,
  file: 'application/octet-stream',
  refusals: ['CONFLICT', 'LINK_EXPIRED'],
});
export const createOwnSchedule = endpoint({
  ...common,
  method: 'POST',
  path: '/api/operator/reports/scheduled',
  summary: 'Schedule a report',
  description: 'Made at the time of day in UTC, on the days its frequency says, and sent to its recipients by e-mail.',
  body: operatorScheduleBody,
  status: 201,
  answer: single(operatorSchedule),
  refusals: ['CONFLICT'],
});
export const listOwnSchedules = endpoint({
  ...common,
  method: 'GET',
  path: '/api/operator/reports/scheduled',
  summary: 'List scheduled reports',
  answer: listed(operatorSchedule),
});
export const changeOwnSchedule = endpoint({
  ...common,
  method: 'PATCH',
  path: '/api/operator/reports/scheduled/{schedule_id}',
  summary: 'Change a schedule',
  description: 'What is not named stays. The next run is reckoned anew.',
  params: ofSchedule,
  body: scheduleChangeBody,
  answer: single(operatorSchedule),
});
export const removeOwnSchedule = endpoint({
  ...common,
  method: 'DELETE',
  path: '/api/operator/reports/scheduled/{schedule_id}',
  summary: 'Remove a schedule',
  description: 'The reports it has made stay until they expire.',
  params: ofSchedule,
  answer: single(removedSchedule),
});
