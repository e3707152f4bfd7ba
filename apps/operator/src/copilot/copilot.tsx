/** The copilot: a conversation with its draft, what the agent suggests, the operator's own markets, and what a question is worth. */
import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import { formatCount } from '@predictu/ui/format/money.ts';
import { PageHead, Section } from '@predictu/ui/kit/panel.tsx';
import { Tabs } from '@predictu/ui/kit/tabs.tsx';
import { QuestionScore } from '@predictu/ui/nouns/question-score.tsx';
import { Decisions } from './decisions.tsx';
import { Drafting } from './drafting.tsx';
import { OwnMarkets } from './own-markets.tsx';

export function Copilot() {
  const open = useEndpoint('listAgentDecisions', { query: { status: 'open', limit: 1 } }, { every: 60_000 });
  const waiting = open.data?.pagination.total ?? 0;
  return (
    <>
      <PageHead title="Copilot" />
      <Tabs
        label="Copilot"
        tabs={[
          { value: 'draft', label: 'Draft a market', content: () => <Drafting /> },
          {
            value: 'suggestions',
            label: 'Suggestions',
            ...(waiting > 0 && { count: formatCount(waiting) }),
            content: () => <Decisions />,
          },
          { value: 'markets', label: 'Your own markets', content: () => <OwnMarkets /> },
          { value: 'score', label: 'Score a question', content: () => <Scoring /> },
        ]}
      />
    </>
  );
}

const Scoring = () => (
  <Section title="What a question is worth by its words">
    <div className="section-body" style={{ maxWidth: 680 }}>
      <QuestionScore />
    </div>
  </Section>
);
