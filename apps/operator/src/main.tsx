/** The operator console: an operator's own players, trades, money and settings, and nobody else's. */
import '@predictu/ui/styles.css';
import { startProgram } from '@predictu/ui/shell/program.tsx';
import { OperatorFrame } from './frame.tsx';
import { Gate } from './gate.tsx';
import { screens } from './screens.ts';
import { client } from './session.ts';

/** It stands at two addresses; each is a base of its own. */
const base = /^\/dashboard(\/|$)/.test(location.pathname) ? '/dashboard' : '/operator';

startProgram({ base, client, screens, frame: OperatorFrame, gate: (program) => <Gate>{program}</Gate> });
