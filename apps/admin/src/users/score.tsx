/** The score of a player, its five parts to one scale, what stands out, and who holds the tier. */
import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import { ScoreHistory, ScorePart } from '@predictu/ui/charts/score-ruler.tsx';
import { formatWords } from '@predictu/ui/format/words.ts';
import { Time } from '@predictu/ui/kit/figures.tsx';
import { Note, Section, Shown } from '@predictu/ui/kit/panel.tsx';

const PARTS = [
  ['win_rate', 'Win rate against price'],
  ['edge_detection', 'Closing line value'],
  ['timing', 'Timing'],
  ['volume_pattern', 'Volume pattern'],
  ['correlation', 'Cross-market correlation'],
] as const;

export function Score({ userId }: { userId: string }) {
  const score = useEndpoint('getPlayerScore', { params: { user_id: userId } });
  return (
    <Shown query={score} rows={6}>
      {({ data }) => {
        const largest = Math.max(...PARTS.map(([key]) => data.components[key].max));
        return (
          <Section
            title="Sharp score"
            subtitle={
              data.last_evaluated_at ? (
                <>
                  evaluated <Time at={data.last_evaluated_at} age />
                </>
              ) : (
                'not evaluated yet'
              )
            }
          >
            <div className="row" style={{ padding: '0 20px 12px', alignItems: 'baseline' }}>
              <b style={{ fontSize: 34, lineHeight: '40px', fontWeight: 600 }}>{data.score}</b>
              <span className="tertiary">of 100</span>
            </div>
            <ScoreHistory
              points={[...data.history].reverse().map(({ date, score: value }) => ({ at: date, score: value }))}
              sharp={data.tier_thresholds.sharp.min}
              restricted={data.tier_thresholds.restricted.min}
            />
            {PARTS.map(([key, name]) => {
              const { score: value, max, detail } = data.components[key];
              return <ScorePart key={key} name={name} value={value} of={max} largest={largest} words={detail} />;
            })}
            <div className="column" style={{ gap: 8, padding: '12px 20px' }}>
              {data.override && (
                <Note tone="warn">
                  <b>Held at {data.override.tier}</b> by {data.override.overridden_by}: {data.override.reason}
                </Note>
              )}
              {data.flags.map((flag) => (
                <Note key={flag} tone="warn">
                  {formatWords(flag)}
                </Note>
              ))}
              {data.recommendations.map((words) => (
                <Note key={words}>{words}</Note>
              ))}
              {data.tier_changes.slice(0, 3).map(({ from_tier, to_tier, reason, created_at }) => (
                <span key={created_at} className="small secondary">
                  <Time at={created_at} /> {from_tier} → {to_tier}: {reason}
                </span>
              ))}
            </div>
          </Section>
        );
      }}
    </Shown>
  );
}
