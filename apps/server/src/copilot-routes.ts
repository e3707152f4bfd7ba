/** The handlers of the copilot, and of the question score that anybody may try. */

import type { Logger } from 'pino';
import { chatWithCopilot } from './copilot/answer-chat.ts';
import { approveDeployedResult, changeDeployedMarket, resolveDeployedMarket } from './copilot/change-own-market.ts';
import type { Copilot } from './copilot/copilot.ts';
import { decideSuggestion, listAgentDecisions } from './copilot/decide-suggestion.ts';
import { deployDraft } from './copilot/deploy-market.ts';
import { lintDraft } from './copilot/lint-draft.ts';
import { getScoreMetrics, scoreQuestion, sendScoreFeedback } from './copilot/score-question.ts';
import { getCopilotCredits, getOperatorCredits, topUpCredits } from './copilot/show-credits.ts';
import { listDeployedMarkets } from './copilot/show-own-market.ts';
import type { Clock } from './platform/clock.ts';
import type { Database } from './platform/db.ts';
import type { Settlement } from './settlement/settlement.ts';

type Services = {
  database: Database;
  clock: Clock;
  settlement: Pick<Settlement, 'wake'>;
  log: Pick<Logger, 'warn'>;
  copilot: Pick<Copilot, 'engine'>;
};

/** Of the copilot: a member's, and the platform's over its credits. */
export const copilotHandlers = ({ database, clock, settlement, log, copilot: { engine } }: Services) => ({
  lintDraft,
  chatWithCopilot: chatWithCopilot({ database, clock, engine, log }),
  getCopilotCredits: getCopilotCredits({ database, engine }),
  getOperatorCredits: getOperatorCredits({ database, engine }),
  topUpCredits: topUpCredits({ database, engine }),
  deployDraft: deployDraft(database),
  listDeployedMarkets: listDeployedMarkets(database),
  changeDeployedMarket: changeDeployedMarket({ database, settlement }),
  resolveDeployedMarket: resolveDeployedMarket({ database, settlement }),
  approveDeployedResult: approveDeployedResult({ database, settlement }),
  listAgentDecisions,
  decideSuggestion: decideSuggestion({ database, settlement }),
});

/** Of whoever asks. */
export const scoreHandlers = { scoreQuestion, sendScoreFeedback, getScoreMetrics };
