/** The platform on the clock of a history: its services, its endpoints and the worker's tasks, for the demo that makes a past. */
import { tasks } from './jobs.ts';
import { routes } from './routes.ts';
import { openServices, type ServiceOptions } from './services.ts';

export async function openPast({ log, ...options }: Omit<ServiceOptions, 'history' | 'loopback'>) {
  // What goes as it should has been going so for months.
  const quiet = log.child({}, { level: 'warn' });
  // The demo's casino listens on this machine.
  const past = await openServices({ ...options, log: quiet, history: true, loopback: () => true });
  return { ...past, routes: routes(past), jobs: tasks(past) };
}
