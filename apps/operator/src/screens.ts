/** Path -> screen. Each is loaded when first opened. */
import type { Screens } from '@predictu/ui/shell/program.tsx';
import { lazyRouteComponent } from '@tanstack/react-router';

export const screens: Screens = {
  '/': lazyRouteComponent(() => import('./home/home.tsx'), 'Home'),
  '/users': lazyRouteComponent(() => import('./users/users.tsx'), 'Users'),
  '/users/$userId': lazyRouteComponent(() => import('./users/user.tsx'), 'UserPage'),
  '/trades': lazyRouteComponent(() => import('./trades/trades.tsx'), 'Trades'),
  '/positions': lazyRouteComponent(() => import('./positions/positions.tsx'), 'Positions'),
  '/markets': lazyRouteComponent(() => import('./markets/markets.tsx'), 'Markets'),
  '/markets/$marketId': lazyRouteComponent(() => import('./markets/market.tsx'), 'MarketPage'),
  '/copilot': lazyRouteComponent(() => import('./copilot/copilot.tsx'), 'Copilot'),
  '/risk': lazyRouteComponent(() => import('./risk/risk.tsx'), 'Risk'),
  '/exposure': lazyRouteComponent(() => import('./exposure/exposure.tsx'), 'Exposure'),
  '/settlements': lazyRouteComponent(() => import('./settlements/settlements.tsx'), 'Settlements'),
  '/callbacks': lazyRouteComponent(() => import('./callbacks/callbacks.tsx'), 'Callbacks'),
  '/revenue': lazyRouteComponent(() => import('./revenue/revenue.tsx'), 'Revenue'),
  '/invoices': lazyRouteComponent(() => import('./invoices/invoices.tsx'), 'Invoices'),
  '/invoices/$invoiceId': lazyRouteComponent(() => import('./invoices/invoice.tsx'), 'InvoicePage'),
  '/reports': lazyRouteComponent(() => import('./reports/reports.tsx'), 'Reports'),
  '/configuration': lazyRouteComponent(() => import('./configuration/configuration.tsx'), 'Configuration'),
  '/settings': lazyRouteComponent(() => import('./settings/settings.tsx'), 'Settings'),
  '/wallet': lazyRouteComponent(() => import('./wallet/wallet.tsx'), 'Wallet'),
  '/api-keys': lazyRouteComponent(() => import('./api-keys/api-keys.tsx'), 'ApiKeys'),
  '/embed': lazyRouteComponent(() => import('./embed/embed.tsx'), 'Embed'),
};
