/** Path -> screen. Each is loaded when first opened. */
import type { Screens } from '@predictu/ui/shell/program.tsx';
import { lazyRouteComponent } from '@tanstack/react-router';

export const screens: Screens = {
  '/': lazyRouteComponent(() => import('./home/home.tsx'), 'Home'),
  '/activity': lazyRouteComponent(() => import('./activity/activity.tsx'), 'Activity'),
  '/operators': lazyRouteComponent(() => import('./operators/operators.tsx'), 'Operators'),
  '/operators/$slug': lazyRouteComponent(() => import('./operators/operator.tsx'), 'OperatorPage'),
  '/applications': lazyRouteComponent(() => import('./applications/applications.tsx'), 'Applications'),
  '/users': lazyRouteComponent(() => import('./users/users.tsx'), 'Users'),
  '/users/$userId': lazyRouteComponent(() => import('./users/user.tsx'), 'UserPage'),
  '/trades': lazyRouteComponent(() => import('./trades/trades.tsx'), 'Trades'),
  '/markets': lazyRouteComponent(() => import('./markets/markets.tsx'), 'Markets'),
  '/markets/$marketId': lazyRouteComponent(() => import('./markets/market.tsx'), 'MarketPage'),
  '/risk': lazyRouteComponent(() => import('./risk/risk.tsx'), 'Risk'),
  '/exposure': lazyRouteComponent(() => import('./exposure/exposure.tsx'), 'Exposure'),
  '/sharp-bettors': lazyRouteComponent(() => import('./sharp-bettors/sharp-bettors.tsx'), 'SharpBettors'),
  '/settlements': lazyRouteComponent(() => import('./settlements/settlements.tsx'), 'Settlements'),
  '/callbacks': lazyRouteComponent(() => import('./callbacks/callbacks.tsx'), 'Callbacks'),
  '/mails': lazyRouteComponent(() => import('./mails/mails.tsx'), 'Mails'),
  '/revenue': lazyRouteComponent(() => import('./revenue/revenue.tsx'), 'Revenue'),
  '/invoices': lazyRouteComponent(() => import('./invoices/invoices.tsx'), 'Invoices'),
  '/invoices/$invoiceId': lazyRouteComponent(() => import('./invoices/invoice.tsx'), 'InvoicePage'),
  '/reports': lazyRouteComponent(() => import('./reports/reports.tsx'), 'Reports'),
  '/analytics': lazyRouteComponent(() => import('./analytics/analytics.tsx'), 'Analytics'),
  '/audit-log': lazyRouteComponent(() => import('./audit-log/audit-log.tsx'), 'AuditLog'),
  '/configuration': lazyRouteComponent(() => import('./configuration/configuration.tsx'), 'Configuration'),
};
