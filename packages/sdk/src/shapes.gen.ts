/** Written by `npm run generate` from the contract. */
import type { UploadFile } from './form.ts';

export type Activity = {
  id: string;
  /** trade: an executed trade. settlement: a result proposed, approved, decided. user_signup: a new player. risk_event: a limit, a breaker, a halted market. operator_event: what was changed about an operator, its members, wallet or players’ balances. config_change: the platform configuration. */
  type: "trade" | "settlement" | "user_signup" | "risk_event" | "operator_event" | "config_change";
  title: string;
  description: string;
  /** null: of the platform as a whole. */
  operator_slug: string | null;
  /** What people call the operator. */
  operator_name: string | null;
  user_id: string | null;
  market_id: string | null;
  severity: "info" | "warning" | "critical";
  /** By type: ids, amounts and what else the entry is about. */
  metadata: Record<string, unknown>;
  created_at: string;
};

export type AgentSuggestion = {
  id: string;
  kind: "pause" | "widen" | "resolve" | "fix_wording" | "reprice" | "raise_limit";
  status: "open" | "accepted" | "rejected" | "expired";
  severity: "info" | "warning" | "critical";
  /** claude: a model proposed it, and the rules found its figures to be so. */
  origin: "rules" | "claude";
  /** Of Claude; null where the rules made it. */
  model: string | null;
  market_id: string | null;
  title: string;
  reason: string;
  /** The figures it stands on, as they were. */
  evidence: {
    name: string;
    value: string;
  }[];
  /** Accepting it takes a resolution and its evidence. */
  needs_result: boolean;
  created_at: string;
  expires_at: string;
  decided_at: string | null;
  decided_by: string | null;
  decision_reason: string | null;
};

export type ApiKey = {
  id: string;
  name: string;
  /** The first 12 characters of the key. */
  prefix: string;
  status: "active" | "expired" | "revoked";
  permissions: ("s2s_callback" | "server_api" | "read_only")[];
  last_used_at: string | null;
  /** Requests and launch tokens of the last 24 hours, by whole hours. */
  requests_24h: number;
  created_at: string;
  expires_at: string | null;
};

export type BankAccount = {
  holder: string;
  bank: string;
  /** IBAN or account number. */
  account: string;
  /** BIC, SWIFT or routing number. */
  code: string;
};

export type BillingProfile = {
  /** The legal name. */
  name: string;
  /** As on an envelope, without the name; at most six lines. */
  address: string[];
  tax_id: string | null;
  /** Where invoices are asked about. */
  email: string | null;
  /** Tax on the platform’s part, percent with at most two decimals. */
  tax_pct: number;
  /** What the invoice says about the tax, as the reason for none. */
  tax_note: string | null;
};

export type BrandColours = {
  /** The primary colour as given: main button, chosen category. */
  fill: string;
  /** Text on it: near-black or white, at least 4.5:1. */
  on_fill: string;
  /** Repaired to 3:1 against the page: edges, markers. */
  edge: string;
  /** Repaired to 4.5:1 against the page: links. */
  text: string;
  /** A pale ground of its hue. */
  wash: string;
};

export type CallbackAnswer = {
  status: "OK" | "DUPLICATE_TRANSACTION" | "INSUFFICIENT_FUNDS" | "PLAYER_NOT_FOUND" | "PLAYER_BLOCKED" | "LIMIT_EXCEEDED" | "INVALID_SIGNATURE" | "ERROR";
  /** The player’s balance after it, whole minor units; always with OK, except for PING and BET_LOSE. */
  balance?: number | null;
  /** The `transaction_id` of the request, whenever it has one; of a duplicate likewise. */
  transaction_id?: string | null;
  /** May be echoed; when it is, it must be the request’s. */
  request_id?: string | null;
  /** For people: shown in the callback log. */
  message?: string | null;
};

export type CircuitBreaker = {
  id: string;
  scope: "global" | "operator" | "category" | "market";
  /** Operator id, category or market id; null for the global scope. */
  scope_id: string | null;
  scope_label: string;
  /** exposure_pct: trips by itself when exposure reaches the threshold. manual: only people trip it. */
  trigger_type: "exposure_pct" | "manual";
  /** Percent of the limit of the scope; null for a manual breaker. */
  trigger_threshold: number | null;
  /** Its threshold is `risk.circuit_breaker_threshold_pct` of the configuration and moves with it. */
  follows_platform: boolean;
  /** Exposure of the scope in percent of its limit; null without a limit. */
  current_value: number | null;
  status: "armed" | "tripped" | "disarmed";
  cooldown_minutes: number;
  /** Resets by itself after the cool-down, once below its threshold. */
  auto_reset: boolean;
  tripped_at: string | null;
  trip_reason: string | null;
  reset_at: string | null;
  created_by: string;
  created_at: string;
};

export type ConfigAuthor = {
  kind: "admin" | "operator_member" | "api_key" | "worker";
  id: string;
  /** E-mail address or name of the key pair; null where the reader may not see it. */
  name: string | null;
};

export type ConfigChange = {
  audit_id: string;
  kind: "change" | "revert";
  changed_at: string;
  changed_by: ConfigAuthor;
  reason: string | null;
  /** Keys whose value changed, as `group.key`. */
  updated_keys: string[];
  previous_values: Record<string, unknown>;
  new_values: Record<string, unknown>;
  /** Those keys that have another value by now. While there is one, the change cannot be reverted. */
  changed_since: string[];
};

export type ContrastRow = {
  theme: "light" | "dark";
  /** button: the text on it against its fill. The others: against the page. */
  use: "button" | "edge" | "text";
  yours: string;
  /** Contrast by WCAG 2.2, 1 to 21, one decimal, rounded down. */
  your_ratio: number;
  /** What is shown: yours where it reads well enough. */
  ours: string;
  /** Contrast by WCAG 2.2, 1 to 21, one decimal, rounded down. */
  our_ratio: number;
  /** What it needs. */
  least: number;
};

export type CopilotCredits = {
  /** Credits left. */
  balance: number;
  /** Credits one answer costs. */
  answer_price: number;
  /** What would answer now. */
  engine: "claude" | "rules";
  model: string | null;
  /** The last 50, newest first. */
  entries: ({
    id: string;
    type: "credit_grant" | "credit_top_up" | "copilot_answer" | "copilot_refund";
    /** Negative when they were spent. */
    credits: number;
    balance_after: number;
    description: string;
    created_at: string;
  })[];
};

export type EmbedCode = {
  format: "html" | "react" | "vanilla";
  code: string;
  /** The public key of the oldest active pair that may sign launch tokens. */
  api_key: string;
  embed_url: string;
  bridge_url: string;
};

export type EmbedOrigin = {
  id: string;
  origin: string;
  status: "pending_verification" | "verified" | "removed";
  verified_at: string | null;
  /** When a player session was last opened from it. */
  last_seen_at: string | null;
  /** Player sessions opened from it in the last 24 hours. */
  request_count_24h: number;
  created_at: string;
  /** null once verified. */
  verification_token: string | null;
  verification_instructions: string | null;
  /** When DNS was last asked for the TXT record. */
  last_checked_at: string | null;
  /** What DNS said then. */
  check_detail: string | null;
};

export type ExposureSeries = {
  /** null: the whole platform. */
  operator_slug: string | null;
  scope: "whole" | "category" | "market";
  category: "sports" | "crypto" | "politics" | "entertainment" | "economics" | "other" | null;
  market_id: string | null;
  period: {
    from: string;
    to: string;
  };
  granularity: "5m" | "hour" | "day";
  series: ({
    /** When the snapshot was taken. */
    at: string;
    exposure_usd: number;
    yes_exposure_usd: number;
    no_exposure_usd: number;
    /** What the open shares cost. */
    cost_usd: number;
    /** In force then; null: none of its own. */
    limit_usd: number | null;
    /** Percent of the limit, one decimal; null without a limit. */
    utilization_pct: number | null;
    /** yellow from 60 percent, red from 90. */
    status: "green" | "yellow" | "red";
  })[];
};

export type InvoiceBuyer = {
  /** The legal name. */
  name: string;
  /** As on an envelope, without the name; at most six lines. */
  address: string[];
  tax_id: string | null;
  /** Where invoices are asked about. */
  email: string | null;
};

export type InvoiceEntry = {
  trade_id: string;
  /** The fee’s own ledger entry; null of a line of spread. */
  ledger_id: string | null;
  user_id: string;
  market_id: string;
  /** The side of the question the shares pay out on. */
  outcome: "yes" | "no";
  /** `buy` names dollars, `sell` names shares. */
  side: "buy" | "sell";
  price: number;
  mid: number;
  quantity: number;
  /** Cost or proceeds of the trade before the fee. */
  trade_usd: number;
  /** What it adds to the line: its spread, or its fee. */
  gross_usd: number;
  created_at: string;
};

export type InvoiceSeller = {
  /** The legal name. */
  name: string;
  /** As on an envelope, without the name; at most six lines. */
  address: string[];
  tax_id: string | null;
  /** Where invoices are asked about. */
  email: string | null;
  bank: BankAccount | null;
};

export type LintReport = {
  /** docs/copilot.md has the formula. */
  score: number;
  /** No finding is an error. */
  deployable: boolean;
  findings: ({
    rule: string;
    severity: "error" | "warning" | "note";
    /** The field of the draft, with dots. */
    field: string;
    message: string;
    /** The words it is about. */
    excerpt: string | null;
    fix: {
      text: string;
      /** Fields to set; null where a person has to decide. */
      patch: {
        /** One question that ends with yes or no. */
        question?: string;
        description?: string;
        category?: "sports" | "crypto" | "politics" | "entertainment" | "economics" | "other" | null;
        /** What has to have happened for each outcome. */
        outcomes?: {
          yes: string;
          no: string;
        };
        /** Where anybody can read how it ended. */
        source?: {
          name: string;
          url: string | null;
        };
        /** Trading ends, and what has happened until then counts. */
        cut_off_at?: string | null;
        /** IANA name of the zone the question and its clauses speak in. */
        time_zone?: string;
        clauses?: {
          tie: string;
          postponement: string;
          cancellation: string;
        };
        /** Of yes, when trading begins. */
        initial_price?: number | null;
        price_reasons?: string[];
      } | null;
    };
  })[];
};

