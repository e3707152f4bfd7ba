/** The code an operator puts on its pages. Everything in it is ours or has passed the contract: slugs, keys, lengths. */

export type EmbedSubject = {
  /** Where this installation is reached, without a slash at the end. */
  baseUrl: string;
  slug: string;
  apiKey: string;
  theme: 'dark' | 'light';
  width: string;
  height: string;
};
export type EmbedFormat = 'html' | 'react' | 'vanilla';

export const embedUrl = ({ baseUrl, slug, theme }: Pick<EmbedSubject, 'baseUrl' | 'slug' | 'theme'>): string =>
  `${baseUrl}/embed?operator=${encodeURIComponent(slug)}&theme=${theme}`;
export const bridgeUrl = (baseUrl: string): string => `${baseUrl}/embed/bridge.js`;

const html = (subject: EmbedSubject): string => `<iframe
  id="predictu-embed"
  src="${embedUrl(subject).replace('&', '&amp;')}"
  width="${subject.width}"
  height="${subject.height}"
  frameborder="0"
  allow="clipboard-write"
  style="border: none; border-radius: 12px;"
></iframe>
<script src="${bridgeUrl(subject.baseUrl)}"></script>
<script>
  PredictuBridge.init({
    apiKey: '${subject.apiKey}',
    operatorSlug: '${subject.slug}',
    onTradeComplete: (trade) => console.log('Trade:', trade),
    onBalanceChange: (balance) => console.log('Balance:', balance)
  });
</script>`;

const react = (subject: EmbedSubject): string => `import { useEffect } from 'react';

export function PredictuEmbed({ token, onTradeComplete, onBalanceChange }) {
  useEffect(() => {
    const script = document.createElement('script');
    script.src = '${bridgeUrl(subject.baseUrl)}';
    script.onload = () =>
      window.PredictuBridge.init({
        apiKey: '${subject.apiKey}',
        operatorSlug: '${subject.slug}',
        token,
        onTradeComplete,
        onBalanceChange,
      });
    document.body.appendChild(script);
    return () => script.remove();
  }, [token, onTradeComplete, onBalanceChange]);

  return (
    <iframe
      id="predictu-embed"
      title="Predictu"
      src="${embedUrl(subject)}"
      width="${subject.width}"
      height="${subject.height}"
      allow="clipboard-write"
      style={{ border: 'none', borderRadius: 12 }}
    />
  );
}`;

const vanilla = (subject: EmbedSubject): string => `<div id="predictu"></div>
<script src="${bridgeUrl(subject.baseUrl)}"></script>
<script>
  const frame = document.createElement('iframe');
  frame.id = 'predictu-embed';
  frame.src = '${embedUrl(subject)}';
  frame.style.cssText = 'width: ${subject.width}; height: ${subject.height}; border: none; border-radius: 12px;';
  frame.allow = 'clipboard-write';
  document.getElementById('predictu').append(frame);
  PredictuBridge.init({
    apiKey: '${subject.apiKey}',
    operatorSlug: '${subject.slug}',
    onTradeComplete: (trade) => console.log('Trade:', trade),
    onBalanceChange: (balance) => console.log('Balance:', balance)
  });
</script>`;

const FORMATS = { html, react, vanilla };
export const embedCode = (format: EmbedFormat, subject: EmbedSubject): string => FORMATS[format](subject);
