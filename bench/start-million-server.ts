/** The application on the million, in a process of its own: `npm start`'s options, and limits that a bench does not meet. */
import { join } from 'node:path';
import { AS_NPM_START, type Child, startChild } from './child.ts';
import type { Million } from './million.ts';

const UNLIMITED = '1000000';

type Starting = { env?: Record<string, string>; profileFolder?: string | undefined };

export const startMillionServer = ({ secret, appUrl, folder }: Million, { env = {}, profileFolder }: Starting = {}): Child =>
  startChild('million-server.ts', {
    args: [secret, appUrl],
    env: {
      RATE_LIMIT_PLAYER_PER_MINUTE: UNLIMITED,
      RATE_LIMIT_ADMIN_PER_MINUTE: UNLIMITED,
      RATE_LIMIT_OPERATOR_PER_MINUTE: UNLIMITED,
      RATE_LIMIT_PUBLIC_PER_MINUTE: UNLIMITED,
      PREDICTU_DATA_DIR: join(folder, 'server'),
      ...env,
    },
    execArgv: [...AS_NPM_START, ...(profileFolder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`])],
  });