export type MarketDraft = {
  /** One question that ends with yes or no. */
  question: string;
  description: string;
  category: "sports" | "crypto" | "politics" | "entertainment" | "economics" | "other" | null;
  /** What has to have happened for each outcome. */
  outcomes: {
    yes: string;
    no: string;
  };
  /** Where anybody can read how it ended. */
  source: {
    name: string;
    url: string | null;
  };
  /** Trading ends, and what has happened until then counts. */
  cut_off_at: string | null;
  /** IANA name of the zone the question and its clauses speak in. */
  time_zone: string;
  clauses: {
    tie: string;
    postponement: string;
    cancellation: string;
  };
  /** Of yes, when trading begins. */
  initial_price: number | null;
  price_reasons: string[];
};

export type NewApiKey = {
  id: string;
  name: string;
  api_key: string;
  /** Shown in this answer only. */
  api_secret: string;
  prefix: string;
  status: "active";
  permissions: ("s2s_callback" | "server_api" | "read_only")[];
  created_at: string;
  expires_at: string | null;
};

export type Onboarding = {
  operator_id: string;
  current_step: "branding" | "s2s_config" | "embed_setup" | "test_trades" | "go_live" | "complete";
  completed_steps: ("branding" | "s2s_config" | "embed_setup" | "test_trades" | "go_live")[];
  skipped_steps: ("branding" | "s2s_config" | "embed_setup" | "test_trades" | "go_live")[];
  remaining_steps: ("branding" | "s2s_config" | "embed_setup" | "test_trades" | "go_live")[];
  /** Those that may be skipped as the operator stands. */
  optional_steps: ("branding" | "s2s_config" | "embed_setup" | "test_trades" | "go_live")[];
  status: "pending" | "configuring" | "testing" | "live" | "suspended";
  progress_pct: number;
  /** Of every step, as the server finds them now. */
  requirements: OnboardingRequirement[];
  updated_at: string;
};

export type OnboardingRequirement = {
  step: "branding" | "s2s_config" | "embed_setup" | "test_trades" | "go_live";
  requirement: "display_name" | "colours" | "callback_url" | "ping_answered" | "launch_key" | "origin_verified" | "test_trade" | "earlier_steps";
  met: boolean;
  /** What the server found. */
  detail: string;
};

export type OperatorDashboard = {
  operator: {
    slug: string;
    name: string;
    status: "pending" | "configuring" | "testing" | "live" | "suspended";
    /** Whether your wallet answered the last ping; null when there is none or it was never asked. */
    s2s_healthy: boolean | null;
  };
  users: {
    total: number;
    /** Players with at least one filled trade. */
    active_24h: number;
    active_7d: number;
    /** Active in the period. */
    active: number;
    new_7d: number;
    /** Of `active`. */
    delta_pct: number | null;
  };
  trades: {
    /** Filled trades of all time. */
    total: number;
    /** Of all time: cost of buys and proceeds of sells, before fees. */
    volume_usd: number;
    count_24h: number;
    volume_24h_usd: number;
    period: number;
    period_volume_usd: number;
    /** Of the number of trades in the period. */
    delta_pct: number | null;
  };
  revenue: {
    /** Of all time. */
    total_usd: number;
    /** Spread revenue and fees. */
    period_usd: number;
    /** Percent of change against the equally long period before, one decimal; null when that was zero, or for all time. */
    delta_pct: number | null;
    /** What the house won by settlements: cost of the positions less what they were paid. Beside the revenue, not in it. */
    settlement_pnl_usd: number;
    operator_share_usd: number;
    predictu_share_usd: number;
    breakdown: {
      spread_usd: number;
      fees_usd: number;
    };
  };
  exposure: {
    current_usd: number;
    limit_usd: number;
    utilization_pct: number;
  };
  positions: {
    open_count: number;
    /** Open shares at the mid. */
    total_value_usd: number;
    avg_position_usd: number;
  };
  risk: {
    risk_level: "low" | "moderate" | "high" | "critical";
    circuit_breakers_active: number;
    sharp_bettors: number;
    /** Risk events of the last 24 hours. */
    recent_events: number;
  };
  settlements: {
    /** Results that are not fully settled: not every credit made and callback confirmed. */
    pending_count: number;
    /** Payouts of those: as decided, or for a result not decided yet what the open shares would get. */
    pending_usd: number;
    last_settled_at: string | null;
  };
  /** By day, of all time by month. `users` traded in it. */
  chart_data: {
    /** A day in UTC, or the instant an hour begins. Of a week or month its first day. */
    date: string;
    /** Only a part of it lies in the period: the first, or the one that still runs. */
    partial: boolean;
    revenue_usd: number;
    trades: number;
    users: number;
    volume_usd: number;
  }[];
};

export type OperatorExposure = {
  total_exposure_usd: number;
  /** Sum over the markets of the loss in each one’s worst outcome. */
  net_exposure_usd: number;
  exposure_limit_usd: number;
  utilization_pct: number;
  /** yellow from 60 percent, red from 90. */
  status: "green" | "yellow" | "red";
  by_category: ({
    category: "sports" | "crypto" | "politics" | "entertainment" | "economics" | "other";
    exposure_usd: number;
    /** null: no limit of its own. */
    limit_usd: number | null;
    /** Percent of the limit, one decimal; null without a limit. */
    utilization_pct: number | null;
    /** yellow from 60 percent, red from 90. */
    status: "green" | "yellow" | "red";
  })[];
  by_market: ({
    market_id: string;
    title: string;
    exposure_usd: number;
    yes_exposure_usd: number;
    no_exposure_usd: number;
    /** Loss in the worst outcome: the larger payout less what the open shares cost. */
    net_exposure_usd: number;
    /** null: no limit of its own. */
    limit_usd: number | null;
    /** Percent of the limit, one decimal; null without a limit. */
    utilization_pct: number | null;
    /** yellow from 60 percent, red from 90. */
    status: "green" | "yellow" | "red";
    position_count: number;
    volume_usd: number;
  })[];
  high_exposure_users: ({
    user_id: string;
    username: string | null;
    exposure_usd: number;
    position_count: number;
    tier: "normal" | "sharp" | "restricted" | "banned";
  })[];
  snapshot_at: string;
};

export type OperatorInvoice = {
  id: string;
  /** Counts up without a gap, over all operators. */
  number: string;
  /** First and last day of the month, both included, in UTC. */
  period: {
    from: string;
    to: string;
  };
  /** draft: issued, not sent yet. sent: to be paid. paid: in full. overdue: sent, past its day and not paid. void: taken back by a credit note. */
  status: "draft" | "sent" | "paid" | "overdue" | "void";
  /** The platform’s part of the revenue, half up to the cent; the lines add up to it. */
  amount_usd: number;
  tax_usd: number;
  /** What is to be paid: the amount and its tax. */
  total_usd: number;
  /** What is still to be paid; negative: to be given back. */
  balance_usd: number;
  line_items: ({
    kind: "spread" | "fee";
    description: string;
    /** The whole revenue the part is of. */
    gross_usd: number;
    /** The platform’s part of the revenue, percent. */
    share_pct: number;
    amount_usd: number;
    /** Trades that have any of it. */
    trade_count: number;
    first_trade_id: string | null;
    last_trade_id: string | null;
    /** The trades and ledger entries the line is the sum of. */
    entries_url: string;
  })[];
  trade_volume_usd: number;
  trade_count: number;
  spread_revenue_usd: number;
  fee_revenue_usd: number;
  /** The platform’s part of the revenue, percent. */
  revenue_share_pct: number;
  issued_at: string;
  due_at: string;
  sent_at: string | null;
  paid_at: string | null;
  pdf_url: string;
};

export type OperatorInvoiceDetail = {
  id: string;
  /** Counts up without a gap, over all operators. */
  number: string;
  /** First and last day of the month, both included, in UTC. */
  period: {
    from: string;
    to: string;
  };
  /** draft: issued, not sent yet. sent: to be paid. paid: in full. overdue: sent, past its day and not paid. void: taken back by a credit note. */
  status: "draft" | "sent" | "paid" | "overdue" | "void";
  /** The platform’s part of the revenue, half up to the cent; the lines add up to it. */
  amount_usd: number;
  tax_usd: number;
  /** What is to be paid: the amount and its tax. */
  total_usd: number;
  /** What is still to be paid; negative: to be given back. */
  balance_usd: number;
  line_items: ({
    kind: "spread" | "fee";
    description: string;
    /** The whole revenue the part is of. */
    gross_usd: number;
    /** The platform’s part of the revenue, percent. */
    share_pct: number;
    amount_usd: number;
    /** Trades that have any of it. */
    trade_count: number;
    first_trade_id: string | null;
    last_trade_id: string | null;
    /** The trades and ledger entries the line is the sum of. */
    entries_url: string;
  })[];
  trade_volume_usd: number;
  trade_count: number;
  spread_revenue_usd: number;
  fee_revenue_usd: number;
  /** The platform’s part of the revenue, percent. */
  revenue_share_pct: number;
  issued_at: string;
  due_at: string;
  sent_at: string | null;
  paid_at: string | null;
  pdf_url: string;
  summary: {
    trade_volume_usd: number;
    trade_count: number;
    unique_traders: number;
    gross_revenue_usd: number;
    predictu_share_usd: number;
    operator_share_usd: number;
    /** The platform’s part of the revenue, percent. */
    revenue_share_pct: number;
  };
  tax: {
    pct: number;
    amount_usd: number;
    note: string | null;
  };
  /** The latest payment. */
  payment: {
    amount_usd: number;
    method: string;
    reference: string;
    paid_at: string;
  } | null;
  /** Oldest first. */
  payments: {
    amount_usd: number;
    method: string;
    reference: string;
    paid_at: string;
  }[];
  credit_note: {
    number: string;
    total_usd: number;
    reason: string;
    issued_at: string;
    pdf_url: string;
  } | null;
  seller: InvoiceSeller;
  buyer: InvoiceBuyer;
  created_at: string;
};

