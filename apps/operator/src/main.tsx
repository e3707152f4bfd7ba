/** The operator console: an operator's own players, trades, money and settings, and nobody else's. */
import '@predictu/ui/styles.css';
import { startProgram } from '@predictu/ui/shell/program.tsx';
import { OperatorFrame } from './frame.tsx';
import { Gate } from './gate.tsx';
import { screens } from './screens.ts';
import { client } from './session.ts';

startProgram({ base: '/operator', client, screens, frame: OperatorFrame, gate: (program) => <Gate>{program}</Gate> });
