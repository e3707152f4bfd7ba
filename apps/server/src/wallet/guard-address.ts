/**
 * Callback URLs come from operators: they may reach public addresses only. A literal address is checked before connecting, because then
 * nothing is looked up; a name is looked up here and the addresses that were checked are the ones connected to, so it cannot change between.
 */
import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** A request that must not leave. */
class BlockedAddress extends Error {
  readonly code = 'ADDRESS_BLOCKED';
}

export type Resolve = (hostname: string, options: { all: true }, done: (error: Error | null, addresses: LookupAddress[]) => void) => void;
export type Guard = {
  /** @throws BlockedAddress when the host is a literal address that is not public. */
  checkHost(hostname: string): void;
  lookup: LookupFunction;
};

/** Whether an address may be connected to. IPv4 inside IPv6 counts as IPv4. */
export function mayConnect(address: string, loopback: boolean): boolean {
  if (!ipaddr.isValid(address)) return false;
  const range = ipaddr.process(address).range();
  return range === 'unicast' || (loopback && range === 'loopback');
}

/** `resolve` looks names up; the system's unless a test says otherwise. */
export function addressGuard({ loopback, resolve = systemLookup as Resolve }: { loopback: () => boolean; resolve?: Resolve }): Guard {
  const blocked = (what: string) => new BlockedAddress(`${what} is not a public address`);
  return {
    checkHost(hostname) {
      const literal = hostname.replace(/^\[|\]$/g, '');
      if (ipaddr.isValid(literal) && !mayConnect(literal, loopback())) throw blocked(literal);
    },
    lookup(hostname, options, callback) {
      const done = callback as (error: Error | null, address?: string | LookupAddress[], family?: number) => void;
      resolve(hostname, { all: true }, (error, addresses) => {
        if (error) return done(error);
        const bad = addresses.find(({ address }) => !mayConnect(address, loopback()));
        if (bad) return done(blocked(`${hostname} (${bad.address})`));
        const [first] = addresses;
        if (!first) return done(blocked(hostname));
        return options.all ? done(null, addresses) : done(null, first.address, first.family);
      });
    },
  };
}

/** Why a URL's literal address can never be a callback's, or null; names are judged when they are looked up. */
export function hostProblem(guard: Guard, url: string): string | null {
  try {
    guard.checkHost(new URL(url).hostname);
    return null;
  } catch (error) {
    if (error instanceof BlockedAddress) return 'a public address';
    throw error;
  }
}