export type OperatorMarket = {
  id: string;
  title: string;
  category: "sports" | "crypto" | "politics" | "entertainment" | "economics" | "other";
  /** cancelled: voided. */
  status: "active" | "paused" | "resolved" | "cancelled";
  image_url: string | null;
  /** Mid of YES; null until a price has been seen. yes_price + no_price = 1. */
  yes_price: number | null;
  /** Mid of NO. */
  no_price: number | null;
  /** What a player nobody knows anything about would find between ask and bid, in price points; null without a price. */
  spread: number | null;
  /** Of the players of all operators. */
  global_volume_usd: number;
  operator_volume_usd: number;
  operator_trade_count: number;
  /** Your players who have traded in it. */
  operator_user_count: number;
  operator_exposure_usd: number;
  /** Trading ends here. */
  end_date: string | null;
  resolution: "yes" | "no" | "split" | "void" | null;
  created_at: string;
};

export type OperatorMarketDetail = {
  id: string;
  title: string;
  category: "sports" | "crypto" | "politics" | "entertainment" | "economics" | "other";
  /** cancelled: voided. */
  status: "active" | "paused" | "resolved" | "cancelled";
  image_url: string | null;
  description: string;
  tags: string[];
  /** By the hour, the last seven days, oldest first; the volume is that of the trades you may see. */
  price_history: {
    timestamp: string;
    yes_price: number;
    volume_usd: number;
  }[];
  resolution_source: string | null;
  resolved_at: string | null;
  /** Trading ends here. */
  end_date: string | null;
  resolution: "yes" | "no" | "split" | "void" | null;
  created_at: string;
  pricing: {
    /** Mid of YES; null until a price has been seen. yes_price + no_price = 1. */
    yes_price: number | null;
    /** Mid of NO. */
    no_price: number | null;
    /** What a player nobody knows anything about would find between ask and bid, in price points; null without a price. */
    spread: number | null;
    /** When the source last confirmed the price. */
    last_updated: string | null;
  };
  global_metrics: {
    volume_usd: number;
    trade_count: number;
    unique_traders: number;
  };
  operator_metrics: {
    volume_usd: number;
    trade_count: number;
    unique_traders: number;
    exposure_usd: number;
    yes_exposure_usd: number;
    no_exposure_usd: number;
    position_count: number;
    avg_trade_usd: number;
  };
  /** Your ten players with the largest volume in it. */
  top_traders: ({
    user_id: string;
    username: string | null;
    volume_usd: number;
    trade_count: number;
    /** Realised in this market. */
    pnl_usd: number;
  })[];
};

export type OperatorOrder = {
  id: string;
  market_id: string;
  market_title: string;
  category: "sports" | "crypto" | "politics" | "entertainment" | "economics" | "other";
  /** The side of the question the shares pay out on. */
  outcome: "yes" | "no";
  /** `buy` names dollars, `sell` names shares. */
  side: "buy" | "sell";
  limit_price: number;
  /** Dollars a buy spends, before the fee; null for a sale. */
  amount_usd: number | null;
  /** Shares a sale sells; null for a buy. */
  quantity: number | null;
  /** Set aside from the balance now: amount and fee while the order is open; 0 afterwards, for sales, and where the operator keeps the balances. */
  held_usd: number;
  /** pending: executed, and its trade waits for an outside wallet. */
  status: "open" | "pending" | "filled" | "cancelled" | "expired";
  /** Why it ended unfilled. `refused`: a rule or the wallet refused its trade; `refusal` says which. */
  reason: "player" | "expired" | "market_ended" | "market_closed" | "category_closed" | "feature_disabled" | "operator_suspended" | "player_suspended" | "player_restricted" | "player_excluded" | "refused" | null;
  /** The error a trade would have been refused with. */
  refusal: {
    code: string;
    message: string;
  } | null;
  /** The trade that filled it. */
  trade_id: string | null;
  /** Price per share it was executed at: the limit or better. */
  price: number | null;
  /** Mid of the outcome now. */
  current_price: number | null;
  expires_at: string | null;
  created_at: string;
  ended_at: string | null;
  user_id: string;
  /** The username; the external id of a player without one. */
  user_name: string;
  external_user_id: string;
};

export type OperatorPlayer = {
  id: string;
  external_id: string;
  username: string | null;
  email: string | null;
  /** Risk tier. */
  tier: "normal" | "sharp" | "restricted" | "banned";
  /** Size class of trades. */
  limit_tier: "new" | "regular" | "vip";
  /** suspended: may not buy. inactive: closed, or not seen for 30 days. active: everybody else. */
  status: "active" | "inactive" | "suspended";
  /** Of an outside wallet: what it last answered. */
  balance_usd: number;
  /** Filled trades. */
  trade_count: number;
  volume_usd: number;
  /** Sum of realised profit and loss; fees are not in it. */
  pnl_usd: number;
  /** Positions closed with a gain / positions closed, four decimals; null without any. */
  win_rate: number | null;
  /** 0 (recreational) to 100 (sharp). */
  score: number;
  open_positions: number;
  last_trade_at: string | null;
  last_active_at: string | null;
  created_at: string;
};

export type OperatorPlayerDetail = {
  id: string;
  external_id: string;
  username: string | null;
  email: string | null;
  /** Risk tier. */
  tier: "normal" | "sharp" | "restricted" | "banned";
  /** Size class of trades. */
  limit_tier: "new" | "regular" | "vip";
  /** suspended: may not buy. inactive: closed, or not seen for 30 days. active: everybody else. */
  status: "active" | "inactive" | "suspended";
  /** Of an outside wallet: what it last answered. */
  balance_usd: number;
  metrics: {
    trade_count: number;
    volume_usd: number;
    fees_usd: number;
    /** Sum of realised profit and loss; fees are not in it. */
    pnl_usd: number;
    /** Positions closed with a gain / positions closed, four decimals; null without any. */
    win_rate: number | null;
    /** Volume / trades, half up; null without any. */
    avg_trade_usd: number | null;
    largest_trade_usd: number | null;
    open_positions: number;
    total_deposited_usd: number;
    total_withdrawn_usd: number;
    /** Open shares x $1. */
    exposure_usd: number;
  };
  restrictions: {
    /** The tightest limit on one trade now: platform, operator, limit tier, risk tier, the player’s own. */
    max_bet_usd: number;
    /** Null: every category. */
    allowed_categories: ("sports" | "crypto" | "politics" | "entertainment" | "economics" | "other")[] | null;
    blocked_categories: ("sports" | "crypto" | "politics" | "entertainment" | "economics" | "other")[];
    blocked_markets: string[];
    cooldown_until: string | null;
    /** The player’s own limit alone; null: none. */
    own_max_bet_usd: number | null;
    /** Who set them; what the platform holds, the operator cannot change. */
    held_by: "platform" | "operator" | null;
    suspended_by: "platform" | "operator" | null;
  };
  updated_at: string;
  last_active_at: string | null;
  created_at: string;
  scoring: {
    score: number;
    /** Risk tier. */
    tier: "normal" | "sharp" | "restricted" | "banned";
    last_evaluated_at: string | null;
  };
  recent_trades: ({
    id: string;
    market_id: string;
    market_title: string;
    /** The side of the question the shares pay out on. */
    outcome: "yes" | "no";
    /** `buy` names dollars, `sell` names shares. */
    side: "buy" | "sell";
    price: number;
    quantity: number;
    cost_usd: number;
    /** pending: waiting for an outside wallet. settled: the market is resolved. */
    status: "pending" | "filled" | "settled" | "cancelled";
    created_at: string;
  })[];
  recent_ledger: ({
    id: string;
    type: "deposit" | "withdraw" | "trade_debit" | "trade_credit" | "settlement" | "fee" | "adjustment";
    amount_usd: number;
    balance_after_usd: number;
    description: string;
    created_at: string;
  })[];
};

export type OperatorPosition = {
  id: string;
  market_id: string;
  market_title: string;
  category: "sports" | "crypto" | "politics" | "entertainment" | "economics" | "other";
  /** The side of the question the shares pay out on. */
  outcome: "yes" | "no";
  quantity: number;
  /** Average cost per share held, before fees; null when none is held. */
  avg_price: number | null;
  /** Cost of the shares held, before fees. */
  cost_basis_usd: number;
  /** Mid of the outcome; its payout once resolved. */
  current_price: number | null;
  /** Shares held at current_price. */
  market_value_usd: number | null;
  /** market_value_usd - cost_basis_usd. */
  unrealized_pnl_usd: number | null;
  /** Percent of cost_basis_usd, two decimals; null when that is zero. */
  unrealized_pnl_pct: number | null;
  realized_pnl_usd: number;
  /** closed: sold out. settled: the market has resolved. */
  status: "open" | "closed" | "settled";
  /** A result of the market is proposed: nothing is traded until it is decided or withdrawn. */
  result_pending: boolean;
  trade_count: number;
  opened_at: string;
  closed_at: string | null;
  settled_at: string | null;
  user_id: string;
  /** The username; the external id of a player without one. */
  user_name: string;
  external_user_id: string;
  /** Realised and unrealised together; null while the market has no price. */
  pnl_usd: number | null;
};

export type OperatorReport = {
  report_id: string;
  type: "trades" | "users" | "positions" | "revenue" | "settlements";
  format: "csv" | "xlsx" | "pdf";
  /** processing: being made. ready: `download_url` works until `expires_at`. failed: `error` says why. expired: the file is gone. */
  status: "processing" | "ready" | "failed" | "expired";
  /** Rows done of those expected; 100 when ready. */
  progress_pct: number;
  /** Null until ready and once expired. */
  download_url: string | null;
  /** Until when the link works. */
  expires_at: string | null;
  row_count: number | null;
  file_size_bytes: number | null;
  error: string | null;
  /** Who asked: an administrator, a member, a key pair, or the schedule. */
  created_by: string;
  created_at: string;
  generated_at: string | null;
  filters: Record<string, unknown>;
  columns: string[];
  delivery: "download" | "email";
  recipients: string[];
  schedule_id: string | null;
  /** Answers this again, as it stands then. */
  poll_url: string;
};

export type OperatorReportSchedule = {
  id: string;
  name: string;
  type: "trades" | "users" | "positions" | "revenue" | "settlements";
  format: "csv" | "xlsx" | "pdf";
  /** daily: of the day before. weekly: of the seven days before. monthly: of the month before. */
  frequency: "daily" | "weekly" | "monthly";
  day_of_week: number | null;
  day_of_month: number | null;
  /** Time of day in UTC, HH:MM. */
  time_utc: string;
  filters: Record<string, unknown>;
  columns: string[];
  /** Null while it is not enabled. */
  next_run_at: string | null;
  last_run_at: string | null;
  last_report_id: string | null;
  recipients: string[];
  enabled: boolean;
  created_by: string;
  created_at: string;
};

