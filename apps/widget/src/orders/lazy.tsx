/** The screens of limit orders, fetched only where the operator has switched them on. */
import { type ComponentProps, lazy, Suspense } from 'react';

const Ticket = lazy(async () => ({ default: (await import('./limit-ticket.tsx')).LimitTicket }));
const Orders = lazy(async () => ({ default: (await import('./open-orders.tsx')).OpenOrders }));
const Book = lazy(async () => ({ default: (await import('./order-book.tsx')).OrderBook }));

export const LimitTicket = (given: ComponentProps<typeof Ticket>) => (
  <Suspense fallback={null}>
    <Ticket {...given} />
  </Suspense>
);
export const OpenOrders = (given: ComponentProps<typeof Orders>) => (
  <Suspense fallback={null}>
    <Orders {...given} />
  </Suspense>
);
export const OrderBook = (given: ComponentProps<typeof Book>) => (
  <Suspense fallback={null}>
    <Book {...given} />
  </Suspense>
);
