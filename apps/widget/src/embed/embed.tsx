/** The operator's look and switches, read again every 30 seconds, so that a change shows in open frames within a minute. */
import { ApiError } from '@predictu/ui/api/client.ts';
import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer } from '@predictu/ui/api/wire.ts';
import { createContext, type ReactNode, useContext, useEffect } from 'react';

export type Embed = Answer<'getEmbedConfig'>['data'];

const asked = new URLSearchParams(location.search);
export const OPERATOR = asked.get('operator') ?? '';
const ASKED_THEME = asked.get('theme') === 'light' ? 'light' : 'dark';

const Context = createContext<Embed | null>(null);

export function useEmbed(): Embed {
  const embed = useContext(Context);
  if (!embed) throw new Error('Stands outside of EmbedProvider');
  return embed;
}

/** Variables of the operator's, and no other declaration. */
function ownVariables(css: string | null): [string, string][] {
  return [...(css ?? '').matchAll(/(--op-[a-z-]+)\s*:\s*([^;{}]+);?/g)].map(([, name = '', value = '']) => [name, value.trim()]);
}

function dress({ themes, config, custom_css, favicon_url }: Embed): void {
  const theme = config.ui.theme_override ?? ASKED_THEME;
  const root = document.documentElement;
  root.dataset['theme'] = theme;
  const colours = themes[theme];
  const variables: [string, string][] = [
    ['--op-fill', colours.fill],
    ['--op-on-fill', colours.on_fill],
    ['--op-edge', colours.edge],
    ['--op-text', colours.text],
    ['--op-wash', colours.wash],
    ...ownVariables(custom_css),
  ];
  for (const [name, value] of variables) root.style.setProperty(name, value);
  // A tab's, when the embed is opened by itself.
  if (favicon_url) {
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    icon?.removeAttribute('type');
    icon?.setAttribute('href', favicon_url);
  }
}

export function EmbedProvider({ children, failed }: { children: ReactNode; failed: (error: ApiError) => ReactNode }) {
  const embed = useEndpoint('getEmbedConfig', { query: { operator: OPERATOR } }, { every: 30_000 });
  const data = embed.data?.data;
  useEffect(() => {
    if (data) dress(data);
  }, [data]);
  // What is switched off, or is no more, is not shown on because it once was.
  if (embed.isError && [403, 404].includes(embed.error.status)) return failed(embed.error);
  if (data) return <Context.Provider value={data}>{children}</Context.Provider>;
  return embed.isError ? failed(embed.error) : null;
}

export const unknownOperator = (error: ApiError): boolean => error instanceof ApiError && (error.status === 404 || error.status === 400);