export type OperatorRevenue = {
  period: {
    from: string;
    to: string;
  };
  /** Your part of the gross, percent. */
  revenue_share_pct: number;
  totals: {
    /** Spread revenue and fees. */
    gross_revenue_usd: number;
    /** |execution price - mid| x quantity, added up. */
    spread_revenue_usd: number;
    /** Trading fees. */
    fee_revenue_usd: number;
    /** The platform’s part of the gross, half up to the cent for each operator. */
    predictu_share_usd: number;
    operator_share_usd: number;
    /** What the house won by settlements: cost of the positions less what they were paid. Beside the revenue, not in it. */
    settlement_pnl_usd: number;
    /** Fees on payouts; beside the revenue. */
    settlement_fees_usd: number;
    trade_volume_usd: number;
    trade_count: number;
    /** Players with at least one filled trade in the period, each once. */
    unique_traders: number;
    /** Gross / trades; zero without any. */
    revenue_per_trade_usd: number;
    /** Gross / players who traded; zero without any. */
    revenue_per_user_usd: number;
  };
  by_category: ({
    category: "sports" | "crypto" | "politics" | "entertainment" | "economics" | "other";
    gross_usd: number;
    operator_share_usd: number;
    trade_count: number;
    volume_usd: number;
  })[];
  series: {
    /** A day in UTC, or the instant an hour begins. Of a week or month its first day. */
    date: string;
    /** Only a part of it lies in the period: the first, or the one that still runs. */
    partial: boolean;
    spread_usd: number;
    fees_usd: number;
    volume_usd: number;
    gross_usd: number;
    operator_share_usd: number;
    trade_count: number;
    unique_traders: number;
  }[];
};

export type OperatorRisk = {
  /** low below 30, moderate below 60, high below 80. */
  risk_level: "low" | "moderate" | "high" | "critical";
  /** 0 calm to 100. */
  risk_score: number;
  exposure: {
    total_usd: number;
    limit_usd: number;
    utilization_pct: number;
  };
  circuit_breakers: {
    active_count: number;
    breakers: CircuitBreaker[];
  };
  sharp_bettors: {
    sharp_count: number;
    restricted_count: number;
    banned_count: number;
    top_sharps: ({
      user_id: string;
      username: string | null;
      score: number;
      tier: "normal" | "sharp" | "restricted" | "banned";
      pnl_usd: number;
      /** Positions closed with a gain / positions closed; null without any. */
      win_rate: number | null;
    })[];
  };
  recent_events: ({
    id: string;
    type: "wall_violation" | "circuit_breaker" | "sharp_detection" | "anomaly";
    severity: "info" | "warning" | "critical";
    message: string;
    user_id: string | null;
    created_at: string;
  })[];
  walls_status: {
    wall_1_per_trade: {
      /** yellow from 60 percent, red from 90. */
      status: "green" | "yellow" | "red";
      violations_24h: number;
    };
    wall_2_per_market: {
      /** yellow from 60 percent, red from 90. */
      status: "green" | "yellow" | "red";
      violations_24h: number;
    };
    wall_3_per_category: {
      /** yellow from 60 percent, red from 90. */
      status: "green" | "yellow" | "red";
      violations_24h: number;
    };
    wall_4_per_operator: {
      /** yellow from 60 percent, red from 90. */
      status: "green" | "yellow" | "red";
      violations_24h: number;
    };
  };
};

export type OperatorSettings = {
  profile: {
    name: string;
    slug: string;
    contact_email: string;
    contact_name: string | null;
    website_url: string | null;
    logo_url: string | null;
    favicon_url: string | null;
  };
  branding: {
    primary_color: string;
    secondary_color: string;
    display_name: string;
    custom_css: string | null;
  };
  s2s: {
    enabled: boolean;
    callback_url: string | null;
    /** Of the key that signs callbacks now; null before there is one. */
    signing_key_fingerprint: string | null;
    /** Whether the callback URL answered when last asked; null: never asked. */
    healthy: boolean | null;
    last_ping: string | null;
  };
  limits: {
    max_bet_usd: number;
    min_bet_usd: number;
    exposure_limit_usd: number;
    /** Your part of the revenue, percent. */
    revenue_share_pct: number;
    /** null: the platform’s trading fee. */
    custom_fees_bps: number | null;
    risk_tier: string;
  };
  categories: {
    allowed: ("sports" | "crypto" | "politics" | "entertainment" | "economics" | "other")[];
    blocked: ("sports" | "crypto" | "politics" | "entertainment" | "economics" | "other")[];
  };
  status: "pending" | "configuring" | "testing" | "live" | "suspended";
  tier: "trial" | "standard";
  /** null for an operator that is not on trial. */
  trial: {
    ends_at: string;
    /** A week after the end; until then everything works. */
    read_only_from: string;
    read_only_since: string | null;
    phase: "trial" | "grace" | "over";
  } | null;
  onboarded_at: string | null;
  updated_at: string;
};

export type OperatorSettlement = {
  id: string;
  market_id: string;
  market_title: string;
  /** split: both outcomes pay 50 cents a share. void: the cost of every position is refunded. */
  resolution: "yes" | "no" | "split" | "void";
  /** pending: proposed, not decided yet. processing: decided; credits or callbacks are still under way. completed: every credit made, every callback confirmed. failed: some callbacks wait for a person. */
  status: "pending" | "processing" | "completed" | "failed";
  operator_positions_settled: number;
  operator_winners: number;
  operator_losers: number;
  operator_payout_usd: number;
  operator_loss_usd: number;
  operator_net_pnl_usd: number;
  s2s_callbacks: {
    sent: number;
    confirmed: number;
    failed: number;
  };
  resolved_at: string;
  settled_at: string | null;
};

export type OperatorSettlementRules = {
  /** What a correction does about money a player has spent. to_zero: takes what the balance covers. allow_debt_to_house: takes nothing. The house bears the rest. */
  claw_back: "to_zero" | "allow_debt_to_house";
};

export type OperatorTrade = {
  id: string;
  market_id: string;
  /** The side of the question the shares pay out on. */
  outcome: "yes" | "no";
  /** `buy` names dollars, `sell` names shares. */
  side: "buy" | "sell";
  /** pending: waiting for an outside wallet. settled: the market is resolved. */
  status: "pending" | "filled" | "settled" | "cancelled";
  /** Executed price per share. */
  price: number;
  /** Mid of the traded outcome at execution. */
  mid: number;
  quantity: number;
  /** Cost of a buy or proceeds of a sale, before the fee. */
  cost_usd: number;
  /** Fee beside it: a buyer pays cost + fee, a seller receives proceeds - fee. */
  fee_usd: number;
  /** The part of the price that is spread: |price - mid| x quantity. */
  spread_usd: number;
  /** Realised profit or loss: of a sale at once, of a buy its share in what its position came to when it closed; null until then. */
  pnl_usd: number | null;
  created_at: string;
  market_title: string;
  category: "sports" | "crypto" | "politics" | "entertainment" | "economics" | "other";
  user_id: string;
  /** The username; the external id of a player without one. */
  user_name: string;
  external_user_id: string;
  /** The BET_MAKE or BET_SELL at the operator’s wallet; null where the platform keeps the balance. */
  s2s_transaction_id: string | null;
  s2s_callback_status: "pending" | "unknown" | "confirmed" | "refused" | "rolled_back" | "failed" | "handled" | null;
};

export type OwnLimits = {
  limits: ({
    /** stake: cost and fees of buys. loss: stakes less what sales and settlements returned in the period; open positions count as spent. Days, weeks (from Monday) and months are UTC. session: minutes of buying without a break of 30 minutes. */
    kind: "stake_day" | "stake_week" | "stake_month" | "loss_day" | "loss_week" | "loss_month" | "session";
    /** The limit in force; null: none, or a limit in minutes. */
    amount_usd: number | null;
    /** Of the kind `session`. */
    minutes: number | null;
    /** Spent in the running period; null for `session`. A gain is negative. */
    used_usd: number | null;
    /** What may still be spent; null without a limit. */
    remaining_usd: number | null;
    /** When the next period begins. */
    resets_at: string | null;
    /** A raise that waits its 24 hours; both values null: the limit will end. */
    pending: {
      amount_usd: number | null;
      minutes: number | null;
      effective_at: string;
    } | null;
  })[];
  /** The play session under a session limit: buys until `ends_at`, again from `free_at` without a buy before it. */
  session: {
    started_at: string;
    ends_at: string;
    free_at: string;
  } | null;
  /** Null when the player is not excluded now. */
  self_exclusion: {
    since: string;
    until: string | null;
    permanent: boolean;
  } | null;
};

export type OwnMarket = {
  id: string;
  title: string;
  category: "sports" | "crypto" | "politics" | "entertainment" | "economics" | "other";
  /** cancelled: voided. */
  status: "active" | "paused" | "resolved" | "cancelled";
  status_reason: string | null;
  /** The anchor, moved at most a quarter of the narrowest spread towards the loaded side. */
  yes_price: number | null;
  anchor_price: number;
  priced_at: string | null;
  liquidity_usd: number;
  end_date: string;
  /** Since when a proposed result has ended trading. */
  closed_at: string | null;
  resolution: "yes" | "no" | "split" | "void" | null;
  resolver: "operator" | "platform";
  proposal: {
    settlement_id: string;
    resolution: "yes" | "no" | "split" | "void";
    proposed_by: string;
    /** E-mail address of a member, name of a key pair; null for the platform and its jobs. */
    proposed_by_name: string | null;
    needs_approval: boolean;
  } | null;
  draft: MarketDraft;
  lint: LintReport;
  yes_shares: number;
  no_shares: number;
  volume_usd: number;
  trade_count: number;
  created_by: string;
  created_at: string;
};

export type Pagination = {
  page: number;
  limit: number;
  total: number;
  total_pages: number;
};

export type PlayerName = {
  user_id: string;
  /** What the player calls itself; null: it has chosen no name. */
  display_name: string | null;
  /** Whether the player wants others to see it. */
  show_name: boolean;
  /** Since when nobody else sees it, whatever the player wants. */
  hidden_at: string | null;
  /** The player reads it too. */
  hidden_reason: string | null;
};

