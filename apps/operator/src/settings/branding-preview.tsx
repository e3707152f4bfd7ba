/** A colour as players would see it, and the contrast of each use: as given, as shown. */
import type { Answer } from '@predictu/ui/api/wire.ts';
import { formatWords, initials } from '@predictu/ui/format/words.ts';

type Preview = Answer<'previewBranding'>['data'];
const PAGES = { light: '#fbfcfd', dark: '#0f1114' } as const;

export function BrandingPreview({ name, logo, themes, contrast }: Preview & { name: string; logo: string | null }) {
  return (
    <div className="column" style={{ gap: 12 }}>
      <div className="brand-previews">
        {(['light', 'dark'] as const).map((theme) => (
          <Card key={theme} name={name} logo={logo} theme={theme} colours={themes[theme]} />
        ))}
      </div>
      <div className="table-scroll">
        <table className="data plain contrast">
          <thead>
            <tr>
              <th>Use</th>
              <th>Yours</th>
              <th>Shown</th>
              <th className="right">Needs</th>
            </tr>
          </thead>
          <tbody>
            {contrast.map(({ theme, use, yours, your_ratio, ours, our_ratio, least }) => (
              <tr key={`${theme}${use}`}>
                <td>
                  {formatWords(use)} on {theme}
                </td>
                <td>
                  <Swatch colour={yours} ratio={your_ratio} />
                </td>
                <td>{ours === yours ? <span className="tertiary">as it is</span> : <Swatch colour={ours} ratio={our_ratio} />}</td>
                <td className="right figure">{least}:1</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

const MARKETS = [
  { question: 'Will the home side win on Saturday?', yes: 64, no: 40 },
  { question: 'Will it rain in Valletta before Friday?', yes: 24, no: 80 },
] as const;

/** The head, a category, two markets and the main button of the embed, in these colours. */
function Card({
  name,
  logo,
  theme,
  colours,
}: {
  name: string;
  logo: string | null;
  theme: keyof typeof PAGES;
  colours: Preview['themes']['light'];
}) {
  return (
    <div className="brand-preview" data-theme={theme} style={{ background: PAGES[theme], borderColor: colours.edge }} aria-hidden="true">
      <span className="row">
        {logo ? (
          <img src={logo} alt="" style={{ height: 24, maxWidth: 80, objectFit: 'contain' }} />
        ) : (
          <span className="monogram" style={{ background: colours.fill, color: colours.on_fill }}>
            {initials(name)}
          </span>
        )}
        <b className="ellipsis">{name}</b>
      </span>
      <span className="row" style={{ gap: 6 }}>
        <span className="pill" style={{ background: colours.fill, color: colours.on_fill, borderColor: colours.edge }}>
          Popular
        </span>
        <span className="pill">Sports</span>
      </span>
      {MARKETS.map(({ question, yes, no }) => (
        <span key={question} className="column" style={{ gap: 8 }}>
          <b>{question}</b>
          <span className="row">
            <span className="outcome yes">Yes {yes}¢</span>
            <span className="outcome no">No {no}¢</span>
          </span>
        </span>
      ))}
      <span className="act" style={{ background: colours.fill, color: colours.on_fill, borderColor: colours.edge }}>
        Buy Yes for $25.38
      </span>
      <span className="small" style={{ color: colours.text, textAlign: 'center' }}>
        Add funds in the cashier
      </span>
    </div>
  );
}

const Swatch = ({ colour, ratio }: { colour: string; ratio: number }) => (
  <span className="row">
    <i style={{ width: 14, height: 14, borderRadius: 3, background: colour, border: '1px solid var(--line-strong)' }} />
    <span className="mono">{colour}</span>
    <span className="figure tertiary">{ratio}:1</span>
  </span>
);
