/** A program: its screens by path, its client, its toasts. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  type ErrorComponentProps,
  type RouteComponent,
  RouterProvider,
} from '@tanstack/react-router';
import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { Client } from '../api/client.ts';
import { ApiProvider } from '../api/use-endpoint.tsx';
import { Empty, Problem } from '../kit/panel.tsx';
import { ToastProvider } from '../kit/toasts.tsx';
import { parseSearch, stringifySearch } from './address.ts';
import { applyPreferences } from './preferences.ts';

/** Path below the program's base (`/users/$userId`) -> screen. Screens load when first opened. */
export type Screens = Record<string, RouteComponent>;

const Missing = () => <Empty>There is no such page.</Empty>;
const Failed = ({ error }: ErrorComponentProps) => <Problem error={error as Error} again={() => location.reload()} />;

function routerOf(base: string, screens: Screens, root: RouteComponent) {
  const rootRoute = createRootRoute({ component: root, notFoundComponent: Missing, errorComponent: Failed });
  const routes = Object.entries(screens).map(([path, component]) =>
    createRoute({ getParentRoute: () => rootRoute, path, component, errorComponent: Failed }),
  );
  return createRouter({
    routeTree: rootRoute.addChildren(routes),
    basepath: base,
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    scrollRestoration: true,
    // What scrolls is the page in its frame, not the window.
    scrollToTopSelectors: ['#page'],
  });
}

export type ProgramOptions = {
  base: string;
  client: Client;
  screens: Screens;
  frame: RouteComponent /** What stands in front: signing in. */;
  gate?: (program: ReactNode) => ReactNode;
};

export function startProgram({ base, client, screens, frame, gate = (program) => program }: ProgramOptions): void {
  applyPreferences();
  // While somebody signs in, or the frame is put together, the screen it opens on is on its way.
  if (location.pathname.replace(/\/$/, '') === base) void (screens['/'] as { preload?: () => Promise<unknown> } | undefined)?.preload?.();
  const router = routerOf(base, screens, frame);
  const root = document.getElementById('root');
  if (!root) throw new Error('The page has no #root');
  createRoot(root).render(
    <StrictMode>
      <ApiProvider client={client}>
        <ToastProvider>{gate(<RouterProvider router={router} />)}</ToastProvider>
      </ApiProvider>
    </StrictMode>,
  );
}