export type PlayerStanding = {
  user_id: string;
  status: "active" | "inactive" | "suspended";
  /** Who suspended the user; what the platform did, it alone undoes. */
  suspended_by: "platform" | "operator" | null;
  limit_tier: "new" | "regular" | "vip";
  restrictions: {
    max_bet_usd: number | null;
    allowed_categories: ("sports" | "crypto" | "politics" | "entertainment" | "economics" | "other")[] | null;
    blocked_categories: ("sports" | "crypto" | "politics" | "entertainment" | "economics" | "other")[];
    blocked_markets: string[];
    cooldown_until: string | null;
    held_by: "platform" | "operator" | null;
  };
  audit_id: string;
  updated_at: string;
};

export type ReferralTerms = {
  /** For the player who brought another. */
  referrer_bonus_usd: number;
  /** For the player who was brought. */
  referred_bonus_usd: number;
  /** The first buy that costs at least this earns both. */
  qualifying_trade_usd: number;
  /** Players one player can earn for. */
  most_per_player: number;
};

export type UploadedAsset = {
  id: string;
  /** Names the content: another file has another address, and this one never changes. */
  url: string;
  content_type: string;
  /** As served: pictures are written anew. */
  size_bytes: number;
  /** Pixels; null for a PDF. */
  width: number | null;
  /** Pixels; null for a PDF. */
  height: number | null;
  uploaded_at: string;
  category: "logo" | "favicon" | "banner" | "custom_asset";
};

export type WalletAttempt = {
  id: string;
  method: "PING" | "BALANCE" | "BET_MAKE" | "BET_SELL" | "BET_WIN" | "BET_LOSE" | "BET_REFUND" | "BET_ROLLBACK";
  at: string;
  url: string;
  /** The body as sent. */
  request: string;
  /** Null when no answer came. */
  http_status: number | null;
  /** The answer’s text, cut to 4 kB. */
  answer: string | null;
  outcome: "confirmed" | "duplicate" | "refused" | "unknown" | "unsent";
  detail: string | null;
  milliseconds: number;
  /** The same request for a terminal; signatures are left out. */
  curl: string;
};

export type WalletCall = {
  /** The `transaction_id` the wallet knows it by. */
  id: string;
  request_id: string;
  operator_id: string;
  operator_slug: string;
  method: "BET_MAKE" | "BET_SELL" | "BET_WIN" | "BET_LOSE" | "BET_REFUND" | "BET_ROLLBACK";
  /** pending: not answered yet. unknown: asked, and nobody can say whether it happened. rolled_back: a BET_MAKE that was undone. failed: waits for a person. handled: a person closed it. */
  status: "pending" | "unknown" | "confirmed" | "refused" | "rolled_back" | "failed" | "handled";
  /** What moves; of a BET_LOSE the stake that is lost. */
  amount_usd: number;
  user_id: string;
  external_id: string | null;
  trade_id: string | null;
  market_id: string;
  position_id: string | null;
  settlement_id: string | null;
  reference_id: string | null;
  /** Of this round; a replay begins a new one. */
  attempts: number;
  next_attempt_at: string | null;
  /** The balance the wallet answered. */
  balance_usd: number | null;
  reason_code: string | null;
  reason: string | null;
  handled_by: string | null;
  created_at: string;
  /** When it ended. */
  settled_at: string | null;
};

export type WalletCallWithAttempts = {
  /** The `transaction_id` the wallet knows it by. */
  id: string;
  request_id: string;
  operator_id: string;
  operator_slug: string;
  method: "BET_MAKE" | "BET_SELL" | "BET_WIN" | "BET_LOSE" | "BET_REFUND" | "BET_ROLLBACK";
  /** pending: not answered yet. unknown: asked, and nobody can say whether it happened. rolled_back: a BET_MAKE that was undone. failed: waits for a person. handled: a person closed it. */
  status: "pending" | "unknown" | "confirmed" | "refused" | "rolled_back" | "failed" | "handled";
  /** What moves; of a BET_LOSE the stake that is lost. */
  amount_usd: number;
  user_id: string;
  external_id: string | null;
  trade_id: string | null;
  market_id: string;
  position_id: string | null;
  settlement_id: string | null;
  reference_id: string | null;
  /** Of this round; a replay begins a new one. */
  attempts: number;
  next_attempt_at: string | null;
  /** The balance the wallet answered. */
  balance_usd: number | null;
  reason_code: string | null;
  reason: string | null;
  handled_by: string | null;
  created_at: string;
  /** When it ended. */
  settled_at: string | null;
  attempt_log: WalletAttempt[];
};

export type WalletPing = {
  ok: boolean;
  steps: ({
    step: "callback_url" | "address" | "signature" | "request" | "answer";
    ok: boolean;
    detail: string;
  })[];
  http_status: number | null;
  milliseconds: number | null;
  answer: string | null;
};

export type WalletSettings = {
  /** internal: the platform keeps the balance. seamless: the operator’s wallet does. shadow: no money moves. */
  mode: "internal" | "seamless" | "shadow";
  enabled: boolean;
  callback_url: string | null;
  currency: string;
  /** How long each method may take. */
  budgets_ms: {
    PING: number;
    BALANCE: number;
    BET_MAKE: number;
    BET_SELL: number;
    BET_WIN: number;
    BET_LOSE: number;
    BET_REFUND: number;
    BET_ROLLBACK: number;
  };
  /** Requests to the wallet at the same time. */
  concurrency: number;
  jwks_path: string;
  /** Of the key that signs now. */
  signing_key_fingerprint: string | null;
  signing_keys: ({
    kid: string;
    /** sha256: and the SHA-256 of the public key’s SPKI bytes, in hex. */
    fingerprint: string;
    /** new: published, not signing yet. retiring: published until ends_at. */
    state: "new" | "active" | "retiring" | "ended";
    active_from: string;
    ends_at: string | null;
  })[];
  webhook_secrets: ({
    created_at: string;
    /** It signs until then. */
    ends_at: string | null;
  })[];
  /** Whether the last PING was answered OK; null before the first. */
  healthy: boolean | null;
  last_ping: string | null;
  last_ok: string | null;
  /** PINGs in a row without OK. */
  failures: number;
  detail: string | null;
};

/** What the platform asks a wallet: `method` says which of the eight. */
export type Callback = {
  method: "PING";
  /** When the operation was decided: the same on every attempt. */
  timestamp: string;
  /** The idempotency key: the same on every attempt of the same operation. */
  request_id: string;
  operator_id: string;
  params: Record<string, never>;
} | {
  method: "BALANCE";
  /** When the operation was decided: the same on every attempt. */
  timestamp: string;
  /** The idempotency key: the same on every attempt of the same operation. */
  request_id: string;
  operator_id: string;
  params: {
    /** The operator’s own id of the player. */
    player_id: string;
    /** ISO 4217. */
    currency: string;
  };
} | {
  method: "BET_MAKE";
  /** When the operation was decided: the same on every attempt. */
  timestamp: string;
  /** The idempotency key: the same on every attempt of the same operation. */
  request_id: string;
  operator_id: string;
  params: {
    /** The operator’s own id of the player. */
    player_id: string;
    /** ISO 4217. */
    currency: string;
    transaction_id: string;
    /** Whole minor units of `currency`. */
    amount: number;
    bet: {
      trade_id: string;
      market_id: string;
      market_title: string;
      category: "sports" | "crypto" | "politics" | "entertainment" | "economics" | "other";
      /** The side of the question the shares pay out on. */
      outcome: "yes" | "no";
      price: number;
      quantity: number;
      /** Whole minor units; part of `amount` for BET_MAKE, already taken off it for BET_SELL. */
      fee: number;
    };
  };
} | {
  method: "BET_SELL";
  /** When the operation was decided: the same on every attempt. */
  timestamp: string;
  /** The idempotency key: the same on every attempt of the same operation. */
  request_id: string;
  operator_id: string;
  params: {
    /** The operator’s own id of the player. */
    player_id: string;
    /** ISO 4217. */
    currency: string;
    transaction_id: string;
    /** Whole minor units of `currency`. */
    amount: number;
    /** `transaction_id` of the BET_MAKE this belongs to. */
    reference_id: string;
    bet: {
      trade_id: string;
      market_id: string;
      market_title: string;
      category: "sports" | "crypto" | "politics" | "entertainment" | "economics" | "other";
      /** The side of the question the shares pay out on. */
      outcome: "yes" | "no";
      price: number;
      quantity: number;
      /** Whole minor units; part of `amount` for BET_MAKE, already taken off it for BET_SELL. */
      fee: number;
    };
  };
} | {
  method: "BET_WIN";
  /** When the operation was decided: the same on every attempt. */
  timestamp: string;
  /** The idempotency key: the same on every attempt of the same operation. */
  request_id: string;
  operator_id: string;
  params: {
    /** The operator’s own id of the player. */
    player_id: string;
    /** ISO 4217. */
    currency: string;
    transaction_id: string;
    /** Whole minor units of `currency`. */
    amount: number;
    /** `transaction_id` of the BET_MAKE this belongs to. */
    reference_id: string;
    position_id: string;
    settlement_id: string;
  };
} | {
  method: "BET_LOSE";
  /** When the operation was decided: the same on every attempt. */
  timestamp: string;
  /** The idempotency key: the same on every attempt of the same operation. */
  request_id: string;
  operator_id: string;
  params: {
    /** The operator’s own id of the player. */
    player_id: string;
    /** ISO 4217. */
    currency: string;
    transaction_id: string;
    /** `transaction_id` of the BET_MAKE this belongs to. */
    reference_id: string;
    position_id: string;
    settlement_id: string;
    /** Whole minor units of `currency`. */
    stake: number;
  };
} | {
  method: "BET_REFUND";
  /** When the operation was decided: the same on every attempt. */
  timestamp: string;
  /** The idempotency key: the same on every attempt of the same operation. */
  request_id: string;
  operator_id: string;
  params: {
    /** The operator’s own id of the player. */
    player_id: string;
    /** ISO 4217. */
    currency: string;
    transaction_id: string;
    /** Whole minor units of `currency`. */
    amount: number;
    /** `transaction_id` of the BET_MAKE this belongs to. */
    reference_id: string;
    position_id: string;
    settlement_id: string;
  };
} | {
  method: "BET_ROLLBACK";
  /** When the operation was decided: the same on every attempt. */
  timestamp: string;
  /** The idempotency key: the same on every attempt of the same operation. */
  request_id: string;
  operator_id: string;
  params: {
    /** The operator’s own id of the player. */
    player_id: string;
    /** ISO 4217. */
    currency: string;
    transaction_id: string;
    /** Whole minor units of `currency`. */
    amount: number;
    /** `transaction_id` of the BET_MAKE this belongs to. */
    reference_id: string;
  };
};

