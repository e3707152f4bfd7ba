/** Path -> screen. Each is loaded when first opened. */
import type { Screens } from '@predictu/ui/shell/program.tsx';
import { lazyRouteComponent } from '@tanstack/react-router';

export const screens: Screens = {
  '/risk': lazyRouteComponent(() => import('./risk/risk.tsx'), 'Risk'),
};
