/** God Mode: the platform's own console. */
import '@predictu/ui/styles.css';
import { startProgram } from '@predictu/ui/shell/program.tsx';
import { AdminFrame } from './frame.tsx';
import { Gate } from './gate.tsx';
import { screens } from './screens.ts';
import { client } from './session.ts';

startProgram({ base: '/admin', client, screens, frame: AdminFrame, gate: (program) => <Gate>{program}</Gate> });