export type FilesUploadBody = {
  /** The file. What it is is read from its content, not from its name. */
  file: UploadFile;
  category: "logo" | "favicon" | "banner" | "custom_asset";
};

export type FilesRemoveFromBrandingQuery = {
  picture: "logo" | "favicon" | undefined;
};

export type FilesRemoveFromBrandingResult = {
  logo_url: string | null;
  favicon_url: string | null;
};

export type ReferralTermsGetResult = ReferralTerms | null;

export type ReferralTermsUpdateBody = {
  /** For the player who brought another. */
  referrer_bonus_usd: number;
  /** For the player who was brought. */
  referred_bonus_usd: number;
  /** The first buy that costs at least this earns both. */
  qualifying_trade_usd: number;
  /** Players one player can earn for. */
  most_per_player: number;
};

export type UsersAdjustBalanceBody = {
  /** deposit adds funds, withdraw removes them. */
  action: "deposit" | "withdraw";
  /** Dollars, more than zero, at most two decimals. */
  amount_usd: number;
  /** Stored in the ledger and the audit log. */
  reason: string;
  /** Unique for each adjustment. */
  idempotency_key?: string;
  /** Anything to keep with the ledger row. */
  metadata?: Record<string, unknown> | null;
};

export type UsersAdjustBalanceResult = {
  ledger_entry_id: string;
  user_id: string;
  /** deposit adds funds, withdraw removes them. */
  action: "deposit" | "withdraw";
  amount_usd: number;
  balance_before_usd: number;
  balance_after_usd: number;
  reason: string;
  idempotency_key: string;
  metadata: Record<string, unknown> | null;
  created_at: string;
  /** The member, or the API key, that made the adjustment. */
  operator_admin_id: string;
};

export type UsersRestrictBody = {
  /** The most one trade may cost; null: no limit of its own. */
  max_bet_usd?: number | null;
  /** null: every category. */
  allowed_categories?: ("sports" | "crypto" | "politics" | "entertainment" | "economics" | "other")[] | null;
  blocked_categories?: ("sports" | "crypto" | "politics" | "entertainment" | "economics" | "other")[];
  blocked_markets?: string[];
  /** Buys nothing before it; null ends it. */
  cooldown_until?: string | null;
  /** Why; kept in the audit log. */
  reason: string;
};

export type UsersSuspendBody = {
  /** Why; kept in the audit log. */
  reason: string;
};

export type UsersReinstateBody = {
  /** Why; kept in the audit log. */
  reason: string;
};

export type UsersChangeLimitTierBody = {
  limit_tier: "new" | "regular" | "vip";
  /** Why; kept in the audit log. */
  reason: string;
};

export type UsersListQuery = {
  /** Page number (1-indexed). */
  page?: number | undefined;
  /** Results per page. Max 200. */
  limit?: number | undefined;
  /** Continue after this `next_cursor`; takes the place of `page`. */
  cursor?: string | undefined;
  /** Part of a username, e-mail or external id, or a whole user id. */
  search?: string | undefined;
  /** Risk tier. */
  tier?: "normal" | "sharp" | "restricted" | "banned" | undefined;
  /** suspended: may not buy. inactive: closed, or not seen for 30 days. active: everybody else. */
  status?: "active" | "inactive" | "suspended" | undefined;
  /** Minimum balance in USD. */
  min_balance?: number | undefined;
  /** Maximum balance in USD. */
  max_balance?: number | undefined;
  /** Sort field; players without a value come last. */
  sort?: "created_at" | "last_active" | "trade_count" | "balance" | "pnl" | "volume" | "score" | undefined;
  /** Sort order: asc or desc. */
  order?: "asc" | "desc" | undefined;
};

export type UsersListPage = {
  data: OperatorPlayer[];
  pagination: Pagination;
  next_cursor?: string | null;
};

export type UsersUpdateDisplayNameBody = {
  hidden: boolean;
  /** Why; kept in the audit log, and told to the player while the name is hidden. */
  reason: string;
};

export type UsersUpdateDisplayNameResult = {
  user_id: string;
  /** What the player calls itself; null: it has chosen no name. */
  display_name: string | null;
  /** Whether the player wants others to see it. */
  show_name: boolean;
  /** Since when nobody else sees it, whatever the player wants. */
  hidden_at: string | null;
  /** The player reads it too. */
  hidden_reason: string | null;
  audit_id: string;
};

export type TradesListQuery = {
  /** Page number (1-indexed). */
  page?: number | undefined;
  /** Results per page. Max 200. */
  limit?: number | undefined;
  /** Continue after this `next_cursor`; takes the place of `page`. */
  cursor?: string | undefined;
  /** Filter by market. */
  market_id?: string | undefined;
  /** Filter: buy or sell. */
  side?: "buy" | "sell" | undefined;
  /** Filter: yes or no. */
  outcome?: "yes" | "no" | undefined;
  /** Filter: pending, filled, settled, cancelled. */
  status?: "pending" | "filled" | "settled" | "cancelled" | undefined;
  /** Minimum trade amount in USD, before the fee. */
  min_amount?: number | undefined;
  /** Maximum trade amount in USD, before the fee. */
  max_amount?: number | undefined;
  /** ISO 8601 start; from this instant on. A date is its midnight in UTC. */
  from?: string | Date | undefined;
  /** ISO 8601 end; before this instant. A date is its midnight in UTC. */
  to?: string | Date | undefined;
  /** Sort field: created_at, amount, price. */
  sort?: "created_at" | "amount" | "price" | undefined;
  /** Sort order: asc or desc. */
  order?: "asc" | "desc" | undefined;
  /** Filter by user. */
  user_id?: string | undefined;
};

export type TradesListPage = {
  data: OperatorTrade[];
  pagination: Pagination;
  next_cursor?: string | null;
};

export type PositionsListQuery = {
  /** Page number (1-indexed). */
  page?: number | undefined;
  /** Results per page. Max 200. */
  limit?: number | undefined;
  /** Continue after this `next_cursor`; takes the place of `page`. */
  cursor?: string | undefined;
  /** Filter by market. */
  market_id?: string | undefined;
  /** Filter: open, closed, settled. */
  status?: "open" | "closed" | "settled" | undefined;
  /** Filter: yes or no. */
  outcome?: "yes" | "no" | undefined;
  /** Sort: opened_at, market_value, pnl (`pnl_usd`), quantity. Positions without a value come last. */
  sort?: "opened_at" | "market_value" | "pnl" | "quantity" | undefined;
  /** Sort order: asc or desc. */
  order?: "asc" | "desc" | undefined;
  /** Filter by user. */
  user_id?: string | undefined;
};

export type PositionsListPage = {
  data: OperatorPosition[];
  pagination: Pagination;
  next_cursor?: string | null;
};

export type OrdersListQuery = {
  /** Page number (1-indexed). */
  page?: number | undefined;
  /** Results per page. Max 200. */
  limit?: number | undefined;
  /** Continue after this `next_cursor`; takes the place of `page`. */
  cursor?: string | undefined;
  /** Filter by market. */
  market_id?: string | undefined;
  /** Filter: open, pending, filled, cancelled, expired. */
  status?: "open" | "pending" | "filled" | "cancelled" | "expired" | undefined;
  /** Filter: buy or sell. */
  side?: "buy" | "sell" | undefined;
  /** Filter: yes or no. */
  outcome?: "yes" | "no" | undefined;
  /** ISO 8601 start; from this instant on. A date is its midnight in UTC. */
  from?: string | Date | undefined;
  /** ISO 8601 end; before this instant. A date is its midnight in UTC. */
  to?: string | Date | undefined;
  /** Filter by user. */
  user_id?: string | undefined;
};

export type OrdersListPage = {
  data: OperatorOrder[];
  pagination: Pagination;
  next_cursor?: string | null;
};

export type DashboardGetQuery = {
  /** Days until now that `period_usd`, `chart_data` and the deltas are of. */
  period?: "1d" | "7d" | "30d" | "90d" | "all" | undefined;
};

export type RevenueGetQuery = {
  /** ISO 8601 start; from this instant on. A date is its midnight in UTC. */
  from?: string | Date | undefined;
  /** ISO 8601 end; before this instant. A date is its midnight in UTC. */
  to?: string | Date | undefined;
  /** Length of one element of `series`, in UTC; weeks are ISO weeks, named by their Monday. A period of more than 3,000 of them is refused. */
  granularity?: "hour" | "day" | "week" | "month" | undefined;
};

export type MarketsListQuery = {
  /** Page number (1-indexed). */
  page?: number | undefined;
  /** Results per page. Max 200. */
  limit?: number | undefined;
  /** Continue after this `next_cursor`; takes the place of `page`. */
  cursor?: string | undefined;
  /** Words in the title, in any case. */
  search?: string | undefined;
  /** One you offer; of another there is nothing to list. */
  category?: "sports" | "crypto" | "politics" | "entertainment" | "economics" | "other" | undefined;
  status?: "active" | "paused" | "resolved" | undefined;
  sort?: "volume" | "created_at" | "end_date" | "trade_count" | undefined;
  /** Sort order: asc or desc. */
  order?: "asc" | "desc" | undefined;
};

export type MarketsListPage = {
  data: OperatorMarket[];
  pagination: Pagination;
  next_cursor?: string | null;
};

export type ExposureGetSnapshotsQuery = {
  /** ISO 8601 start; from this instant on. A date is its midnight in UTC. */
  from?: string | Date | undefined;
  /** ISO 8601 end; before this instant. A date is its midnight in UTC. */
  to?: string | Date | undefined;
  /** One point each: the last snapshot within it. At most 1,000 points in a period. */
  granularity?: "5m" | "hour" | "day" | undefined;
  /** Of this category only. */
  category?: "sports" | "crypto" | "politics" | "entertainment" | "economics" | "other" | undefined;
  /** Of this market only; snapshots of markets are hourly. */
  market_id?: string | undefined;
};

