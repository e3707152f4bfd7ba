/** Scores a question by its words and says how good such scores have been: a form that stands on any page with an ApiProvider. */
import { type FormEvent, useState } from 'react';
import { useAct, useEndpoint } from '../api/use-endpoint.tsx';
import type { Answer } from '../api/wire.ts';
import { formatChance, formatCount } from '../format/money.ts';
import { Button } from '../kit/button.tsx';
import { TextField } from '../kit/field.tsx';
import { Facts, Note, Problem } from '../kit/panel.tsx';
import { OutcomeTag } from '../kit/status.tsx';

type Score = Answer<'scoreQuestion'>['data'];
type Figures = Answer<'getScoreMetrics'>['data']['verified'];

const SHORTEST = 8;
const figure = (value: number | null): string => (value === null ? '–' : String(value));

export function QuestionScore() {
  const score = useAct('scoreQuestion', ['getScoreMetrics']);
  const [question, setQuestion] = useState('');
  const ask = (event: FormEvent) => {
    event.preventDefault();
    score.mutate({ body: { question: question.trim() } });
  };
  return (
    <div className="column" style={{ gap: 16 }}>
      <form className="column" style={{ gap: 12 }} onSubmit={ask}>
        <TextField
          label="A question that ends with yes or no"
          placeholder="Will Spain win against France on July 19, 2026?"
          maxLength={300}
          value={question}
          problem={score.error?.fields['question']}
          onChange={(event) => setQuestion(event.target.value)}
        />
        <div>
          <Button kind="primary" type="submit" busy={score.isPending} disabled={question.trim().length < SHORTEST}>
            Score it
          </Button>
        </div>
      </form>
      {score.error && <Problem error={score.error} />}
      {score.data && <Scored score={score.data.data} />}
      <ScoreRecord />
    </div>
  );
}

function Scored({ score }: { score: Score }) {
  return (
    <div className="column" style={{ gap: 12 }} aria-live="polite">
      <p>
        <b className="figure" style={{ fontSize: 28 }}>
          {formatChance(score.probability)}
        </b>{' '}
        yes, with {score.confidence_level} confidence
      </p>
      <ul style={{ margin: 0, paddingLeft: 20 }}>
        {score.reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      {score.comparables.length > 0 && (
        <Facts of={score.comparables.map((market) => [market.title, <OutcomeTag key={market.market_id} outcome={market.resolution} />])} />
      )}
    </div>
  );
}

const rowsOf = (of: Figures): [string, string][] => [
  ['Settled questions', formatCount(of.count)],
  ['Brier of the score', figure(of.brier)],
  ['On those with a market price: score', figure(of.brier_where_priced)],
  ['On those with a market price: market', figure(of.market_brier)],
  ['Right side of one half: score', figure(of.hit_rate)],
  ['Right side of one half: market', figure(of.market_hit_rate)],
  ['Profit of a dollar: following the score', figure(of.roi)],
  ['Profit of a dollar: following the market', figure(of.market_roi)],
];

/** Score and market side by side, whoever is better. */
function ScoreRecord() {
  const metrics = useEndpoint('getScoreMetrics', { query: { window: '90d' } });
  const data = metrics.data?.data;
  if (metrics.error) return <Problem error={metrics.error} again={() => void metrics.refetch()} />;
  if (!data) return null;
  return (
    <div className="column" style={{ gap: 12 }}>
      <Note>{data.verdict}</Note>
      <details>
        <summary>The record of the last 90 days</summary>
        <Facts of={rowsOf(data.verified)} />
        <p className="hint">
          Brier: 0 is perfect, 0.25 is always saying one half. Markets are scored when they are new and measured when they settle.
        </p>
      </details>
    </div>
  );
}
