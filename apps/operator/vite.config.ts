import { program } from '../../packages/ui/vite.ts';

export default program(import.meta.dirname, '/operator/');