export type ActivityListQuery = {
  /** Number of entries to return. Max 200. */
  limit?: number | undefined;
  /** Only entries of this type. */
  type?: "trade" | "settlement" | "user_signup" | "risk_event" | "operator_event" | "config_change" | undefined;
  /** Continue after this `next_cursor`: nothing is skipped or repeated, whatever happens meanwhile. */
  cursor?: string | undefined;
};

export type ActivityListPage = {
  data: Activity[];
  next_cursor: string | null;
  /** Where the stream goes on from the first page: its `after`. null on later pages. */
  live_cursor: string | null;
};

export type ActivityStreamQuery = {
  /** Only entries of this type. */
  type?: "trade" | "settlement" | "user_signup" | "risk_event" | "operator_event" | "config_change" | undefined;
  /** A `live_cursor`: the stream begins after that page. The header Last-Event-ID goes before it. */
  after?: string | undefined;
};

export type SettingsUpdateBody = {
  profile?: {
    contact_email?: string;
    contact_name?: string | null;
    website_url?: string | null;
    /** Read-only: answered with 403. */
    name?: unknown;
    /** Read-only: answered with 403. */
    slug?: unknown;
    /** Read-only: answered with 403. */
    logo_url?: unknown;
    /** Read-only: answered with 403. */
    favicon_url?: unknown;
  };
  branding?: {
    primary_color?: string;
    secondary_color?: string;
    display_name?: string;
    /** Declarations of variables that begin with `--op-`. */
    custom_css?: string | null;
  };
  s2s?: {
    callback_url?: string | null;
    /** Read-only: answered with 403. */
    enabled?: unknown;
    /** Read-only: answered with 403. */
    signing_key_fingerprint?: unknown;
    /** Read-only: answered with 403. */
    healthy?: unknown;
    /** Read-only: answered with 403. */
    last_ping?: unknown;
  };
  /** Read-only: answered with 403. */
  limits?: unknown;
  /** Read-only: answered with 403. */
  categories?: unknown;
  /** Read-only: answered with 403. */
  status?: unknown;
  /** Read-only: answered with 403. */
  tier?: unknown;
  /** Read-only: answered with 403. */
  trial?: unknown;
  /** Read-only: answered with 403. */
  onboarded_at?: unknown;
  /** Read-only: answered with 403. */
  updated_at?: unknown;
};

export type SettingsUpdateResult = {
  /** The fields sent, as `section.field`. */
  updated_fields: string[];
  previous_values: Record<string, unknown>;
  new_values: Record<string, unknown>;
  /** When the primary colour was sent: how it is shown. */
  contrast?: ContrastRow[];
  audit_id: string;
  updated_at: string;
};

export type SettingsPreviewBrandingQuery = {
  /** Absent: the colour in force. */
  primary_color?: string | undefined;
};

export type SettingsPreviewBrandingResult = {
  themes: {
    light: BrandColours;
    dark: BrandColours;
  };
  contrast: ContrastRow[];
};

export type ConfigGetResult = {
  trading: {
    default_trade_amount_usd: number;
    quick_amounts: number[];
    show_advanced_trading: boolean;
    allow_limit_orders: boolean;
    confirm_trades_above_usd: number;
    auto_close_positions_on_settlement: boolean;
  };
  ui: {
    show_global_volume: boolean;
    show_market_charts: boolean;
    show_orderbook: boolean;
    show_related_markets: boolean;
    show_user_pnl: boolean;
    default_market_sort: "volume" | "created_at" | "end_date" | "trade_count";
    markets_per_page: number;
    theme_override: "dark" | "light" | null;
    custom_footer_html: string | null;
  };
  notifications: {
    trade_confirmation: boolean;
    settlement_notification: boolean;
    price_alert_enabled: boolean;
    daily_digest: boolean;
  };
  categories: {
    enabled: ("sports" | "crypto" | "politics" | "entertainment" | "economics" | "other")[];
    featured: ("sports" | "crypto" | "politics" | "entertainment" | "economics" | "other")[];
    hidden: ("sports" | "crypto" | "politics" | "entertainment" | "economics" | "other")[];
  };
  features: {
    batch_trading: boolean;
    watchlist: boolean;
    price_alerts: boolean;
    social_feed: boolean;
    leaderboard: boolean;
    referral_program: boolean;
  };
  updated_at: string;
};

export type ConfigUpdateBody = {
  trading?: {
    default_trade_amount_usd?: number;
    quick_amounts?: number[];
    show_advanced_trading?: boolean;
    allow_limit_orders?: boolean;
    confirm_trades_above_usd?: number;
    auto_close_positions_on_settlement?: boolean;
  };
  ui?: {
    show_global_volume?: boolean;
    show_market_charts?: boolean;
    show_orderbook?: boolean;
    show_related_markets?: boolean;
    show_user_pnl?: boolean;
    default_market_sort?: "volume" | "created_at" | "end_date" | "trade_count";
    markets_per_page?: number;
    theme_override?: "dark" | "light" | null;
    custom_footer_html?: string | null;
  };
  notifications?: {
    trade_confirmation?: boolean;
    settlement_notification?: boolean;
    price_alert_enabled?: boolean;
    daily_digest?: boolean;
  };
  categories?: {
    enabled?: ("sports" | "crypto" | "politics" | "entertainment" | "economics" | "other")[];
    featured?: ("sports" | "crypto" | "politics" | "entertainment" | "economics" | "other")[];
    hidden?: ("sports" | "crypto" | "politics" | "entertainment" | "economics" | "other")[];
  };
  features?: {
    batch_trading?: boolean;
    watchlist?: boolean;
    price_alerts?: boolean;
    social_feed?: boolean;
    leaderboard?: boolean;
    referral_program?: boolean;
  };
  /** Why; stored in the audit log. */
  reason?: string;
};

export type ConfigUpdateResult = {
  /** The keys sent, as `group.key`. */
  updated_keys: string[];
  previous_values: Record<string, unknown>;
  new_values: Record<string, unknown>;
  audit_id: string;
  updated_at: string;
};

export type ConfigListChangesQuery = {
  /** Page number (1-indexed). */
  page?: number | undefined;
  /** Results per page. Max 200. */
  limit?: number | undefined;
  /** Continue after this `next_cursor`; takes the place of `page`. */
  cursor?: string | undefined;
  /** Only changes of this key, as `group.key`. */
  key?: string | undefined;
};

export type ConfigListChangesPage = {
  data: ConfigChange[];
  pagination: Pagination;
  next_cursor?: string | null;
};

export type ConfigRevertChangeBody = {
  /** Why; stored in the audit log. */
  reason?: string;
};

export type ConfigRevertChangeResult = {
  /** The keys sent, as `group.key`. */
  updated_keys: string[];
  previous_values: Record<string, unknown>;
  new_values: Record<string, unknown>;
  audit_id: string;
  updated_at: string;
};

export type ApiKeysListPage = {
  data: ApiKey[];
  total: number;
};

export type ApiKeysCreateBody = {
  /** Human-readable label for the key. */
  name: string;
  /** Permission scopes. Defaults to all. */
  permissions?: ("s2s_callback" | "server_api" | "read_only")[];
  /** ISO 8601 expiration date, in the future. null for non-expiring. */
  expires_at?: string | null;
};

export type ApiKeysDeleteBody = {
  key_id: string;
};

export type ApiKeysDeleteResult = {
  id: string;
  name: string;
  status: "revoked";
  revoked_at: string;
};

export type ApiKeysRotateBody = {
  /** 0: the old pair stops at once. */
  overlap_hours?: number;
  /** Of the new pair; that of the old one when absent. */
  expires_at?: string | null;
};

export type ApiKeysRotateResult = {
  id: string;
  name: string;
  api_key: string;
  /** Shown in this answer only. */
  api_secret: string;
  prefix: string;
  status: "active";
  permissions: ("s2s_callback" | "server_api" | "read_only")[];
  created_at: string;
  expires_at: string | null;
  predecessor: {
    id: string;
    status: "active" | "revoked";
    expires_at: string | null;
  };
};

export type EmbedOriginsListPage = {
  data: EmbedOrigin[];
  total: number;
};

export type EmbedOriginsAddBody = {
  /** Like https://example-casino.com, without a path or a slash at the end. */
  origin: string;
};

export type EmbedOriginsAddResult = {
  id: string;
  origin: string;
  status: "pending_verification" | "verified" | "removed";
  verified_at: string | null;
  /** When a player session was last opened from it. */
  last_seen_at: string | null;
  /** Player sessions opened from it in the last 24 hours. */
  request_count_24h: number;
  created_at: string;
  verification_token: string;
  verification_instructions: string;
  /** When DNS was last asked for the TXT record. */
  last_checked_at: string | null;
  /** What DNS said then. */
  check_detail: string | null;
};

export type EmbedOriginsRemoveBody = {
  origin_id: string;
};

export type EmbedOriginsRemoveResult = {
  id: string;
  origin: string;
  status: "removed";
  removed_at: string;
  /** Player sessions opened from it that ended. */
  ended_sessions: number;
};

export type EmbedGetCodeQuery = {
  /** html: iframe snippet. react: a component. vanilla: the bridge alone. */
  format?: "html" | "react" | "vanilla" | undefined;
  theme?: "dark" | "light" | undefined;
  /** Embed width. */
  width?: string | undefined;
  /** Embed height. */
  height?: string | undefined;
};

export type SettlementsListQuery = {
  /** Page number (1-indexed). */
  page?: number | undefined;
  /** Results per page. Max 200. */
  limit?: number | undefined;
  /** Continue after this `next_cursor`; takes the place of `page`. */
  cursor?: string | undefined;
  /** pending: proposed, not decided yet. processing: decided; credits or callbacks are still under way. completed: every credit made, every callback confirmed. failed: some callbacks wait for a person. */
  status?: "pending" | "processing" | "completed" | "failed" | undefined;
  market_id?: string | undefined;
  /** ISO 8601 start; from this instant on. A date is its midnight in UTC. */
  from?: string | Date | undefined;
  /** ISO 8601 end; before this instant. A date is its midnight in UTC. */
  to?: string | Date | undefined;
};

