/** A colour as players would see it, and the contrast of each use: as given, as shown. */
import type { Answer } from '@predictu/ui/api/wire.ts';
import { formatWords } from '@predictu/ui/format/words.ts';

type Preview = Answer<'previewBranding'>['data'];
const PAGES = { light: '#fbfcfd', dark: '#0f1114' } as const;

export function BrandingPreview({ name, themes, contrast }: Preview & { name: string }) {
  return (
    <div className="column" style={{ gap: 12 }}>
      <div className="row" style={{ gap: 12 }}>
        {(['light', 'dark'] as const).map((theme) => (
          <Card key={theme} name={name} page={PAGES[theme]} colours={themes[theme]} />
        ))}
      </div>
      <table className="data plain">
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
  );
}

function Card({ name, page, colours }: { name: string; page: string; colours: Preview['themes']['light'] }) {
  return (
    <div
      className="column"
      style={{ gap: 8, padding: 12, borderRadius: 8, background: page, border: `1px solid ${colours.edge}`, flex: 1, minWidth: 0 }}
    >
      <b className="ellipsis" style={{ color: colours.text }}>
        {name}
      </b>
      <span style={{ padding: '6px 10px', borderRadius: 6, background: colours.fill, color: colours.on_fill, textAlign: 'center' }}>
        Buy Yes
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