export type SettlementsListPage = {
  data: OperatorSettlement[];
  pagination: Pagination;
  next_cursor?: string | null;
};

export type SettlementRulesUpdateBody = {
  /** What a correction does about money a player has spent. to_zero: takes what the balance covers. allow_debt_to_house: takes nothing. The house bears the rest. */
  claw_back: "to_zero" | "allow_debt_to_house";
};

export type InvoicesListQuery = {
  /** Filter: draft, sent, paid, overdue; void for those taken back. */
  status?: "draft" | "sent" | "paid" | "overdue" | "void" | undefined;
};

export type InvoicesListPage = {
  data: OperatorInvoice[];
  total: number;
};

export type InvoicesListEntriesQuery = {
  /** Page number (1-indexed). */
  page?: number | undefined;
  /** Results per page. Max 200. */
  limit?: number | undefined;
  /** Continue after this `next_cursor`; takes the place of `page`. */
  cursor?: string | undefined;
  /** spread or fee. */
  line?: "spread" | "fee" | undefined;
};

export type InvoicesListEntriesPage = {
  data: InvoiceEntry[];
  pagination: Pagination;
  next_cursor?: string | null;
};

export type BillingUpdateBody = {
  /** The legal name. */
  name: string;
  /** As on an envelope, without the name; at most six lines. */
  address: string[];
  tax_id: string | null;
  /** Where invoices are asked about. */
  email: string | null;
};

export type ReportsExportBody = {
  type: "trades" | "users" | "positions" | "revenue" | "settlements";
  format: "csv" | "xlsx" | "pdf";
  filters?: {
    /** ISO 8601 start; from this instant on. */
    from?: string | null;
    /** ISO 8601 end; before this instant. Now, when absent. */
    to?: string | null;
    /** Of trades and positions: of this user. */
    user_id?: string | null;
    /** Of trades, positions and settlements: in this market. */
    market_id?: string | null;
    side?: "buy" | "sell" | null;
    outcome?: "yes" | "no" | null;
    /** Of trades, positions, users, settlements and invoices: as in their lists. */
    status?: string | null;
    /** Of trades: minimum in dollars, before the fee. */
    min_amount?: number | null;
    /** Of trades: maximum in dollars, before the fee. */
    max_amount?: number | null;
    /** Of users: risk tier. */
    tier?: "normal" | "sharp" | "restricted" | "banned" | null;
    /** Of risk events. */
    severity?: "info" | "warning" | "critical" | null;
    /** Of revenue: one row for each; day when absent. */
    granularity?: "hour" | "day" | "week" | "month" | null;
  };
  /** Columns in their order; all of the type when absent (docs/reports.md lists them). */
  columns?: string[] | null;
  /** email: sent when it is ready. */
  delivery?: "download" | "email";
  /** Required where delivery is email. */
  email?: string | null;
};

export type ReportsListQuery = {
  /** Page number (1-indexed). */
  page?: number | undefined;
  /** Results per page. Max 200. */
  limit?: number | undefined;
};

export type ReportsListPage = {
  data: OperatorReport[];
  pagination: Pagination;
  next_cursor?: string | null;
};

export type ReportsScheduledCreateBody = {
  type: "trades" | "users" | "positions" | "revenue" | "settlements";
  name: string;
  format: "csv" | "xlsx" | "pdf";
  /** daily: of the day before. weekly: of the seven days before. monthly: of the month before. */
  frequency: "daily" | "weekly" | "monthly";
  /** Of a weekly one: 0 is Sunday, 1 Monday. */
  day_of_week?: number | null;
  /** Of a monthly one; 1 when absent. */
  day_of_month?: number | null;
  /** Time of day in UTC, HH:MM. */
  time_utc: string;
  /** Columns in their order; all of the type when absent (docs/reports.md lists them). */
  columns?: string[] | null;
  /** Who gets each report by e-mail. */
  recipients: string[];
  filters?: {
    /** ISO 8601 start; from this instant on. */
    from?: string | null;
    /** ISO 8601 end; before this instant. Now, when absent. */
    to?: string | null;
    /** Of trades and positions: of this user. */
    user_id?: string | null;
    /** Of trades, positions and settlements: in this market. */
    market_id?: string | null;
    side?: "buy" | "sell" | null;
    outcome?: "yes" | "no" | null;
    /** Of trades, positions, users, settlements and invoices: as in their lists. */
    status?: string | null;
    /** Of trades: minimum in dollars, before the fee. */
    min_amount?: number | null;
    /** Of trades: maximum in dollars, before the fee. */
    max_amount?: number | null;
    /** Of users: risk tier. */
    tier?: "normal" | "sharp" | "restricted" | "banned" | null;
    /** Of risk events. */
    severity?: "info" | "warning" | "critical" | null;
    /** Of revenue: one row for each; day when absent. */
    granularity?: "hour" | "day" | "week" | "month" | null;
  };
  /** false: it waits until it is enabled again. */
  enabled?: boolean;
};

export type ReportsScheduledListPage = {
  data: OperatorReportSchedule[];
  total: number;
};

export type ReportsScheduledUpdateBody = {
  name?: string;
  format?: "csv" | "xlsx" | "pdf";
  /** daily: of the day before. weekly: of the seven days before. monthly: of the month before. */
  frequency?: "daily" | "weekly" | "monthly";
  /** Of a weekly one: 0 is Sunday, 1 Monday. */
  day_of_week?: number | null;
  /** Of a monthly one; 1 when absent. */
  day_of_month?: number | null;
  /** Time of day in UTC, HH:MM. */
  time_utc?: string;
  /** Who gets each report by e-mail. */
  recipients?: string[];
  enabled?: boolean;
};

export type ReportsScheduledDeleteResult = {
  id: string;
  removed: true;
};

export type WalletUpdateBody = {
  /** internal: the platform keeps the balance. seamless: the operator’s wallet does. shadow: no money moves. */
  mode?: "internal" | "seamless" | "shadow";
  callback_url?: string | null;
  budgets_ms?: {
    PING?: number;
    BALANCE?: number;
    BET_MAKE?: number;
    BET_SELL?: number;
    BET_WIN?: number;
    BET_LOSE?: number;
    BET_REFUND?: number;
    BET_ROLLBACK?: number;
  };
  /** Requests to the wallet at the same time. */
  concurrency?: number;
};

export type WalletRotateWebhookSecretResult = {
  /** Shown once. Both sign until the one before ends. */
  secret: string;
  predecessor_ends_at: string | null;
};

export type WalletCallsListQuery = {
  /** Page number (1-indexed). */
  page?: number | undefined;
  /** Results per page. Max 200. */
  limit?: number | undefined;
  /** Continue after this `next_cursor`; takes the place of `page`. */
  cursor?: string | undefined;
  method?: "BET_MAKE" | "BET_SELL" | "BET_WIN" | "BET_LOSE" | "BET_REFUND" | "BET_ROLLBACK" | undefined;
  /** `failed` is the queue that waits for people. */
  status?: "pending" | "unknown" | "confirmed" | "refused" | "rolled_back" | "failed" | "handled" | undefined;
  user_id?: string | undefined;
  trade_id?: string | undefined;
  market_id?: string | undefined;
  settlement_id?: string | undefined;
  /** ISO 8601 start. */
  from?: string | Date | undefined;
  /** ISO 8601 end; before this instant. */
  to?: string | Date | undefined;
};

export type WalletCallsListPage = {
  data: WalletCall[];
  pagination: Pagination;
  next_cursor?: string | null;
};

export type WalletCallsReplayBody = {
  /** Why; kept with the call and the audit log. */
  reason: string;
};

export type WalletCallsReplayManyBody = {
  call_ids: string[];
  /** Why; kept with the call and the audit log. */
  reason: string;
};

export type WalletCallsReplayManyResult = {
  replayed: string[];
  /** What cannot be asked again, and why. */
  skipped: {
    id: string;
    reason: string;
  }[];
};

export type WalletCallsHandleBody = {
  /** Why; kept with the call and the audit log. */
  reason: string;
};

export type CopilotLintBody = {
  draft: MarketDraft;
};

export type CopilotMarketsDeployBody = {
  draft: MarketDraft;
  /** What the house commits, 100 to 1,000,000 dollars: more makes the spread narrower and the price calmer. */
  liquidity_usd: number;
  /** Who names the result: your members, or the staff of the platform. */
  resolver: "operator" | "platform";
};

export type CopilotMarketsListQuery = {
  /** Page number (1-indexed). */
  page?: number | undefined;
  /** Results per page. Max 200. */
  limit?: number | undefined;
  /** Continue after this `next_cursor`; takes the place of `page`. */
  cursor?: string | undefined;
  /** cancelled: voided. */
  status?: "active" | "paused" | "resolved" | "cancelled" | undefined;
};

export type CopilotMarketsListPage = {
  data: OwnMarket[];
  pagination: Pagination;
  next_cursor?: string | null;
};

export type CopilotMarketsUpdateBody = {
  /** What the house says yes is worth. */
  anchor_price?: number;
  /** What the house commits, 100 to 1,000,000 dollars: more makes the spread narrower and the price calmer. */
  liquidity_usd?: number;
  status?: "active" | "paused";
  draft?: MarketDraft;
  reason: string;
};

export type CopilotMarketsResolveBody = {
  resolution: "yes" | "no" | "split" | "void";
  /** What shows that the market ended so; kept for ever. */
  evidence: string;
  evidence_url?: string | null;
};

export type CopilotDecisionsListQuery = {
  /** Page number (1-indexed). */
  page?: number | undefined;
  /** Results per page. Max 200. */
  limit?: number | undefined;
  /** Continue after this `next_cursor`; takes the place of `page`. */
  cursor?: string | undefined;
  status?: "open" | "accepted" | "rejected" | "expired" | undefined;
  kind?: "pause" | "widen" | "resolve" | "fix_wording" | "reprice" | "raise_limit" | undefined;
  market_id?: string | undefined;
};

export type CopilotDecisionsListPage = {
  data: AgentSuggestion[];
  pagination: Pagination;
  next_cursor?: string | null;
};

export type CopilotDecisionsDecideBody = {
  suggestion_id: string;
  decision: "accept" | "reject";
  reason: string;
  resolution?: "yes" | "no" | "split" | "void";
  /** What shows that the market ended so; kept for ever. */
  evidence?: string;
};
