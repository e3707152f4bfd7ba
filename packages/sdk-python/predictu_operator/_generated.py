"""Written by `npm run generate` from the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Dict, Iterator, List, Literal, Optional, TypedDict, Union

from ._request import OMIT, Omit, RequestOptions, segment

if TYPE_CHECKING:
    from datetime import datetime

    from ._events import StreamEvent
    from ._form import UploadFile
    from ._page import Page
    from ._transport import DownloadedFile, Transport


FAMILIES: Dict[str, str] = {
    "BAD_REQUEST": "BadRequestError",
    "UNAUTHORIZED": "AuthenticationError",
    "FORBIDDEN": "PermissionDeniedError",
    "NOT_FOUND": "NotFoundError",
    "CONFLICT": "ConflictError",
    "IN_FLIGHT": "ConflictError",
    "LINK_EXPIRED": "BadRequestError",
    "PAYLOAD_TOO_LARGE": "BadRequestError",
    "UNSUPPORTED_MEDIA_TYPE": "BadRequestError",
    "VALIDATION_ERROR": "ValidationError",
    "IDEMPOTENCY_KEY_REUSED": "IdempotencyError",
    "INSUFFICIENT_BALANCE": "RefusedError",
    "INSUFFICIENT_SHARES": "RefusedError",
    "MARKET_NOT_TRADEABLE": "RefusedError",
    "QUOTE_EXPIRED": "RefusedError",
    "QUOTE_INVALID": "RefusedError",
    "PRICE_CHANGED": "RefusedError",
    "AMOUNT_TOO_SMALL": "RefusedError",
    "RISK_LIMIT": "RefusedError",
    "CIRCUIT_BREAKER": "RefusedError",
    "PLAYER_RESTRICTED": "RefusedError",
    "OWN_LIMIT": "RefusedError",
    "SELF_EXCLUDED": "RefusedError",
    "REQUIREMENTS_UNMET": "RefusedError",
    "OPERATOR_NOT_LIVE": "RefusedError",
    "OPERATOR_READ_ONLY": "RefusedError",
    "WALLET_UNAVAILABLE": "RefusedError",
    "INSUFFICIENT_CREDITS": "RefusedError",
    "DRAFT_UNFIT": "RefusedError",
    "RATE_LIMITED": "RateLimitError",
    "INTERNAL_ERROR": "ServerError",
    "OUTCOME_UNKNOWN": "ServerError",
    "UNAVAILABLE": "ServerError",
}


class Activity(TypedDict):
    id: str
    #: trade: an executed trade. settlement: a result proposed, approved, decided. user_signup: a new player. risk_event: a limit, a breaker, a halted market. operator_event: what was changed about an operator, its members, wallet or players’ balances. config_change: the platform configuration.
    type: Literal["trade", "settlement", "user_signup", "risk_event", "operator_event", "config_change"]
    title: str
    description: str
    #: null: of the platform as a whole.
    operator_slug: Optional[str]
    #: What people call the operator.
    operator_name: Optional[str]
    user_id: Optional[str]
    market_id: Optional[str]
    severity: Literal["info", "warning", "critical"]
    #: By type: ids, amounts and what else the entry is about.
    metadata: Dict[str, Any]
    created_at: str


class AgentSuggestionEvidenceItem(TypedDict):
    name: str
    value: str


class AgentSuggestion(TypedDict):
    id: str
    kind: Literal["pause", "widen", "resolve", "fix_wording", "reprice", "raise_limit"]
    status: Literal["open", "accepted", "rejected", "expired"]
    severity: Literal["info", "warning", "critical"]
    #: claude: a model proposed it, and the rules found its figures to be so.
    origin: Literal["rules", "claude"]
    #: Of Claude; null where the rules made it.
    model: Optional[str]
    market_id: Optional[str]
    title: str
    reason: str
    #: The figures it stands on, as they were.
    evidence: List[AgentSuggestionEvidenceItem]
    #: Accepting it takes a resolution and its evidence.
    needs_result: bool
    created_at: str
    expires_at: str
    decided_at: Optional[str]
    decided_by: Optional[str]
    decision_reason: Optional[str]


class ApiKey(TypedDict):
    id: str
    name: str
    #: The first 12 characters of the key.
    prefix: str
    status: Literal["active", "expired", "revoked"]
    permissions: List[Literal["s2s_callback", "server_api", "read_only"]]
    last_used_at: Optional[str]
    #: Requests and launch tokens of the last 24 hours, by whole hours.
    requests_24h: int
    created_at: str
    expires_at: Optional[str]


class BankAccount(TypedDict):
    holder: str
    bank: str
    #: IBAN or account number.
    account: str
    #: BIC, SWIFT or routing number.
    code: str


class BillingProfile(TypedDict):
    #: The legal name.
    name: str
    #: As on an envelope, without the name; at most six lines.
    address: List[str]
    tax_id: Optional[str]
    #: Where invoices are asked about.
    email: Optional[str]
    #: Tax on the platform’s part, percent with at most two decimals.
    tax_pct: float
    #: What the invoice says about the tax, as the reason for none.
    tax_note: Optional[str]


class BrandColours(TypedDict):
    #: The primary colour as given: main button, chosen category.
    fill: str
    #: Text on it: near-black or white, at least 4.5:1.
    on_fill: str
    #: Repaired to 3:1 against the page: edges, markers.
    edge: str
    #: Repaired to 4.5:1 against the page: links.
    text: str
    #: A pale ground of its hue.
    wash: str


class _CallbackAnswerRequired(TypedDict):
    status: Literal["OK", "DUPLICATE_TRANSACTION", "INSUFFICIENT_FUNDS", "PLAYER_NOT_FOUND", "PLAYER_BLOCKED", "LIMIT_EXCEEDED", "INVALID_SIGNATURE", "ERROR"]


class CallbackAnswer(_CallbackAnswerRequired, total=False):
    #: The player’s balance after it, whole minor units; always with OK, except for PING and BET_LOSE.
    balance: Optional[int]
    #: The `transaction_id` of the request, whenever it has one; of a duplicate likewise.
    transaction_id: Optional[str]
    #: May be echoed; when it is, it must be the request’s.
    request_id: Optional[str]
    #: For people: shown in the callback log.
    message: Optional[str]


class CircuitBreaker(TypedDict):
    id: str
    scope: Literal["global", "operator", "category", "market"]
    #: Operator id, category or market id; null for the global scope.
    scope_id: Optional[str]
    scope_label: str
    #: exposure_pct: trips by itself when exposure reaches the threshold. manual: only people trip it.
    trigger_type: Literal["exposure_pct", "manual"]
    #: Percent of the limit of the scope; null for a manual breaker.
    trigger_threshold: Optional[float]
    #: Its threshold is `risk.circuit_breaker_threshold_pct` of the configuration and moves with it.
    follows_platform: bool
    #: Exposure of the scope in percent of its limit; null without a limit.
    current_value: Optional[float]
    status: Literal["armed", "tripped", "disarmed"]
    cooldown_minutes: int
    #: Resets by itself after the cool-down, once below its threshold.
    auto_reset: bool
    tripped_at: Optional[str]
    trip_reason: Optional[str]
    reset_at: Optional[str]
    created_by: str
    created_at: str


class ConfigAuthor(TypedDict):
    kind: Literal["admin", "operator_member", "api_key", "worker"]
    id: str
    #: E-mail address or name of the key pair; null where the reader may not see it.
    name: Optional[str]


class ConfigChange(TypedDict):
    audit_id: str
    kind: Literal["change", "revert"]
    changed_at: str
    changed_by: ConfigAuthor
    reason: Optional[str]
    #: Keys whose value changed, as `group.key`.
    updated_keys: List[str]
    previous_values: Dict[str, Any]
    new_values: Dict[str, Any]
    #: Those keys that have another value by now. While there is one, the change cannot be reverted.
    changed_since: List[str]


class ContrastRow(TypedDict):
    theme: Literal["light", "dark"]
    #: button: the text on it against its fill. The others: against the page.
    use: Literal["button", "edge", "text"]
    yours: str
    #: Contrast by WCAG 2.2, 1 to 21, one decimal, rounded down.
    your_ratio: float
    #: What is shown: yours where it reads well enough.
    ours: str
    #: Contrast by WCAG 2.2, 1 to 21, one decimal, rounded down.
    our_ratio: float
    #: What it needs.
    least: float


class CopilotCreditsEntriesItem(TypedDict):
    id: str
    type: Literal["credit_grant", "credit_top_up", "copilot_answer", "copilot_refund"]
    #: Negative when they were spent.
    credits: int
    balance_after: int
    description: str
    created_at: str


class CopilotCredits(TypedDict):
    #: Credits left.
    balance: int
    #: Credits one answer costs.
    answer_price: int
    #: What would answer now.
    engine: Literal["claude", "rules"]
    model: Optional[str]
    #: The last 50, newest first.
    entries: List[CopilotCreditsEntriesItem]


class EmbedCode(TypedDict):
    format: Literal["html", "react", "vanilla"]
    code: str
    #: The public key of the oldest active pair that may sign launch tokens.
    api_key: str
    embed_url: str
    bridge_url: str


class EmbedOrigin(TypedDict):
    id: str
    origin: str
    status: Literal["pending_verification", "verified", "removed"]
    verified_at: Optional[str]
    #: When a player session was last opened from it.
    last_seen_at: Optional[str]
    #: Player sessions opened from it in the last 24 hours.
    request_count_24h: int
    created_at: str
    #: null once verified.
    verification_token: Optional[str]
    verification_instructions: Optional[str]
    #: When DNS was last asked for the TXT record.
    last_checked_at: Optional[str]
    #: What DNS said then.
    check_detail: Optional[str]


ExposureSeriesPeriod = TypedDict("ExposureSeriesPeriod", {"from": "str", "to": "str"})


class ExposureSeriesSeriesItem(TypedDict):
    #: When the snapshot was taken.
    at: str
    exposure_usd: float
    yes_exposure_usd: float
    no_exposure_usd: float
    #: What the open shares cost.
    cost_usd: float
    #: In force then; null: none of its own.
    limit_usd: Optional[float]
    #: Percent of the limit, one decimal; null without a limit.
    utilization_pct: Optional[float]
    #: yellow from 60 percent, red from 90.
    status: Literal["green", "yellow", "red"]


class ExposureSeries(TypedDict):
    #: null: the whole platform.
    operator_slug: Optional[str]
    scope: Literal["whole", "category", "market"]
    category: Optional[Literal["sports", "crypto", "politics", "entertainment", "economics", "other"]]
    market_id: Optional[str]
    period: ExposureSeriesPeriod
    granularity: Literal["5m", "hour", "day"]
    series: List[ExposureSeriesSeriesItem]


class InvoiceBuyer(TypedDict):
    #: The legal name.
    name: str
    #: As on an envelope, without the name; at most six lines.
    address: List[str]
    tax_id: Optional[str]
    #: Where invoices are asked about.
    email: Optional[str]


class InvoiceEntry(TypedDict):
    trade_id: str
    #: The fee’s own ledger entry; null of a line of spread.
    ledger_id: Optional[str]
    user_id: str
    market_id: str
    #: The side of the question the shares pay out on.
    outcome: Literal["yes", "no"]
    #: `buy` names dollars, `sell` names shares.
    side: Literal["buy", "sell"]
    price: float
    mid: float
    quantity: float
    #: Cost or proceeds of the trade before the fee.
    trade_usd: float
    #: What it adds to the line: its spread, or its fee.
    gross_usd: float
    created_at: str


class InvoiceSeller(TypedDict):
    #: The legal name.
    name: str
    #: As on an envelope, without the name; at most six lines.
    address: List[str]
    tax_id: Optional[str]
    #: Where invoices are asked about.
    email: Optional[str]
    bank: Optional[BankAccount]


class LintReportFindingsItemFixPatchOutcomes(TypedDict):
    yes: str
    no: str


class LintReportFindingsItemFixPatchSource(TypedDict):
    name: str
    url: Optional[str]


class LintReportFindingsItemFixPatchClauses(TypedDict):
    tie: str
    postponement: str
    cancellation: str


class LintReportFindingsItemFixPatch(TypedDict, total=False):
    #: One question that ends with yes or no.
    question: str
    description: str
    category: Optional[Literal["sports", "crypto", "politics", "entertainment", "economics", "other"]]
    #: What has to have happened for each outcome.
    outcomes: LintReportFindingsItemFixPatchOutcomes
    #: Where anybody can read how it ended.
    source: LintReportFindingsItemFixPatchSource
    #: Trading ends, and what has happened until then counts.
    cut_off_at: Optional[str]
    #: IANA name of the zone the question and its clauses speak in.
    time_zone: str
    clauses: LintReportFindingsItemFixPatchClauses
    #: Of yes, when trading begins.
    initial_price: Optional[float]
    price_reasons: List[str]


class LintReportFindingsItemFix(TypedDict):
    text: str
    #: Fields to set; null where a person has to decide.
    patch: Optional[LintReportFindingsItemFixPatch]


class LintReportFindingsItem(TypedDict):
    rule: str
    severity: Literal["error", "warning", "note"]
    #: The field of the draft, with dots.
    field: str
    message: str
    #: The words it is about.
    excerpt: Optional[str]
    fix: LintReportFindingsItemFix


class LintReport(TypedDict):
    #: docs/copilot.md has the formula.
    score: int
    #: No finding is an error.
    deployable: bool
    findings: List[LintReportFindingsItem]


class MarketDraftOutcomes(TypedDict):
    yes: str
    no: str


class MarketDraftSource(TypedDict):
    name: str
    url: Optional[str]


class MarketDraftClauses(TypedDict):
    tie: str
    postponement: str
    cancellation: str


class MarketDraft(TypedDict):
    #: One question that ends with yes or no.
    question: str
    description: str
    category: Optional[Literal["sports", "crypto", "politics", "entertainment", "economics", "other"]]
    #: What has to have happened for each outcome.
    outcomes: MarketDraftOutcomes
    #: Where anybody can read how it ended.
    source: MarketDraftSource
    #: Trading ends, and what has happened until then counts.
    cut_off_at: Optional[str]
    #: IANA name of the zone the question and its clauses speak in.
    time_zone: str
    clauses: MarketDraftClauses
    #: Of yes, when trading begins.
    initial_price: Optional[float]
    price_reasons: List[str]


class NewApiKey(TypedDict):
    id: str
    name: str
    api_key: str
    #: Shown in this answer only.
    api_secret: str
    prefix: str
    status: Literal["active"]
    permissions: List[Literal["s2s_callback", "server_api", "read_only"]]
    created_at: str
    expires_at: Optional[str]


class Onboarding(TypedDict):
    operator_id: str
    current_step: Literal["branding", "s2s_config", "embed_setup", "test_trades", "go_live", "complete"]
    completed_steps: List[Literal["branding", "s2s_config", "embed_setup", "test_trades", "go_live"]]
    skipped_steps: List[Literal["branding", "s2s_config", "embed_setup", "test_trades", "go_live"]]
    remaining_steps: List[Literal["branding", "s2s_config", "embed_setup", "test_trades", "go_live"]]
    #: Those that may be skipped as the operator stands.
    optional_steps: List[Literal["branding", "s2s_config", "embed_setup", "test_trades", "go_live"]]
    status: Literal["pending", "configuring", "testing", "live", "suspended"]
    progress_pct: int
    #: Of every step, as the server finds them now.
    requirements: List[OnboardingRequirement]
    updated_at: str


class OnboardingRequirement(TypedDict):
    step: Literal["branding", "s2s_config", "embed_setup", "test_trades", "go_live"]
    requirement: Literal["display_name", "colours", "callback_url", "ping_answered", "launch_key", "origin_verified", "test_trade", "earlier_steps"]
    met: bool
    #: What the server found.
    detail: str


class OperatorDashboardOperator(TypedDict):
    slug: str
    name: str
    status: Literal["pending", "configuring", "testing", "live", "suspended"]
    #: Whether your wallet answered the last ping; null when there is none or it was never asked.
    s2s_healthy: Optional[bool]


class OperatorDashboardUsers(TypedDict):
    total: int
    #: Players with at least one filled trade.
    active_24h: int
    active_7d: int
    #: Active in the period.
    active: int
    new_7d: int
    #: Of `active`.
    delta_pct: Optional[float]


class OperatorDashboardTrades(TypedDict):
    #: Filled trades of all time.
    total: int
    #: Of all time: cost of buys and proceeds of sells, before fees.
    volume_usd: float
    count_24h: int
    volume_24h_usd: float
    period: int
    period_volume_usd: float
    #: Of the number of trades in the period.
    delta_pct: Optional[float]


class OperatorDashboardRevenueBreakdown(TypedDict):
    spread_usd: float
    fees_usd: float


class OperatorDashboardRevenue(TypedDict):
    #: Of all time.
    total_usd: float
    #: Spread revenue and fees.
    period_usd: float
    #: Percent of change against the equally long period before, one decimal; null when that was zero, or for all time.
    delta_pct: Optional[float]
    #: What the house won by settlements: cost of the positions less what they were paid. Beside the revenue, not in it.
    settlement_pnl_usd: float
    operator_share_usd: float
    predictu_share_usd: float
    breakdown: OperatorDashboardRevenueBreakdown


class OperatorDashboardExposure(TypedDict):
    current_usd: float
    limit_usd: float
    utilization_pct: float


class OperatorDashboardPositions(TypedDict):
    open_count: int
    #: Open shares at the mid.
    total_value_usd: float
    avg_position_usd: float


class OperatorDashboardRisk(TypedDict):
    risk_level: Literal["low", "moderate", "high", "critical"]
    circuit_breakers_active: int
    sharp_bettors: int
    #: Risk events of the last 24 hours.
    recent_events: int


class OperatorDashboardSettlements(TypedDict):
    #: Results that are not fully settled: not every credit made and callback confirmed.
    pending_count: int
    #: Payouts of those: as decided, or for a result not decided yet what the open shares would get.
    pending_usd: float
    last_settled_at: Optional[str]


class OperatorDashboardChartDataItem(TypedDict):
    #: A day in UTC, or the instant an hour begins. Of a week or month its first day.
    date: str
    #: Only a part of it lies in the period: the first, or the one that still runs.
    partial: bool
    revenue_usd: float
    trades: int
    users: int
    volume_usd: float


class OperatorDashboard(TypedDict):
    operator: OperatorDashboardOperator
    users: OperatorDashboardUsers
    trades: OperatorDashboardTrades
    revenue: OperatorDashboardRevenue
    exposure: OperatorDashboardExposure
    positions: OperatorDashboardPositions
    risk: OperatorDashboardRisk
    settlements: OperatorDashboardSettlements
    #: By day, of all time by month. `users` traded in it.
    chart_data: List[OperatorDashboardChartDataItem]


class OperatorExposureByCategoryItem(TypedDict):
    category: Literal["sports", "crypto", "politics", "entertainment", "economics", "other"]
    exposure_usd: float
    #: null: no limit of its own.
    limit_usd: Optional[float]
    #: Percent of the limit, one decimal; null without a limit.
    utilization_pct: Optional[float]
    #: yellow from 60 percent, red from 90.
    status: Literal["green", "yellow", "red"]


class OperatorExposureByMarketItem(TypedDict):
    market_id: str
    title: str
    exposure_usd: float
    yes_exposure_usd: float
    no_exposure_usd: float
    #: Loss in the worst outcome: the larger payout less what the open shares cost.
    net_exposure_usd: float
    #: null: no limit of its own.
    limit_usd: Optional[float]
    #: Percent of the limit, one decimal; null without a limit.
    utilization_pct: Optional[float]
    #: yellow from 60 percent, red from 90.
    status: Literal["green", "yellow", "red"]
    position_count: int
    volume_usd: float


class OperatorExposureHighExposureUsersItem(TypedDict):
    user_id: str
    username: Optional[str]
    exposure_usd: float
    position_count: int
    tier: Literal["normal", "sharp", "restricted", "banned"]


class OperatorExposure(TypedDict):
    total_exposure_usd: float
    #: Sum over the markets of the loss in each one’s worst outcome.
    net_exposure_usd: float
    exposure_limit_usd: float
    utilization_pct: float
    #: yellow from 60 percent, red from 90.
    status: Literal["green", "yellow", "red"]
    by_category: List[OperatorExposureByCategoryItem]
    by_market: List[OperatorExposureByMarketItem]
    high_exposure_users: List[OperatorExposureHighExposureUsersItem]
    snapshot_at: str


OperatorInvoicePeriod = TypedDict("OperatorInvoicePeriod", {"from": "str", "to": "str"})


class OperatorInvoiceLineItemsItem(TypedDict):
    kind: Literal["spread", "fee"]
    description: str
    #: The whole revenue the part is of.
    gross_usd: float
    #: The platform’s part of the revenue, percent.
    share_pct: float
    amount_usd: float
    #: Trades that have any of it.
    trade_count: int
    first_trade_id: Optional[str]
    last_trade_id: Optional[str]
    #: The trades and ledger entries the line is the sum of.
    entries_url: str


class OperatorInvoice(TypedDict):
    id: str
    #: Counts up without a gap, over all operators.
    number: str
    #: First and last day of the month, both included, in UTC.
    period: OperatorInvoicePeriod
    #: draft: issued, not sent yet. sent: to be paid. paid: in full. overdue: sent, past its day and not paid. void: taken back by a credit note.
    status: Literal["draft", "sent", "paid", "overdue", "void"]
    #: The platform’s part of the revenue, half up to the cent; the lines add up to it.
    amount_usd: float
    tax_usd: float
    #: What is to be paid: the amount and its tax.
    total_usd: float
    #: What is still to be paid; negative: to be given back.
    balance_usd: float
    line_items: List[OperatorInvoiceLineItemsItem]
    trade_volume_usd: float
    trade_count: int
    spread_revenue_usd: float
    fee_revenue_usd: float
    #: The platform’s part of the revenue, percent.
    revenue_share_pct: float
    issued_at: str
    due_at: str
    sent_at: Optional[str]
    paid_at: Optional[str]
    pdf_url: str


OperatorInvoiceDetailPeriod = TypedDict("OperatorInvoiceDetailPeriod", {"from": "str", "to": "str"})


class OperatorInvoiceDetailLineItemsItem(TypedDict):
    kind: Literal["spread", "fee"]
    description: str
    #: The whole revenue the part is of.
    gross_usd: float
    #: The platform’s part of the revenue, percent.
    share_pct: float
    amount_usd: float
    #: Trades that have any of it.
    trade_count: int
    first_trade_id: Optional[str]
    last_trade_id: Optional[str]
    #: The trades and ledger entries the line is the sum of.
    entries_url: str


class OperatorInvoiceDetailSummary(TypedDict):
    trade_volume_usd: float
    trade_count: int
    unique_traders: int
    gross_revenue_usd: float
    predictu_share_usd: float
    operator_share_usd: float
    #: The platform’s part of the revenue, percent.
    revenue_share_pct: float


class OperatorInvoiceDetailTax(TypedDict):
    pct: float
    amount_usd: float
    note: Optional[str]


class OperatorInvoiceDetailPayment(TypedDict):
    amount_usd: float
    method: str
    reference: str
    paid_at: str


class OperatorInvoiceDetailPaymentsItem(TypedDict):
    amount_usd: float
    method: str
    reference: str
    paid_at: str


class OperatorInvoiceDetailCreditNote(TypedDict):
    number: str
    total_usd: float
    reason: str
    issued_at: str
    pdf_url: str


class OperatorInvoiceDetail(TypedDict):
    id: str
    #: Counts up without a gap, over all operators.
    number: str
    #: First and last day of the month, both included, in UTC.
    period: OperatorInvoiceDetailPeriod
    #: draft: issued, not sent yet. sent: to be paid. paid: in full. overdue: sent, past its day and not paid. void: taken back by a credit note.
    status: Literal["draft", "sent", "paid", "overdue", "void"]
    #: The platform’s part of the revenue, half up to the cent; the lines add up to it.
    amount_usd: float
    tax_usd: float
    #: What is to be paid: the amount and its tax.
    total_usd: float
    #: What is still to be paid; negative: to be given back.
    balance_usd: float
    line_items: List[OperatorInvoiceDetailLineItemsItem]
    trade_volume_usd: float
    trade_count: int
    spread_revenue_usd: float
    fee_revenue_usd: float
    #: The platform’s part of the revenue, percent.
    revenue_share_pct: float
    issued_at: str
    due_at: str
    sent_at: Optional[str]
    paid_at: Optional[str]
    pdf_url: str
    summary: OperatorInvoiceDetailSummary
    tax: OperatorInvoiceDetailTax
    #: The latest payment.
    payment: Optional[OperatorInvoiceDetailPayment]
    #: Oldest first.
    payments: List[OperatorInvoiceDetailPaymentsItem]
    credit_note: Optional[OperatorInvoiceDetailCreditNote]
    seller: InvoiceSeller
    buyer: InvoiceBuyer
    created_at: str


class OperatorMarket(TypedDict):
    id: str
    title: str
    category: Literal["sports", "crypto", "politics", "entertainment", "economics", "other"]
    #: cancelled: voided.
    status: Literal["active", "paused", "resolved", "cancelled"]
    image_url: Optional[str]
    #: Mid of YES; null until a price has been seen. yes_price + no_price = 1.
    yes_price: Optional[float]
    #: Mid of NO.
    no_price: Optional[float]
    #: What a player nobody knows anything about would find between ask and bid, in price points; null without a price.
    spread: Optional[float]
    #: Of the players of all operators.
    global_volume_usd: float
    operator_volume_usd: float
    operator_trade_count: int
    #: Your players who have traded in it.
    operator_user_count: int
    operator_exposure_usd: float
    #: Trading ends here.
    end_date: Optional[str]
    resolution: Optional[Literal["yes", "no", "split", "void"]]
    created_at: str


class OperatorMarketDetailPriceHistoryItem(TypedDict):
    timestamp: str
    yes_price: float
    volume_usd: float


class OperatorMarketDetailPricing(TypedDict):
    #: Mid of YES; null until a price has been seen. yes_price + no_price = 1.
    yes_price: Optional[float]
    #: Mid of NO.
    no_price: Optional[float]
    #: What a player nobody knows anything about would find between ask and bid, in price points; null without a price.
    spread: Optional[float]
    #: When the source last confirmed the price.
    last_updated: Optional[str]


class OperatorMarketDetailGlobalMetrics(TypedDict):
    volume_usd: float
    trade_count: int
    unique_traders: int


class OperatorMarketDetailOperatorMetrics(TypedDict):
    volume_usd: float
    trade_count: int
    unique_traders: int
    exposure_usd: float
    yes_exposure_usd: float
    no_exposure_usd: float
    position_count: int
    avg_trade_usd: float


class OperatorMarketDetailTopTradersItem(TypedDict):
    user_id: str
    username: Optional[str]
    volume_usd: float
    trade_count: int
    #: Realised in this market.
    pnl_usd: float


class OperatorMarketDetail(TypedDict):
    id: str
    title: str
    category: Literal["sports", "crypto", "politics", "entertainment", "economics", "other"]
    #: cancelled: voided.
    status: Literal["active", "paused", "resolved", "cancelled"]
    image_url: Optional[str]
    description: str
    tags: List[str]
    #: By the hour, the last seven days, oldest first; the volume is that of the trades you may see.
    price_history: List[OperatorMarketDetailPriceHistoryItem]
    resolution_source: Optional[str]
    resolved_at: Optional[str]
    #: Trading ends here.
    end_date: Optional[str]
    resolution: Optional[Literal["yes", "no", "split", "void"]]
    created_at: str
    pricing: OperatorMarketDetailPricing
    global_metrics: OperatorMarketDetailGlobalMetrics
    operator_metrics: OperatorMarketDetailOperatorMetrics
    #: Your ten players with the largest volume in it.
    top_traders: List[OperatorMarketDetailTopTradersItem]


class OperatorOrderRefusal(TypedDict):
    code: str
    message: str


class OperatorOrder(TypedDict):
    id: str
    market_id: str
    market_title: str
    category: Literal["sports", "crypto", "politics", "entertainment", "economics", "other"]
    #: The side of the question the shares pay out on.
    outcome: Literal["yes", "no"]
    #: `buy` names dollars, `sell` names shares.
    side: Literal["buy", "sell"]
    limit_price: float
    #: Dollars a buy spends, before the fee; null for a sale.
    amount_usd: Optional[float]
    #: Shares a sale sells; null for a buy.
    quantity: Optional[float]
    #: Set aside from the balance now: amount and fee while the order is open; 0 afterwards, for sales, and where the operator keeps the balances.
    held_usd: float
    #: pending: executed, and its trade waits for an outside wallet.
    status: Literal["open", "pending", "filled", "cancelled", "expired"]
    #: Why it ended unfilled. `refused`: a rule or the wallet refused its trade; `refusal` says which.
    reason: Optional[Literal["player", "expired", "market_ended", "market_closed", "category_closed", "feature_disabled", "operator_suspended", "player_suspended", "player_restricted", "player_excluded", "refused"]]
    #: The error a trade would have been refused with.
    refusal: Optional[OperatorOrderRefusal]
    #: The trade that filled it.
    trade_id: Optional[str]
    #: Price per share it was executed at: the limit or better.
    price: Optional[float]
    #: Mid of the outcome now.
    current_price: Optional[float]
    expires_at: Optional[str]
    created_at: str
    ended_at: Optional[str]
    user_id: str
    #: The username; the external id of a player without one.
    user_name: str
    external_user_id: str


class OperatorPlayer(TypedDict):
    id: str
    external_id: str
    username: Optional[str]
    email: Optional[str]
    #: Risk tier.
    tier: Literal["normal", "sharp", "restricted", "banned"]
    #: Size class of trades.
    limit_tier: Literal["new", "regular", "vip"]
    #: suspended: may not buy. inactive: closed, or not seen for 30 days. active: everybody else.
    status: Literal["active", "inactive", "suspended"]
    #: Of an outside wallet: what it last answered.
    balance_usd: float
    #: Filled trades.
    trade_count: int
    volume_usd: float
    #: Sum of realised profit and loss; fees are not in it.
    pnl_usd: float
    #: Positions closed with a gain / positions closed, four decimals; null without any.
    win_rate: Optional[float]
    #: 0 (recreational) to 100 (sharp).
    score: int
    open_positions: int
    last_trade_at: Optional[str]
    last_active_at: Optional[str]
    created_at: str


class OperatorPlayerDetailMetrics(TypedDict):
    trade_count: int
    volume_usd: float
    fees_usd: float
    #: Sum of realised profit and loss; fees are not in it.
    pnl_usd: float
    #: Positions closed with a gain / positions closed, four decimals; null without any.
    win_rate: Optional[float]
    #: Volume / trades, half up; null without any.
    avg_trade_usd: Optional[float]
    largest_trade_usd: Optional[float]
    open_positions: int
    total_deposited_usd: float
    total_withdrawn_usd: float
    #: Open shares x $1.
    exposure_usd: float


class OperatorPlayerDetailRestrictions(TypedDict):
    #: The tightest limit on one trade now: platform, operator, limit tier, risk tier, the player’s own.
    max_bet_usd: float
    #: Null: every category.
    allowed_categories: Optional[List[Literal["sports", "crypto", "politics", "entertainment", "economics", "other"]]]
    blocked_categories: List[Literal["sports", "crypto", "politics", "entertainment", "economics", "other"]]
    blocked_markets: List[str]
    cooldown_until: Optional[str]
    #: The player’s own limit alone; null: none.
    own_max_bet_usd: Optional[float]
    #: Who set them; what the platform holds, the operator cannot change.
    held_by: Optional[Literal["platform", "operator"]]
    suspended_by: Optional[Literal["platform", "operator"]]


class OperatorPlayerDetailScoring(TypedDict):
    score: int
    #: Risk tier.
    tier: Literal["normal", "sharp", "restricted", "banned"]
    last_evaluated_at: Optional[str]


class OperatorPlayerDetailRecentTradesItem(TypedDict):
    id: str
    market_id: str
    market_title: str
    #: The side of the question the shares pay out on.
    outcome: Literal["yes", "no"]
    #: `buy` names dollars, `sell` names shares.
    side: Literal["buy", "sell"]
    price: float
    quantity: float
    cost_usd: float
    #: pending: waiting for an outside wallet. settled: the market is resolved.
    status: Literal["pending", "filled", "settled", "cancelled"]
    created_at: str


class OperatorPlayerDetailRecentLedgerItem(TypedDict):
    id: str
    type: Literal["deposit", "withdraw", "trade_debit", "trade_credit", "settlement", "fee", "adjustment"]
    amount_usd: float
    balance_after_usd: float
    description: str
    created_at: str


class OperatorPlayerDetail(TypedDict):
    id: str
    external_id: str
    username: Optional[str]
    email: Optional[str]
    #: Risk tier.
    tier: Literal["normal", "sharp", "restricted", "banned"]
    #: Size class of trades.
    limit_tier: Literal["new", "regular", "vip"]
    #: suspended: may not buy. inactive: closed, or not seen for 30 days. active: everybody else.
    status: Literal["active", "inactive", "suspended"]
    #: Of an outside wallet: what it last answered.
    balance_usd: float
    metrics: OperatorPlayerDetailMetrics
    restrictions: OperatorPlayerDetailRestrictions
    updated_at: str
    last_active_at: Optional[str]
    created_at: str
    scoring: OperatorPlayerDetailScoring
    recent_trades: List[OperatorPlayerDetailRecentTradesItem]
    recent_ledger: List[OperatorPlayerDetailRecentLedgerItem]


class OperatorPosition(TypedDict):
    id: str
    market_id: str
    market_title: str
    category: Literal["sports", "crypto", "politics", "entertainment", "economics", "other"]
    #: The side of the question the shares pay out on.
    outcome: Literal["yes", "no"]
    quantity: float
    #: Average cost per share held, before fees; null when none is held.
    avg_price: Optional[float]
    #: Cost of the shares held, before fees.
    cost_basis_usd: float
    #: Mid of the outcome; its payout once resolved.
    current_price: Optional[float]
    #: Shares held at current_price.
    market_value_usd: Optional[float]
    #: market_value_usd - cost_basis_usd.
    unrealized_pnl_usd: Optional[float]
    #: Percent of cost_basis_usd, two decimals; null when that is zero.
    unrealized_pnl_pct: Optional[float]
    realized_pnl_usd: float
    #: closed: sold out. settled: the market has resolved.
    status: Literal["open", "closed", "settled"]
    #: A result of the market is proposed: nothing is traded until it is decided or withdrawn.
    result_pending: bool
    trade_count: int
    opened_at: str
    closed_at: Optional[str]
    settled_at: Optional[str]
    user_id: str
    #: The username; the external id of a player without one.
    user_name: str
    external_user_id: str
    #: Realised and unrealised together; null while the market has no price.
    pnl_usd: Optional[float]


class OperatorReport(TypedDict):
    report_id: str
    type: Literal["trades", "users", "positions", "revenue", "settlements"]
    format: Literal["csv", "xlsx", "pdf"]
    #: processing: being made. ready: `download_url` works until `expires_at`. failed: `error` says why. expired: the file is gone.
    status: Literal["processing", "ready", "failed", "expired"]
    #: Rows done of those expected; 100 when ready.
    progress_pct: int
    #: Null until ready and once expired.
    download_url: Optional[str]
    #: Until when the link works.
    expires_at: Optional[str]
    row_count: Optional[int]
    file_size_bytes: Optional[int]
    error: Optional[str]
    #: Who asked: an administrator, a member, a key pair, or the schedule.
    created_by: str
    created_at: str
    generated_at: Optional[str]
    filters: Dict[str, Any]
    columns: List[str]
    delivery: Literal["download", "email"]
    recipients: List[str]
    schedule_id: Optional[str]
    #: Answers this again, as it stands then.
    poll_url: str


class OperatorReportSchedule(TypedDict):
    id: str
    name: str
    type: Literal["trades", "users", "positions", "revenue", "settlements"]
    format: Literal["csv", "xlsx", "pdf"]
    #: daily: of the day before. weekly: of the seven days before. monthly: of the month before.
    frequency: Literal["daily", "weekly", "monthly"]
    day_of_week: Optional[int]
    day_of_month: Optional[int]
    #: Time of day in UTC, HH:MM.
    time_utc: str
    filters: Dict[str, Any]
    columns: List[str]
    #: Null while it is not enabled.
    next_run_at: Optional[str]
    last_run_at: Optional[str]
    last_report_id: Optional[str]
    recipients: List[str]
    enabled: bool
    created_by: str
    created_at: str


OperatorRevenuePeriod = TypedDict("OperatorRevenuePeriod", {"from": "str", "to": "str"})


class OperatorRevenueTotals(TypedDict):
    #: Spread revenue and fees.
    gross_revenue_usd: float
    #: |execution price - mid| x quantity, added up.
    spread_revenue_usd: float
    #: Trading fees.
    fee_revenue_usd: float
    #: The platform’s part of the gross, half up to the cent for each operator.
    predictu_share_usd: float
    operator_share_usd: float
    #: What the house won by settlements: cost of the positions less what they were paid. Beside the revenue, not in it.
    settlement_pnl_usd: float
    #: Fees on payouts; beside the revenue.
    settlement_fees_usd: float
    trade_volume_usd: float
    trade_count: int
    #: Players with at least one filled trade in the period, each once.
    unique_traders: int
    #: Gross / trades; zero without any.
    revenue_per_trade_usd: float
    #: Gross / players who traded; zero without any.
    revenue_per_user_usd: float


class OperatorRevenueByCategoryItem(TypedDict):
    category: Literal["sports", "crypto", "politics", "entertainment", "economics", "other"]
    gross_usd: float
    operator_share_usd: float
    trade_count: int
    volume_usd: float


class OperatorRevenueSeriesItem(TypedDict):
    #: A day in UTC, or the instant an hour begins. Of a week or month its first day.
    date: str
    #: Only a part of it lies in the period: the first, or the one that still runs.
    partial: bool
    spread_usd: float
    fees_usd: float
    volume_usd: float
    gross_usd: float
    operator_share_usd: float
    trade_count: int
    unique_traders: int


class OperatorRevenue(TypedDict):
    period: OperatorRevenuePeriod
    #: Your part of the gross, percent.
    revenue_share_pct: float
    totals: OperatorRevenueTotals
    by_category: List[OperatorRevenueByCategoryItem]
    series: List[OperatorRevenueSeriesItem]


class OperatorRiskExposure(TypedDict):
    total_usd: float
    limit_usd: float
    utilization_pct: float


class OperatorRiskCircuitBreakers(TypedDict):
    active_count: int
    breakers: List[CircuitBreaker]


class OperatorRiskSharpBettorsTopSharpsItem(TypedDict):
    user_id: str
    username: Optional[str]
    score: int
    tier: Literal["normal", "sharp", "restricted", "banned"]
    pnl_usd: float
    #: Positions closed with a gain / positions closed; null without any.
    win_rate: Optional[float]


class OperatorRiskSharpBettors(TypedDict):
    sharp_count: int
    restricted_count: int
    banned_count: int
    top_sharps: List[OperatorRiskSharpBettorsTopSharpsItem]


class OperatorRiskRecentEventsItem(TypedDict):
    id: str
    type: Literal["wall_violation", "circuit_breaker", "sharp_detection", "anomaly"]
    severity: Literal["info", "warning", "critical"]
    message: str
    user_id: Optional[str]
    created_at: str


class OperatorRiskWallsStatusWall1PerTrade(TypedDict):
    #: yellow from 60 percent, red from 90.
    status: Literal["green", "yellow", "red"]
    violations_24h: int


class OperatorRiskWallsStatusWall2PerMarket(TypedDict):
    #: yellow from 60 percent, red from 90.
    status: Literal["green", "yellow", "red"]
    violations_24h: int


class OperatorRiskWallsStatusWall3PerCategory(TypedDict):
    #: yellow from 60 percent, red from 90.
    status: Literal["green", "yellow", "red"]
    violations_24h: int


class OperatorRiskWallsStatusWall4PerOperator(TypedDict):
    #: yellow from 60 percent, red from 90.
    status: Literal["green", "yellow", "red"]
    violations_24h: int


class OperatorRiskWallsStatus(TypedDict):
    wall_1_per_trade: OperatorRiskWallsStatusWall1PerTrade
    wall_2_per_market: OperatorRiskWallsStatusWall2PerMarket
    wall_3_per_category: OperatorRiskWallsStatusWall3PerCategory
    wall_4_per_operator: OperatorRiskWallsStatusWall4PerOperator


class OperatorRisk(TypedDict):
    #: low below 30, moderate below 60, high below 80.
    risk_level: Literal["low", "moderate", "high", "critical"]
    #: 0 calm to 100.
    risk_score: int
    exposure: OperatorRiskExposure
    circuit_breakers: OperatorRiskCircuitBreakers
    sharp_bettors: OperatorRiskSharpBettors
    recent_events: List[OperatorRiskRecentEventsItem]
    walls_status: OperatorRiskWallsStatus


class OperatorSettingsProfile(TypedDict):
    name: str
    slug: str
    contact_email: str
    contact_name: Optional[str]
    website_url: Optional[str]
    logo_url: Optional[str]
    favicon_url: Optional[str]


class OperatorSettingsBranding(TypedDict):
    primary_color: str
    secondary_color: str
    display_name: str
    custom_css: Optional[str]


class OperatorSettingsS2s(TypedDict):
    enabled: bool
    callback_url: Optional[str]
    #: Of the key that signs callbacks now; null before there is one.
    signing_key_fingerprint: Optional[str]
    #: Whether the callback URL answered when last asked; null: never asked.
    healthy: Optional[bool]
    last_ping: Optional[str]


class OperatorSettingsLimits(TypedDict):
    max_bet_usd: float
    min_bet_usd: float
    exposure_limit_usd: float
    #: Your part of the revenue, percent.
    revenue_share_pct: float
    #: null: the platform’s trading fee.
    custom_fees_bps: Optional[int]
    risk_tier: str


class OperatorSettingsCategories(TypedDict):
    allowed: List[Literal["sports", "crypto", "politics", "entertainment", "economics", "other"]]
    blocked: List[Literal["sports", "crypto", "politics", "entertainment", "economics", "other"]]


class OperatorSettingsTrial(TypedDict):
    ends_at: str
    #: A week after the end; until then everything works.
    read_only_from: str
    read_only_since: Optional[str]
    phase: Literal["trial", "grace", "over"]


class OperatorSettings(TypedDict):
    profile: OperatorSettingsProfile
    branding: OperatorSettingsBranding
    s2s: OperatorSettingsS2s
    limits: OperatorSettingsLimits
    categories: OperatorSettingsCategories
    status: Literal["pending", "configuring", "testing", "live", "suspended"]
    tier: Literal["trial", "standard"]
    #: null for an operator that is not on trial.
    trial: Optional[OperatorSettingsTrial]
    onboarded_at: Optional[str]
    updated_at: str


class OperatorSettlementS2sCallbacks(TypedDict):
    sent: int
    confirmed: int
    failed: int


class OperatorSettlement(TypedDict):
    id: str
    market_id: str
    market_title: str
    #: split: both outcomes pay 50 cents a share. void: the cost of every position is refunded.
    resolution: Literal["yes", "no", "split", "void"]
    #: pending: proposed, not decided yet. processing: decided; credits or callbacks are still under way. completed: every credit made, every callback confirmed. failed: some callbacks wait for a person.
    status: Literal["pending", "processing", "completed", "failed"]
    operator_positions_settled: int
    operator_winners: int
    operator_losers: int
    operator_payout_usd: float
    operator_loss_usd: float
    operator_net_pnl_usd: float
    s2s_callbacks: OperatorSettlementS2sCallbacks
    resolved_at: str
    settled_at: Optional[str]


class OperatorSettlementRules(TypedDict):
    #: What a correction does about money a player has spent. to_zero: takes what the balance covers. allow_debt_to_house: takes nothing. The house bears the rest.
    claw_back: Literal["to_zero", "allow_debt_to_house"]


class OperatorTrade(TypedDict):
    id: str
    market_id: str
    #: The side of the question the shares pay out on.
    outcome: Literal["yes", "no"]
    #: `buy` names dollars, `sell` names shares.
    side: Literal["buy", "sell"]
    #: pending: waiting for an outside wallet. settled: the market is resolved.
    status: Literal["pending", "filled", "settled", "cancelled"]
    #: Executed price per share.
    price: float
    #: Mid of the traded outcome at execution.
    mid: float
    quantity: float
    #: Cost of a buy or proceeds of a sale, before the fee.
    cost_usd: float
    #: Fee beside it: a buyer pays cost + fee, a seller receives proceeds - fee.
    fee_usd: float
    #: The part of the price that is spread: |price - mid| x quantity.
    spread_usd: float
    #: Realised profit or loss: of a sale at once, of a buy its share in what its position came to when it closed; null until then.
    pnl_usd: Optional[float]
    created_at: str
    market_title: str
    category: Literal["sports", "crypto", "politics", "entertainment", "economics", "other"]
    user_id: str
    #: The username; the external id of a player without one.
    user_name: str
    external_user_id: str
    #: The BET_MAKE or BET_SELL at the operator’s wallet; null where the platform keeps the balance.
    s2s_transaction_id: Optional[str]
    s2s_callback_status: Optional[Literal["pending", "unknown", "confirmed", "refused", "rolled_back", "failed", "handled"]]


class OwnLimitsLimitsItemPending(TypedDict):
    amount_usd: Optional[float]
    minutes: Optional[int]
    effective_at: str


class OwnLimitsLimitsItem(TypedDict):
    #: stake: cost and fees of buys. loss: stakes less what sales and settlements returned in the period; open positions count as spent. Days, weeks (from Monday) and months are UTC. session: minutes of buying without a break of 30 minutes.
    kind: Literal["stake_day", "stake_week", "stake_month", "loss_day", "loss_week", "loss_month", "session"]
    #: The limit in force; null: none, or a limit in minutes.
    amount_usd: Optional[float]
    #: Of the kind `session`.
    minutes: Optional[int]
    #: Spent in the running period; null for `session`. A gain is negative.
    used_usd: Optional[float]
    #: What may still be spent; null without a limit.
    remaining_usd: Optional[float]
    #: When the next period begins.
    resets_at: Optional[str]
    #: A raise that waits its 24 hours; both values null: the limit will end.
    pending: Optional[OwnLimitsLimitsItemPending]


class OwnLimitsSession(TypedDict):
    started_at: str
    ends_at: str
    free_at: str


class OwnLimitsSelfExclusion(TypedDict):
    since: str
    until: Optional[str]
    permanent: bool


class OwnLimits(TypedDict):
    limits: List[OwnLimitsLimitsItem]
    #: The play session under a session limit: buys until `ends_at`, again from `free_at` without a buy before it.
    session: Optional[OwnLimitsSession]
    #: Null when the player is not excluded now.
    self_exclusion: Optional[OwnLimitsSelfExclusion]


class OwnMarketProposal(TypedDict):
    settlement_id: str
    resolution: Literal["yes", "no", "split", "void"]
    proposed_by: str
    #: E-mail address of a member, name of a key pair; null for the platform and its jobs.
    proposed_by_name: Optional[str]
    needs_approval: bool


class OwnMarket(TypedDict):
    id: str
    title: str
    category: Literal["sports", "crypto", "politics", "entertainment", "economics", "other"]
    #: cancelled: voided.
    status: Literal["active", "paused", "resolved", "cancelled"]
    status_reason: Optional[str]
    #: The anchor, moved at most a quarter of the narrowest spread towards the loaded side.
    yes_price: Optional[float]
    anchor_price: float
    priced_at: Optional[str]
    liquidity_usd: float
    end_date: str
    #: Since when a proposed result has ended trading.
    closed_at: Optional[str]
    resolution: Optional[Literal["yes", "no", "split", "void"]]
    resolver: Literal["operator", "platform"]
    proposal: Optional[OwnMarketProposal]
    draft: MarketDraft
    lint: LintReport
    yes_shares: float
    no_shares: float
    volume_usd: float
    trade_count: int
    created_by: str
    created_at: str


class Pagination(TypedDict):
    page: int
    limit: int
    total: int
    total_pages: int


class PlayerName(TypedDict):
    user_id: str
    #: What the player calls itself; null: it has chosen no name.
    display_name: Optional[str]
    #: Whether the player wants others to see it.
    show_name: bool
    #: Since when nobody else sees it, whatever the player wants.
    hidden_at: Optional[str]
    #: The player reads it too.
    hidden_reason: Optional[str]


class PlayerStandingRestrictions(TypedDict):
    max_bet_usd: Optional[float]
    allowed_categories: Optional[List[Literal["sports", "crypto", "politics", "entertainment", "economics", "other"]]]
    blocked_categories: List[Literal["sports", "crypto", "politics", "entertainment", "economics", "other"]]
    blocked_markets: List[str]
    cooldown_until: Optional[str]
    held_by: Optional[Literal["platform", "operator"]]


class PlayerStanding(TypedDict):
    user_id: str
    status: Literal["active", "inactive", "suspended"]
    #: Who suspended the user; what the platform did, it alone undoes.
    suspended_by: Optional[Literal["platform", "operator"]]
    limit_tier: Literal["new", "regular", "vip"]
    restrictions: PlayerStandingRestrictions
    audit_id: str
    updated_at: str


class ReferralTerms(TypedDict):
    #: For the player who brought another.
    referrer_bonus_usd: float
    #: For the player who was brought.
    referred_bonus_usd: float
    #: The first buy that costs at least this earns both.
    qualifying_trade_usd: float
    #: Players one player can earn for.
    most_per_player: int


class UploadedAsset(TypedDict):
    id: str
    #: Names the content: another file has another address, and this one never changes.
    url: str
    content_type: str
    #: As served: pictures are written anew.
    size_bytes: int
    #: Pixels; null for a PDF.
    width: Optional[int]
    #: Pixels; null for a PDF.
    height: Optional[int]
    uploaded_at: str
    category: Literal["logo", "favicon", "banner", "custom_asset"]


class WalletAttempt(TypedDict):
    id: str
    method: Literal["PING", "BALANCE", "BET_MAKE", "BET_SELL", "BET_WIN", "BET_LOSE", "BET_REFUND", "BET_ROLLBACK"]
    at: str
    url: str
    #: The body as sent.
    request: str
    #: Null when no answer came.
    http_status: Optional[int]
    #: The answer’s text, cut to 4 kB.
    answer: Optional[str]
    outcome: Literal["confirmed", "duplicate", "refused", "unknown", "unsent"]
    detail: Optional[str]
    milliseconds: int
    #: The same request for a terminal; signatures are left out.
    curl: str


class WalletCall(TypedDict):
    #: The `transaction_id` the wallet knows it by.
    id: str
    request_id: str
    operator_id: str
    operator_slug: str
    method: Literal["BET_MAKE", "BET_SELL", "BET_WIN", "BET_LOSE", "BET_REFUND", "BET_ROLLBACK"]
    #: pending: not answered yet. unknown: asked, and nobody can say whether it happened. rolled_back: a BET_MAKE that was undone. failed: waits for a person. handled: a person closed it.
    status: Literal["pending", "unknown", "confirmed", "refused", "rolled_back", "failed", "handled"]
    #: What moves; of a BET_LOSE the stake that is lost.
    amount_usd: float
    user_id: str
    external_id: Optional[str]
    trade_id: Optional[str]
    market_id: str
    position_id: Optional[str]
    settlement_id: Optional[str]
    reference_id: Optional[str]
    #: Of this round; a replay begins a new one.
    attempts: int
    next_attempt_at: Optional[str]
    #: The balance the wallet answered.
    balance_usd: Optional[float]
    reason_code: Optional[str]
    reason: Optional[str]
    handled_by: Optional[str]
    created_at: str
    #: When it ended.
    settled_at: Optional[str]


class WalletCallWithAttempts(TypedDict):
    #: The `transaction_id` the wallet knows it by.
    id: str
    request_id: str
    operator_id: str
    operator_slug: str
    method: Literal["BET_MAKE", "BET_SELL", "BET_WIN", "BET_LOSE", "BET_REFUND", "BET_ROLLBACK"]
    #: pending: not answered yet. unknown: asked, and nobody can say whether it happened. rolled_back: a BET_MAKE that was undone. failed: waits for a person. handled: a person closed it.
    status: Literal["pending", "unknown", "confirmed", "refused", "rolled_back", "failed", "handled"]
    #: What moves; of a BET_LOSE the stake that is lost.
    amount_usd: float
    user_id: str
    external_id: Optional[str]
    trade_id: Optional[str]
    market_id: str
    position_id: Optional[str]
    settlement_id: Optional[str]
    reference_id: Optional[str]
    #: Of this round; a replay begins a new one.
    attempts: int
    next_attempt_at: Optional[str]
    #: The balance the wallet answered.
    balance_usd: Optional[float]
    reason_code: Optional[str]
    reason: Optional[str]
    handled_by: Optional[str]
    created_at: str
    #: When it ended.
    settled_at: Optional[str]
    attempt_log: List[WalletAttempt]


class WalletPingStepsItem(TypedDict):
    step: Literal["callback_url", "address", "signature", "request", "answer"]
    ok: bool
    detail: str


class WalletPing(TypedDict):
    ok: bool
    steps: List[WalletPingStepsItem]
    http_status: Optional[int]
    milliseconds: Optional[int]
    answer: Optional[str]


class WalletSettingsBudgetsMs(TypedDict):
    PING: int
    BALANCE: int
    BET_MAKE: int
    BET_SELL: int
    BET_WIN: int
    BET_LOSE: int
    BET_REFUND: int
    BET_ROLLBACK: int


class WalletSettingsSigningKeysItem(TypedDict):
    kid: str
    #: sha256: and the SHA-256 of the public key’s SPKI bytes, in hex.
    fingerprint: str
    #: new: published, not signing yet. retiring: published until ends_at.
    state: Literal["new", "active", "retiring", "ended"]
    active_from: str
    ends_at: Optional[str]


class WalletSettingsWebhookSecretsItem(TypedDict):
    created_at: str
    #: It signs until then.
    ends_at: Optional[str]


class WalletSettings(TypedDict):
    #: internal: the platform keeps the balance. seamless: the operator’s wallet does. shadow: no money moves.
    mode: Literal["internal", "seamless", "shadow"]
    enabled: bool
    callback_url: Optional[str]
    currency: str
    #: How long each method may take.
    budgets_ms: WalletSettingsBudgetsMs
    #: Requests to the wallet at the same time.
    concurrency: int
    jwks_path: str
    #: Of the key that signs now.
    signing_key_fingerprint: Optional[str]
    signing_keys: List[WalletSettingsSigningKeysItem]
    webhook_secrets: List[WalletSettingsWebhookSecretsItem]
    #: Whether the last PING was answered OK; null before the first.
    healthy: Optional[bool]
    last_ping: Optional[str]
    last_ok: Optional[str]
    #: PINGs in a row without OK.
    failures: int
    detail: Optional[str]


class CallbackPing(TypedDict):
    method: Literal["PING"]
    #: When the operation was decided: the same on every attempt.
    timestamp: str
    #: The idempotency key: the same on every attempt of the same operation.
    request_id: str
    operator_id: str
    params: Dict[str, Any]


class CallbackBalanceParams(TypedDict):
    #: The operator’s own id of the player.
    player_id: str
    #: ISO 4217.
    currency: str


class CallbackBalance(TypedDict):
    method: Literal["BALANCE"]
    #: When the operation was decided: the same on every attempt.
    timestamp: str
    #: The idempotency key: the same on every attempt of the same operation.
    request_id: str
    operator_id: str
    params: CallbackBalanceParams


class CallbackBetMakeParamsBet(TypedDict):
    trade_id: str
    market_id: str
    market_title: str
    category: Literal["sports", "crypto", "politics", "entertainment", "economics", "other"]
    #: The side of the question the shares pay out on.
    outcome: Literal["yes", "no"]
    price: float
    quantity: float
    #: Whole minor units; part of `amount` for BET_MAKE, already taken off it for BET_SELL.
    fee: int


class CallbackBetMakeParams(TypedDict):
    #: The operator’s own id of the player.
    player_id: str
    #: ISO 4217.
    currency: str
    transaction_id: str
    #: Whole minor units of `currency`.
    amount: int
    bet: CallbackBetMakeParamsBet


class CallbackBetMake(TypedDict):
    method: Literal["BET_MAKE"]
    #: When the operation was decided: the same on every attempt.
    timestamp: str
    #: The idempotency key: the same on every attempt of the same operation.
    request_id: str
    operator_id: str
    params: CallbackBetMakeParams


class CallbackBetSellParamsBet(TypedDict):
    trade_id: str
    market_id: str
    market_title: str
    category: Literal["sports", "crypto", "politics", "entertainment", "economics", "other"]
    #: The side of the question the shares pay out on.
    outcome: Literal["yes", "no"]
    price: float
    quantity: float
    #: Whole minor units; part of `amount` for BET_MAKE, already taken off it for BET_SELL.
    fee: int


class CallbackBetSellParams(TypedDict):
    #: The operator’s own id of the player.
    player_id: str
    #: ISO 4217.
    currency: str
    transaction_id: str
    #: Whole minor units of `currency`.
    amount: int
    #: `transaction_id` of the BET_MAKE this belongs to.
    reference_id: str
    bet: CallbackBetSellParamsBet


class CallbackBetSell(TypedDict):
    method: Literal["BET_SELL"]
    #: When the operation was decided: the same on every attempt.
    timestamp: str
    #: The idempotency key: the same on every attempt of the same operation.
    request_id: str
    operator_id: str
    params: CallbackBetSellParams


class CallbackBetWinParams(TypedDict):
    #: The operator’s own id of the player.
    player_id: str
    #: ISO 4217.
    currency: str
    transaction_id: str
    #: Whole minor units of `currency`.
    amount: int
    #: `transaction_id` of the BET_MAKE this belongs to.
    reference_id: str
    position_id: str
    settlement_id: str


class CallbackBetWin(TypedDict):
    method: Literal["BET_WIN"]
    #: When the operation was decided: the same on every attempt.
    timestamp: str
    #: The idempotency key: the same on every attempt of the same operation.
    request_id: str
    operator_id: str
    params: CallbackBetWinParams


class CallbackBetLoseParams(TypedDict):
    #: The operator’s own id of the player.
    player_id: str
    #: ISO 4217.
    currency: str
    transaction_id: str
    #: `transaction_id` of the BET_MAKE this belongs to.
    reference_id: str
    position_id: str
    settlement_id: str
    #: Whole minor units of `currency`.
    stake: int


class CallbackBetLose(TypedDict):
    method: Literal["BET_LOSE"]
    #: When the operation was decided: the same on every attempt.
    timestamp: str
    #: The idempotency key: the same on every attempt of the same operation.
    request_id: str
    operator_id: str
    params: CallbackBetLoseParams


class CallbackBetRefundParams(TypedDict):
    #: The operator’s own id of the player.
    player_id: str
    #: ISO 4217.
    currency: str
    transaction_id: str
    #: Whole minor units of `currency`.
    amount: int
    #: `transaction_id` of the BET_MAKE this belongs to.
    reference_id: str
    position_id: str
    settlement_id: str


class CallbackBetRefund(TypedDict):
    method: Literal["BET_REFUND"]
    #: When the operation was decided: the same on every attempt.
    timestamp: str
    #: The idempotency key: the same on every attempt of the same operation.
    request_id: str
    operator_id: str
    params: CallbackBetRefundParams


class CallbackBetRollbackParams(TypedDict):
    #: The operator’s own id of the player.
    player_id: str
    #: ISO 4217.
    currency: str
    transaction_id: str
    #: Whole minor units of `currency`.
    amount: int
    #: `transaction_id` of the BET_MAKE this belongs to.
    reference_id: str


class CallbackBetRollback(TypedDict):
    method: Literal["BET_ROLLBACK"]
    #: When the operation was decided: the same on every attempt.
    timestamp: str
    #: The idempotency key: the same on every attempt of the same operation.
    request_id: str
    operator_id: str
    params: CallbackBetRollbackParams


Callback = Union["CallbackPing", "CallbackBalance", "CallbackBetMake", "CallbackBetSell", "CallbackBetWin", "CallbackBetLose", "CallbackBetRefund", "CallbackBetRollback"]


class FilesRemoveFromBrandingResult(TypedDict):
    logo_url: Optional[str]
    favicon_url: Optional[str]


class UsersAdjustBalanceResult(TypedDict):
    ledger_entry_id: str
    user_id: str
    #: deposit adds funds, withdraw removes them.
    action: Literal["deposit", "withdraw"]
    amount_usd: float
    balance_before_usd: float
    balance_after_usd: float
    reason: str
    idempotency_key: str
    metadata: Optional[Dict[str, Any]]
    created_at: str
    #: The member, or the API key, that made the adjustment.
    operator_admin_id: str


class UsersUpdateDisplayNameResult(TypedDict):
    user_id: str
    #: What the player calls itself; null: it has chosen no name.
    display_name: Optional[str]
    #: Whether the player wants others to see it.
    show_name: bool
    #: Since when nobody else sees it, whatever the player wants.
    hidden_at: Optional[str]
    #: The player reads it too.
    hidden_reason: Optional[str]
    audit_id: str


class SettingsUpdateProfile(TypedDict, total=False):
    contact_email: str
    contact_name: Optional[str]
    website_url: Optional[str]
    #: Read-only: answered with 403.
    name: Any
    #: Read-only: answered with 403.
    slug: Any
    #: Read-only: answered with 403.
    logo_url: Any
    #: Read-only: answered with 403.
    favicon_url: Any


class SettingsUpdateBranding(TypedDict, total=False):
    primary_color: str
    secondary_color: str
    display_name: str
    #: Declarations of variables that begin with `--op-`.
    custom_css: Optional[str]


class SettingsUpdateS2s(TypedDict, total=False):
    callback_url: Optional[str]
    #: Read-only: answered with 403.
    enabled: Any
    #: Read-only: answered with 403.
    signing_key_fingerprint: Any
    #: Read-only: answered with 403.
    healthy: Any
    #: Read-only: answered with 403.
    last_ping: Any


class _SettingsUpdateResultRequired(TypedDict):
    #: The fields sent, as `section.field`.
    updated_fields: List[str]
    previous_values: Dict[str, Any]
    new_values: Dict[str, Any]
    audit_id: str
    updated_at: str


class SettingsUpdateResult(_SettingsUpdateResultRequired, total=False):
    #: When the primary colour was sent: how it is shown.
    contrast: List[ContrastRow]


class SettingsPreviewBrandingResultThemes(TypedDict):
    light: BrandColours
    dark: BrandColours


class SettingsPreviewBrandingResult(TypedDict):
    themes: SettingsPreviewBrandingResultThemes
    contrast: List[ContrastRow]


class ConfigGetResultTrading(TypedDict):
    default_trade_amount_usd: float
    quick_amounts: List[float]
    show_advanced_trading: bool
    allow_limit_orders: bool
    confirm_trades_above_usd: float
    auto_close_positions_on_settlement: bool


class ConfigGetResultUi(TypedDict):
    show_global_volume: bool
    show_market_charts: bool
    show_orderbook: bool
    show_related_markets: bool
    show_user_pnl: bool
    default_market_sort: Literal["volume", "created_at", "end_date", "trade_count"]
    markets_per_page: int
    theme_override: Optional[Literal["dark", "light"]]
    custom_footer_html: Optional[str]


class ConfigGetResultNotifications(TypedDict):
    trade_confirmation: bool
    settlement_notification: bool
    price_alert_enabled: bool
    daily_digest: bool


class ConfigGetResultCategories(TypedDict):
    enabled: List[Literal["sports", "crypto", "politics", "entertainment", "economics", "other"]]
    featured: List[Literal["sports", "crypto", "politics", "entertainment", "economics", "other"]]
    hidden: List[Literal["sports", "crypto", "politics", "entertainment", "economics", "other"]]


class ConfigGetResultFeatures(TypedDict):
    batch_trading: bool
    watchlist: bool
    price_alerts: bool
    social_feed: bool
    leaderboard: bool
    referral_program: bool


class ConfigGetResult(TypedDict):
    trading: ConfigGetResultTrading
    ui: ConfigGetResultUi
    notifications: ConfigGetResultNotifications
    categories: ConfigGetResultCategories
    features: ConfigGetResultFeatures
    updated_at: str


class ConfigUpdateTrading(TypedDict, total=False):
    default_trade_amount_usd: float
    quick_amounts: List[float]
    show_advanced_trading: bool
    allow_limit_orders: bool
    confirm_trades_above_usd: float
    auto_close_positions_on_settlement: bool


class ConfigUpdateUi(TypedDict, total=False):
    show_global_volume: bool
    show_market_charts: bool
    show_orderbook: bool
    show_related_markets: bool
    show_user_pnl: bool
    default_market_sort: Literal["volume", "created_at", "end_date", "trade_count"]
    markets_per_page: int
    theme_override: Optional[Literal["dark", "light"]]
    custom_footer_html: Optional[str]


class ConfigUpdateNotifications(TypedDict, total=False):
    trade_confirmation: bool
    settlement_notification: bool
    price_alert_enabled: bool
    daily_digest: bool


class ConfigUpdateCategories(TypedDict, total=False):
    enabled: List[Literal["sports", "crypto", "politics", "entertainment", "economics", "other"]]
    featured: List[Literal["sports", "crypto", "politics", "entertainment", "economics", "other"]]
    hidden: List[Literal["sports", "crypto", "politics", "entertainment", "economics", "other"]]


class ConfigUpdateFeatures(TypedDict, total=False):
    batch_trading: bool
    watchlist: bool
    price_alerts: bool
    social_feed: bool
    leaderboard: bool
    referral_program: bool


class ConfigUpdateResult(TypedDict):
    #: The keys sent, as `group.key`.
    updated_keys: List[str]
    previous_values: Dict[str, Any]
    new_values: Dict[str, Any]
    audit_id: str
    updated_at: str


class ConfigRevertChangeResult(TypedDict):
    #: The keys sent, as `group.key`.
    updated_keys: List[str]
    previous_values: Dict[str, Any]
    new_values: Dict[str, Any]
    audit_id: str
    updated_at: str


class ApiKeysDeleteResult(TypedDict):
    id: str
    name: str
    status: Literal["revoked"]
    revoked_at: str


class ApiKeysRotateResultPredecessor(TypedDict):
    id: str
    status: Literal["active", "revoked"]
    expires_at: Optional[str]


class ApiKeysRotateResult(TypedDict):
    id: str
    name: str
    api_key: str
    #: Shown in this answer only.
    api_secret: str
    prefix: str
    status: Literal["active"]
    permissions: List[Literal["s2s_callback", "server_api", "read_only"]]
    created_at: str
    expires_at: Optional[str]
    predecessor: ApiKeysRotateResultPredecessor


class EmbedOriginsAddResult(TypedDict):
    id: str
    origin: str
    status: Literal["pending_verification", "verified", "removed"]
    verified_at: Optional[str]
    #: When a player session was last opened from it.
    last_seen_at: Optional[str]
    #: Player sessions opened from it in the last 24 hours.
    request_count_24h: int
    created_at: str
    verification_token: str
    verification_instructions: str
    #: When DNS was last asked for the TXT record.
    last_checked_at: Optional[str]
    #: What DNS said then.
    check_detail: Optional[str]


class EmbedOriginsRemoveResult(TypedDict):
    id: str
    origin: str
    status: Literal["removed"]
    removed_at: str
    #: Player sessions opened from it that ended.
    ended_sessions: int


ReportsScheduledCreateFilters = TypedDict("ReportsScheduledCreateFilters", {"from": "Optional[str]", "to": "Optional[str]", "user_id": "Optional[str]", "market_id": "Optional[str]", "side": "Optional[Literal[\"buy\", \"sell\"]]", "outcome": "Optional[Literal[\"yes\", \"no\"]]", "status": "Optional[str]", "min_amount": "Optional[float]", "max_amount": "Optional[float]", "tier": "Optional[Literal[\"normal\", \"sharp\", \"restricted\", \"banned\"]]", "severity": "Optional[Literal[\"info\", \"warning\", \"critical\"]]", "granularity": "Optional[Literal[\"hour\", \"day\", \"week\", \"month\"]]"}, total=False)


class ReportsScheduledDeleteResult(TypedDict):
    id: str
    removed: Literal[True]


ReportsExportFilters = TypedDict("ReportsExportFilters", {"from": "Optional[str]", "to": "Optional[str]", "user_id": "Optional[str]", "market_id": "Optional[str]", "side": "Optional[Literal[\"buy\", \"sell\"]]", "outcome": "Optional[Literal[\"yes\", \"no\"]]", "status": "Optional[str]", "min_amount": "Optional[float]", "max_amount": "Optional[float]", "tier": "Optional[Literal[\"normal\", \"sharp\", \"restricted\", \"banned\"]]", "severity": "Optional[Literal[\"info\", \"warning\", \"critical\"]]", "granularity": "Optional[Literal[\"hour\", \"day\", \"week\", \"month\"]]"}, total=False)


class WalletCallsReplayManyResultSkippedItem(TypedDict):
    id: str
    reason: str


class WalletCallsReplayManyResult(TypedDict):
    replayed: List[str]
    #: What cannot be asked again, and why.
    skipped: List[WalletCallsReplayManyResultSkippedItem]


class WalletUpdateBudgetsMs(TypedDict, total=False):
    PING: int
    BALANCE: int
    BET_MAKE: int
    BET_SELL: int
    BET_WIN: int
    BET_LOSE: int
    BET_REFUND: int
    BET_ROLLBACK: int


class WalletRotateWebhookSecretResult(TypedDict):
    #: Shown once. Both sign until the one before ends.
    secret: str
    predecessor_ends_at: Optional[str]


class FilesResource:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def upload(self, *, file: UploadFile, category: Literal["logo", "favicon", "banner", "custom_asset"], options: Optional[RequestOptions] = None) -> UploadedAsset:
        """Upload a picture of your brand.

        A form of at most 2 MB with a png, jpg, svg or webp. A logo or favicon is in force at once; open embeds show it within a minute. Pictures are decoded and written anew without their metadata, of vector pictures only what draws is kept; what cannot be made safe is answered with 422 and the reason."""
        return self._transport.item("POST", "/api/operator/upload", options, form={"file": file, "category": category})

    def remove_from_branding(self, *, picture: Optional[Literal["logo", "favicon"]] = None, options: Optional[RequestOptions] = None) -> FilesRemoveFromBrandingResult:
        """Take the logo or favicon off your brand.

        The file stays where it is; nothing shows it any more."""
        return self._transport.item("DELETE", "/api/operator/upload", options, query={"picture": picture})


class ReferralTermsResource:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get(self, *, options: Optional[RequestOptions] = None) -> Optional[ReferralTerms]:
        """Get the terms of the referral programme.

        null: none are set, and no player can refer another."""
        return self._transport.item("GET", "/api/operator/referral-terms", options)

    def update(self, *, referrer_bonus_usd: float, referred_bonus_usd: float, qualifying_trade_usd: float, most_per_player: int, options: Optional[RequestOptions] = None) -> ReferralTerms:
        """Set the terms of the referral programme.

        In force for players who come from now on; those who came before keep theirs. Bonuses are deposits to balances the platform keeps. The programme runs while `features.referral_program` is on."""
        return self._transport.item("PUT", "/api/operator/referral-terms", options, body={"referrer_bonus_usd": referrer_bonus_usd, "referred_bonus_usd": referred_bonus_usd, "qualifying_trade_usd": qualifying_trade_usd, "most_per_player": most_per_player})


class UsersResource:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def adjust_balance(self, user_id: str, *, action: Literal["deposit", "withdraw"], amount_usd: float, reason: str, idempotency_key: Union[str, Omit] = OMIT, metadata: Union[Optional[Dict[str, Any]], Omit] = OMIT, options: Optional[RequestOptions] = None) -> UsersAdjustBalanceResult:
        """Deposit to or withdraw from a user’s balance.

        Makes one immutable ledger row. A repeated `idempotency_key` answers the first result again with `Idempotency-Replayed: true`."""
        return self._transport.item("POST", f"/api/operator/users/{segment(user_id)}/balance", options, body={"action": action, "amount_usd": amount_usd, "reason": reason, "idempotency_key": idempotency_key, "metadata": metadata}, key="body")

    def restrict(self, user_id: str, *, reason: str, max_bet_usd: Union[Optional[float], Omit] = OMIT, allowed_categories: Union[Optional[List[Literal["sports", "crypto", "politics", "entertainment", "economics", "other"]]], Omit] = OMIT, blocked_categories: Union[List[Literal["sports", "crypto", "politics", "entertainment", "economics", "other"]], Omit] = OMIT, blocked_markets: Union[List[str], Omit] = OMIT, cooldown_until: Union[Optional[str], Omit] = OMIT, options: Optional[RequestOptions] = None) -> PlayerStanding:
        """Restrict a user.

        Send only what changes; in force with the next trade. Refused while the platform holds restrictions."""
        return self._transport.item("PATCH", f"/api/operator/users/{segment(user_id)}/restrictions", options, body={"max_bet_usd": max_bet_usd, "allowed_categories": allowed_categories, "blocked_categories": blocked_categories, "blocked_markets": blocked_markets, "cooldown_until": cooldown_until, "reason": reason})

    def suspend(self, user_id: str, *, reason: str, options: Optional[RequestOptions] = None) -> PlayerStanding:
        """Suspend a user.

        The user buys nothing from now on; selling, withdrawing and settlement go on."""
        return self._transport.item("POST", f"/api/operator/users/{segment(user_id)}/suspend", options, body={"reason": reason})

    def reinstate(self, user_id: str, *, reason: str, options: Optional[RequestOptions] = None) -> PlayerStanding:
        """Reinstate a user.

        Refused when the platform suspended the user."""
        return self._transport.item("POST", f"/api/operator/users/{segment(user_id)}/reinstate", options, body={"reason": reason})

    def change_limit_tier(self, user_id: str, *, limit_tier: Literal["new", "regular", "vip"], reason: str, options: Optional[RequestOptions] = None) -> PlayerStanding:
        """Change the limit tier of a user.

        How much one trade may cost: new, regular or vip, in the operator’s figures. new becomes regular by itself after 7 days and 5 trades."""
        return self._transport.item("POST", f"/api/operator/users/{segment(user_id)}/limit-tier", options, body={"limit_tier": limit_tier, "reason": reason})

    def list(self, *, page: Optional[int] = None, limit: Optional[int] = None, cursor: Optional[str] = None, search: Optional[str] = None, tier: Optional[Literal["normal", "sharp", "restricted", "banned"]] = None, status: Optional[Literal["active", "inactive", "suspended"]] = None, min_balance: Optional[float] = None, max_balance: Optional[float] = None, sort: Optional[Literal["created_at", "last_active", "trade_count", "balance", "pnl", "volume", "score"]] = None, order: Optional[Literal["asc", "desc"]] = None, options: Optional[RequestOptions] = None) -> Page[OperatorPlayer]:
        """List users.

        Your players, newest first unless sorted otherwise."""
        return self._transport.page("GET", "/api/operator/users", options, query={"page": page, "limit": limit, "cursor": cursor, "search": search, "tier": tier, "status": status, "min_balance": min_balance, "max_balance": max_balance, "sort": sort, "order": order})

    def get(self, user_id: str, *, options: Optional[RequestOptions] = None) -> OperatorPlayerDetail:
        """Get a user.

        With metrics, score, restrictions and the last ten trades and ledger rows."""
        return self._transport.item("GET", f"/api/operator/users/{segment(user_id)}", options)

    def get_limits(self, user_id: str, *, options: Optional[RequestOptions] = None) -> OwnLimits:
        """Get the limits a user has set for itself.

        Stake, loss and time limits with raises that wait, and self-exclusion. Only the user changes them."""
        return self._transport.item("GET", f"/api/operator/users/{segment(user_id)}/limits", options)

    def get_display_name(self, user_id: str, *, options: Optional[RequestOptions] = None) -> PlayerName:
        """Get the name a user shows.

        On the leaderboard and in the feed of what players trade."""
        return self._transport.item("GET", f"/api/operator/users/{segment(user_id)}/display-name", options)

    def update_display_name(self, user_id: str, *, hidden: bool, reason: str, options: Optional[RequestOptions] = None) -> UsersUpdateDisplayNameResult:
        """Hide the name a user shows.

        Or let it be seen again. It stays hidden whatever name the user chooses next; the user reads the reason. CONFLICT when the user has chosen no name."""
        return self._transport.item("PUT", f"/api/operator/users/{segment(user_id)}/display-name", options, body={"hidden": hidden, "reason": reason})


class TradesResource:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(self, *, page: Optional[int] = None, limit: Optional[int] = None, cursor: Optional[str] = None, market_id: Optional[str] = None, side: Optional[Literal["buy", "sell"]] = None, outcome: Optional[Literal["yes", "no"]] = None, status: Optional[Literal["pending", "filled", "settled", "cancelled"]] = None, min_amount: Optional[float] = None, max_amount: Optional[float] = None, from_: Optional[Union[str, datetime]] = None, to: Optional[Union[str, datetime]] = None, sort: Optional[Literal["created_at", "amount", "price"]] = None, order: Optional[Literal["asc", "desc"]] = None, user_id: Optional[str] = None, options: Optional[RequestOptions] = None) -> Page[OperatorTrade]:
        """List trades.

        Trades of your players, newest first unless sorted otherwise."""
        return self._transport.page("GET", "/api/operator/trades", options, query={"page": page, "limit": limit, "cursor": cursor, "market_id": market_id, "side": side, "outcome": outcome, "status": status, "min_amount": min_amount, "max_amount": max_amount, "from": from_, "to": to, "sort": sort, "order": order, "user_id": user_id})


class PositionsResource:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(self, *, page: Optional[int] = None, limit: Optional[int] = None, cursor: Optional[str] = None, market_id: Optional[str] = None, status: Optional[Literal["open", "closed", "settled"]] = None, outcome: Optional[Literal["yes", "no"]] = None, sort: Optional[Literal["opened_at", "market_value", "pnl", "quantity"]] = None, order: Optional[Literal["asc", "desc"]] = None, user_id: Optional[str] = None, options: Optional[RequestOptions] = None) -> Page[OperatorPosition]:
        """List positions.

        Open and historical positions of your players, newest first unless sorted otherwise."""
        return self._transport.page("GET", "/api/operator/positions", options, query={"page": page, "limit": limit, "cursor": cursor, "market_id": market_id, "status": status, "outcome": outcome, "sort": sort, "order": order, "user_id": user_id})


class OrdersResource:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(self, *, page: Optional[int] = None, limit: Optional[int] = None, cursor: Optional[str] = None, market_id: Optional[str] = None, status: Optional[Literal["open", "pending", "filled", "cancelled", "expired"]] = None, side: Optional[Literal["buy", "sell"]] = None, outcome: Optional[Literal["yes", "no"]] = None, from_: Optional[Union[str, datetime]] = None, to: Optional[Union[str, datetime]] = None, user_id: Optional[str] = None, options: Optional[RequestOptions] = None) -> Page[OperatorOrder]:
        """List limit orders.

        Orders of your players that rest, and what became of the others, newest first."""
        return self._transport.page("GET", "/api/operator/orders", options, query={"page": page, "limit": limit, "cursor": cursor, "market_id": market_id, "status": status, "side": side, "outcome": outcome, "from": from_, "to": to, "user_id": user_id})


class ExposureResource:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get(self, *, options: Optional[RequestOptions] = None) -> OperatorExposure:
        """Get the exposure of your players."""
        return self._transport.item("GET", "/api/operator/exposure", options)

    def get_snapshots(self, *, from_: Optional[Union[str, datetime]] = None, to: Optional[Union[str, datetime]] = None, granularity: Optional[Literal["5m", "hour", "day"]] = None, category: Optional[Literal["sports", "crypto", "politics", "entertainment", "economics", "other"]] = None, market_id: Optional[str] = None, options: Optional[RequestOptions] = None) -> ExposureSeries:
        """Get the exposure of your players over time.

        As a whole, of one category or of one market. Oldest first."""
        return self._transport.item("GET", "/api/operator/exposure/snapshots", options, query={"from": from_, "to": to, "granularity": granularity, "category": category, "market_id": market_id})


class RiskResource:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get(self, *, options: Optional[RequestOptions] = None) -> OperatorRisk:
        """Get the risk overview."""
        return self._transport.item("GET", "/api/operator/risk", options)


class OnboardingResource:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get(self, *, options: Optional[RequestOptions] = None) -> Onboarding:
        """Get your onboarding.

        With what every step asks for and what the server finds."""
        return self._transport.item("GET", "/api/operator/onboarding", options)


class DashboardResource:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get(self, *, period: Optional[Literal["1d", "7d", "30d", "90d", "all"]] = None, options: Optional[RequestOptions] = None) -> OperatorDashboard:
        """Get the dashboard."""
        return self._transport.item("GET", "/api/operator/dashboard", options, query={"period": period})


class RevenueResource:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get(self, *, from_: Optional[Union[str, datetime]] = None, to: Optional[Union[str, datetime]] = None, granularity: Optional[Literal["hour", "day", "week", "month"]] = None, options: Optional[RequestOptions] = None) -> OperatorRevenue:
        """Get the revenue of a period.

        The last 30 days unless said otherwise."""
        return self._transport.item("GET", "/api/operator/revenue", options, query={"from": from_, "to": to, "granularity": granularity})


class MarketsResource:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(self, *, page: Optional[int] = None, limit: Optional[int] = None, cursor: Optional[str] = None, search: Optional[str] = None, category: Optional[Literal["sports", "crypto", "politics", "entertainment", "economics", "other"]] = None, status: Optional[Literal["active", "paused", "resolved"]] = None, sort: Optional[Literal["volume", "created_at", "end_date", "trade_count"]] = None, order: Optional[Literal["asc", "desc"]] = None, options: Optional[RequestOptions] = None) -> Page[OperatorMarket]:
        """List markets.

        Markets of the categories you offer. Sorted by what your own players traded."""
        return self._transport.page("GET", "/api/operator/markets", options, query={"page": page, "limit": limit, "cursor": cursor, "search": search, "category": category, "status": status, "sort": sort, "order": order})

    def get(self, market_id: str, *, options: Optional[RequestOptions] = None) -> OperatorMarketDetail:
        """Get a market with the figures of your players."""
        return self._transport.item("GET", f"/api/operator/markets/{segment(market_id)}", options)


class ActivityResource:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(self, *, limit: Optional[int] = None, type: Optional[Literal["trade", "settlement", "user_signup", "risk_event", "operator_event", "config_change"]] = None, cursor: Optional[str] = None, options: Optional[RequestOptions] = None) -> Page[Activity]:
        """List activity.

        What happened at your casino, newest first. Pages after the first show what there was at the first."""
        return self._transport.page("GET", "/api/operator/activity", options, query={"limit": limit, "type": type, "cursor": cursor})

    def stream(self, *, type: Optional[Literal["trade", "settlement", "user_signup", "risk_event", "operator_event", "config_change"]] = None, after: Optional[str] = None, last_event_id: Optional[str] = None, options: Optional[RequestOptions] = None) -> Iterator[StreamEvent]:
        """Stream activity.

        Server-sent events `activity` as they happen. Send the last id seen as `Last-Event-ID` and everything after it follows, exactly once. The stream ends from time to time; reconnect."""
        return self._transport.stream("GET", "/api/operator/activity/stream", options, query={"type": type, "after": after}, last_event_id=last_event_id)


class SettingsResource:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get(self, *, options: Optional[RequestOptions] = None) -> OperatorSettings:
        """Get profile, branding and limits."""
        return self._transport.item("GET", "/api/operator/settings", options)

    def update(self, *, profile: Union[SettingsUpdateProfile, Omit] = OMIT, branding: Union[SettingsUpdateBranding, Omit] = OMIT, s2s: Union[SettingsUpdateS2s, Omit] = OMIT, limits: Union[Any, Omit] = OMIT, categories: Union[Any, Omit] = OMIT, status: Union[Any, Omit] = OMIT, tier: Union[Any, Omit] = OMIT, trial: Union[Any, Omit] = OMIT, onboarded_at: Union[Any, Omit] = OMIT, updated_at: Union[Any, Omit] = OMIT, options: Optional[RequestOptions] = None) -> SettingsUpdateResult:
        """Change profile, branding and callback URL.

        Send only what changes. A field that only the platform may change is answered with 403 and nothing is changed. Colours are shown repaired where they would not read."""
        return self._transport.item("PATCH", "/api/operator/settings", options, body={"profile": profile, "branding": branding, "s2s": s2s, "limits": limits, "categories": categories, "status": status, "tier": tier, "trial": trial, "onboarded_at": onboarded_at, "updated_at": updated_at})

    def preview_branding(self, *, primary_color: Optional[str] = None, options: Optional[RequestOptions] = None) -> SettingsPreviewBrandingResult:
        """See what becomes of a colour.

        The forms in which players would see it on both themes, and the contrast of each. Changes nothing."""
        return self._transport.item("GET", "/api/operator/settings/branding-preview", options, query={"primary_color": primary_color})


class ConfigResource:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get(self, *, options: Optional[RequestOptions] = None) -> ConfigGetResult:
        """Get the configuration of the embed."""
        return self._transport.item("GET", "/api/operator/config", options)

    def update(self, *, trading: Union[ConfigUpdateTrading, Omit] = OMIT, ui: Union[ConfigUpdateUi, Omit] = OMIT, notifications: Union[ConfigUpdateNotifications, Omit] = OMIT, categories: Union[ConfigUpdateCategories, Omit] = OMIT, features: Union[ConfigUpdateFeatures, Omit] = OMIT, reason: Union[str, Omit] = OMIT, options: Optional[RequestOptions] = None) -> ConfigUpdateResult:
        """Change some configuration values of the embed.

        Send only what changes. In force at once; open embeds show it within a minute. Of `custom_footer_html` harmless markup is kept and the rest left out."""
        return self._transport.item("POST", "/api/operator/config", options, body={"trading": trading, "ui": ui, "notifications": notifications, "categories": categories, "features": features, "reason": reason})

    def list_changes(self, *, page: Optional[int] = None, limit: Optional[int] = None, cursor: Optional[str] = None, key: Optional[str] = None, options: Optional[RequestOptions] = None) -> Page[ConfigChange]:
        """List changes of the configuration of the embed.

        Newest first."""
        return self._transport.page("GET", "/api/operator/config/history", options, query={"page": page, "limit": limit, "cursor": cursor, "key": key})

    def revert_change(self, audit_id: str, *, reason: Union[str, Omit] = OMIT, options: Optional[RequestOptions] = None) -> ConfigRevertChangeResult:
        """Revert a change of the configuration of the embed.

        Every key of the change gets back the value it had before. Itself a change. Refused when a key has been changed again since."""
        return self._transport.item("POST", f"/api/operator/config/history/{segment(audit_id)}/revert", options, body={"reason": reason})


class ApiKeysResource:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(self, *, options: Optional[RequestOptions] = None) -> Page[ApiKey]:
        """List API keys.

        Newest first, with those revoked in the last 30 days. Keys and secrets are shown only when they are made."""
        return self._transport.page("GET", "/api/operator/api-keys", options)

    def create(self, *, name: str, permissions: Union[List[Literal["s2s_callback", "server_api", "read_only"]], Omit] = OMIT, expires_at: Union[Optional[str], Omit] = OMIT, options: Optional[RequestOptions] = None) -> NewApiKey:
        """Create an API key.

        The secret is shown in this answer only."""
        return self._transport.item("POST", "/api/operator/api-keys", options, body={"name": name, "permissions": permissions, "expires_at": expires_at})

    def delete(self, *, key_id: str, options: Optional[RequestOptions] = None) -> ApiKeysDeleteResult:
        """Delete an API key.

        Every request with it is answered with 401 from now on. Cannot be undone."""
        return self._transport.item("DELETE", "/api/operator/api-keys", options, body={"key_id": key_id})

    def rotate(self, key_id: str, *, overlap_hours: Union[int, Omit] = OMIT, expires_at: Union[Optional[str], Omit] = OMIT, options: Optional[RequestOptions] = None) -> ApiKeysRotateResult:
        """Rotate an API key.

        Makes a pair with the same name and scopes. The old one works beside it for the overlap, then never again."""
        return self._transport.item("POST", f"/api/operator/api-keys/{segment(key_id)}/rotate", options, body={"overlap_hours": overlap_hours, "expires_at": expires_at})


class EmbedOriginsResource:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(self, *, options: Optional[RequestOptions] = None) -> Page[EmbedOrigin]:
        """List the origins that may show the embed."""
        return self._transport.page("GET", "/api/operator/embed/origins", options)

    def add(self, *, origin: str, options: Optional[RequestOptions] = None) -> EmbedOriginsAddResult:
        """Add an origin.

        It counts once its domain has the TXT record, at the domain itself or at `_predictu-verify.` before it; asked for every 5 minutes."""
        return self._transport.item("POST", "/api/operator/embed/origins", options, body={"origin": origin})

    def remove(self, *, origin_id: str, options: Optional[RequestOptions] = None) -> EmbedOriginsRemoveResult:
        """Remove an origin.

        Pages of the origin can no longer frame the embed, and player sessions opened there end."""
        return self._transport.item("DELETE", "/api/operator/embed/origins", options, body={"origin_id": origin_id})

    def check(self, origin_id: str, *, options: Optional[RequestOptions] = None) -> EmbedOrigin:
        """Check an origin now.

        Asks DNS for the TXT record without waiting for the next check."""
        return self._transport.item("POST", f"/api/operator/embed/origins/{segment(origin_id)}/check", options, body={})


class EmbedResource:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self.origins = EmbedOriginsResource(transport)

    def get_code(self, *, format: Optional[Literal["html", "react", "vanilla"]] = None, theme: Optional[Literal["dark", "light"]] = None, width: Optional[str] = None, height: Optional[str] = None, options: Optional[RequestOptions] = None) -> EmbedCode:
        """Get the code that shows the embed."""
        return self._transport.item("GET", "/api/operator/embed/code", options, query={"format": format, "theme": theme, "width": width, "height": height})


class SettlementsResource:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(self, *, page: Optional[int] = None, limit: Optional[int] = None, cursor: Optional[str] = None, status: Optional[Literal["pending", "processing", "completed", "failed"]] = None, market_id: Optional[str] = None, from_: Optional[Union[str, datetime]] = None, to: Optional[Union[str, datetime]] = None, options: Optional[RequestOptions] = None) -> Page[OperatorSettlement]:
        """List settlements.

        Markets your players held positions in, newest first."""
        return self._transport.page("GET", "/api/operator/settlements", options, query={"page": page, "limit": limit, "cursor": cursor, "status": status, "market_id": market_id, "from": from_, "to": to})

    def get(self, settlement_id: str, *, options: Optional[RequestOptions] = None) -> OperatorSettlement:
        """Get a settlement.

        What it meant for your players."""
        return self._transport.item("GET", f"/api/operator/settlements/{segment(settlement_id)}", options)


class SettlementRulesResource:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get(self, *, options: Optional[RequestOptions] = None) -> OperatorSettlementRules:
        """Get your rules of settling."""
        return self._transport.item("GET", "/api/operator/settlement-rules", options)

    def update(self, *, claw_back: Literal["to_zero", "allow_debt_to_house"], options: Optional[RequestOptions] = None) -> OperatorSettlementRules:
        """Set your rules of settling.

        They hold for results decided from now on."""
        return self._transport.item("PUT", "/api/operator/settlement-rules", options, body={"claw_back": claw_back})


class InvoicesResource:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(self, *, status: Optional[Literal["draft", "sent", "paid", "overdue", "void"]] = None, options: Optional[RequestOptions] = None) -> Page[OperatorInvoice]:
        """List invoices.

        The latest first, at most 200."""
        return self._transport.page("GET", "/api/operator/invoices", options, query={"status": status})

    def get(self, invoice_id: str, *, options: Optional[RequestOptions] = None) -> OperatorInvoiceDetail:
        """Get an invoice."""
        return self._transport.item("GET", f"/api/operator/invoices/{segment(invoice_id)}", options)

    def list_entries(self, invoice_id: str, *, page: Optional[int] = None, limit: Optional[int] = None, cursor: Optional[str] = None, line: Optional[Literal["spread", "fee"]] = None, options: Optional[RequestOptions] = None) -> Page[InvoiceEntry]:
        """List what a line of an invoice is the sum of.

        The trades of the period that have any spread, or any fee with its ledger entry; the oldest first."""
        return self._transport.page("GET", f"/api/operator/invoices/{segment(invoice_id)}/entries", options, query={"page": page, "limit": limit, "cursor": cursor, "line": line})

    def download(self, invoice_id: str, *, options: Optional[RequestOptions] = None) -> DownloadedFile:
        """Download an invoice.

        The same bytes every time, once it is sent."""
        return self._transport.file("GET", f"/api/operator/invoices/{segment(invoice_id)}/pdf", options)

    def download_credit_note(self, invoice_id: str, *, options: Optional[RequestOptions] = None) -> DownloadedFile:
        """Download the credit note of an invoice."""
        return self._transport.file("GET", f"/api/operator/invoices/{segment(invoice_id)}/credit-note/pdf", options)


class BillingResource:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get(self, *, options: Optional[RequestOptions] = None) -> BillingProfile:
        """Get to whom your invoices are addressed."""
        return self._transport.item("GET", "/api/operator/billing", options)

    def update(self, *, name: str, address: List[str], tax_id: Optional[str], email: Optional[str], options: Optional[RequestOptions] = None) -> BillingProfile:
        """Set to whom your invoices are addressed.

        Holds for invoices sent from now on. The tax is set by the platform."""
        return self._transport.item("PUT", "/api/operator/billing", options, body={"name": name, "address": address, "tax_id": tax_id, "email": email})


class ReportsScheduledResource:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def create(self, *, type: Literal["trades", "users", "positions", "revenue", "settlements"], name: str, format: Literal["csv", "xlsx", "pdf"], frequency: Literal["daily", "weekly", "monthly"], time_utc: str, recipients: List[str], day_of_week: Union[Optional[int], Omit] = OMIT, day_of_month: Union[Optional[int], Omit] = OMIT, columns: Union[Optional[List[str]], Omit] = OMIT, filters: Union[ReportsScheduledCreateFilters, Omit] = OMIT, enabled: Union[bool, Omit] = OMIT, options: Optional[RequestOptions] = None) -> OperatorReportSchedule:
        """Schedule a report.

        Made at the time of day in UTC, on the days its frequency says, and sent to its recipients by e-mail."""
        return self._transport.item("POST", "/api/operator/reports/scheduled", options, body={"type": type, "name": name, "format": format, "frequency": frequency, "day_of_week": day_of_week, "day_of_month": day_of_month, "time_utc": time_utc, "columns": columns, "recipients": recipients, "filters": filters, "enabled": enabled})

    def list(self, *, options: Optional[RequestOptions] = None) -> Page[OperatorReportSchedule]:
        """List scheduled reports."""
        return self._transport.page("GET", "/api/operator/reports/scheduled", options)

    def update(self, schedule_id: str, *, name: Union[str, Omit] = OMIT, format: Union[Literal["csv", "xlsx", "pdf"], Omit] = OMIT, frequency: Union[Literal["daily", "weekly", "monthly"], Omit] = OMIT, day_of_week: Union[Optional[int], Omit] = OMIT, day_of_month: Union[Optional[int], Omit] = OMIT, time_utc: Union[str, Omit] = OMIT, recipients: Union[List[str], Omit] = OMIT, enabled: Union[bool, Omit] = OMIT, options: Optional[RequestOptions] = None) -> OperatorReportSchedule:
        """Change a schedule.

        What is not named stays. The next run is reckoned anew."""
        return self._transport.item("PATCH", f"/api/operator/reports/scheduled/{segment(schedule_id)}", options, body={"name": name, "format": format, "frequency": frequency, "day_of_week": day_of_week, "day_of_month": day_of_month, "time_utc": time_utc, "recipients": recipients, "enabled": enabled})

    def delete(self, schedule_id: str, *, options: Optional[RequestOptions] = None) -> ReportsScheduledDeleteResult:
        """Remove a schedule.

        The reports it has made stay until they expire."""
        return self._transport.item("DELETE", f"/api/operator/reports/scheduled/{segment(schedule_id)}", options)


class ReportsResource:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self.scheduled = ReportsScheduledResource(transport)

    def export(self, *, type: Literal["trades", "users", "positions", "revenue", "settlements"], format: Literal["csv", "xlsx", "pdf"], filters: Union[ReportsExportFilters, Omit] = OMIT, columns: Union[Optional[List[str]], Omit] = OMIT, delivery: Union[Literal["download", "email"], Omit] = OMIT, email: Union[Optional[str], Omit] = OMIT, options: Optional[RequestOptions] = None) -> OperatorReport:
        """Export a report.

        Ready at once up to 100,000 rows; a larger one, or one that takes longer than ten seconds, is answered as `processing`: ask `poll_url`. The link works for two hours."""
        return self._transport.item("POST", "/api/operator/reports/export", options, body={"type": type, "format": format, "filters": filters, "columns": columns, "delivery": delivery, "email": email})

    def list(self, *, page: Optional[int] = None, limit: Optional[int] = None, options: Optional[RequestOptions] = None) -> Page[OperatorReport]:
        """List reports.

        Of the last thirty days, the latest first."""
        return self._transport.page("GET", "/api/operator/reports", options, query={"page": page, "limit": limit})

    def get(self, report_id: str, *, options: Optional[RequestOptions] = None) -> OperatorReport:
        """Get how a report stands."""
        return self._transport.item("GET", f"/api/operator/reports/{segment(report_id)}", options)

    def download(self, report_id: str, *, options: Optional[RequestOptions] = None) -> DownloadedFile:
        """Download a report."""
        return self._transport.file("GET", f"/api/operator/reports/{segment(report_id)}/download", options)


class WalletCallsResource:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(self, *, page: Optional[int] = None, limit: Optional[int] = None, cursor: Optional[str] = None, method: Optional[Literal["BET_MAKE", "BET_SELL", "BET_WIN", "BET_LOSE", "BET_REFUND", "BET_ROLLBACK"]] = None, status: Optional[Literal["pending", "unknown", "confirmed", "refused", "rolled_back", "failed", "handled"]] = None, user_id: Optional[str] = None, trade_id: Optional[str] = None, market_id: Optional[str] = None, settlement_id: Optional[str] = None, from_: Optional[Union[str, datetime]] = None, to: Optional[Union[str, datetime]] = None, options: Optional[RequestOptions] = None) -> Page[WalletCall]:
        """List callbacks.

        Newest first."""
        return self._transport.page("GET", "/api/operator/wallet/calls", options, query={"page": page, "limit": limit, "cursor": cursor, "method": method, "status": status, "user_id": user_id, "trade_id": trade_id, "market_id": market_id, "settlement_id": settlement_id, "from": from_, "to": to})

    def get(self, call_id: str, *, options: Optional[RequestOptions] = None) -> WalletCallWithAttempts:
        """Get a callback with every attempt."""
        return self._transport.item("GET", f"/api/operator/wallet/calls/{segment(call_id)}", options)

    def replay(self, call_id: str, *, reason: str, options: Optional[RequestOptions] = None) -> WalletCall:
        """Send a callback again.

        With the same request_id and the same bytes."""
        return self._transport.item("POST", f"/api/operator/wallet/calls/{segment(call_id)}/replay", options, body={"reason": reason})

    def replay_many(self, *, call_ids: List[str], reason: str, options: Optional[RequestOptions] = None) -> WalletCallsReplayManyResult:
        """Send several callbacks again."""
        return self._transport.item("POST", "/api/operator/wallet/calls/replay", options, body={"call_ids": call_ids, "reason": reason})

    def handle(self, call_id: str, *, reason: str, options: Optional[RequestOptions] = None) -> WalletCall:
        """Mark a failed callback as handled.

        It is not sent again: you have put it right by hand. A handled rollback releases the bet it undoes."""
        return self._transport.item("POST", f"/api/operator/wallet/calls/{segment(call_id)}/handle", options, body={"reason": reason})


class WalletResource:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self.calls = WalletCallsResource(transport)

    def get(self, *, options: Optional[RequestOptions] = None) -> WalletSettings:
        """Get the wallet settings."""
        return self._transport.item("GET", "/api/operator/wallet", options)

    def update(self, *, mode: Union[Literal["internal", "seamless", "shadow"], Omit] = OMIT, callback_url: Union[Optional[str], Omit] = OMIT, budgets_ms: Union[WalletUpdateBudgetsMs, Omit] = OMIT, concurrency: Union[int, Omit] = OMIT, options: Optional[RequestOptions] = None) -> WalletSettings:
        """Change the wallet settings.

        Send only what changes. The mode changes only while no player has a balance or an open position and no callback is open."""
        return self._transport.item("PATCH", "/api/operator/wallet", options, body={"mode": mode, "callback_url": callback_url, "budgets_ms": budgets_ms, "concurrency": concurrency})

    def rotate_signing_key(self, *, options: Optional[RequestOptions] = None) -> WalletSettings:
        """Make a new signing key.

        It is published at once and signs ten minutes later; the old one stays published for a day after that."""
        return self._transport.item("POST", "/api/operator/wallet/signing-key/rotate", options, body={})

    def rotate_webhook_secret(self, *, options: Optional[RequestOptions] = None) -> WalletRotateWebhookSecretResult:
        """Make a new webhook secret.

        Signs at once; the old one signs beside it for a day."""
        return self._transport.item("POST", "/api/operator/wallet/webhook-secret/rotate", options, body={})

    def ping(self, *, options: Optional[RequestOptions] = None) -> WalletPing:
        """Send a test PING.

        Says step by step what happened."""
        return self._transport.item("POST", "/api/operator/wallet/ping", options, body={})


class CopilotMarketsResource:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def deploy(self, *, draft: MarketDraft, liquidity_usd: float, resolver: Literal["operator", "platform"], options: Optional[RequestOptions] = None) -> OwnMarket:
        """Deploy a draft as a market of your own.

        Seen and traded by your players only, from now on. Refused while the lint finds errors, and while a market of yours with the same question is open."""
        return self._transport.item("POST", "/api/copilot/markets/deploy", options, body={"draft": draft, "liquidity_usd": liquidity_usd, "resolver": resolver})

    def list(self, *, page: Optional[int] = None, limit: Optional[int] = None, cursor: Optional[str] = None, status: Optional[Literal["active", "paused", "resolved", "cancelled"]] = None, options: Optional[RequestOptions] = None) -> Page[OwnMarket]:
        """List the markets of your own.

        Newest first."""
        return self._transport.page("GET", "/api/copilot/markets", options, query={"page": page, "limit": limit, "cursor": cursor, "status": status})

    def update(self, market_id: str, *, reason: str, anchor_price: Union[float, Omit] = OMIT, liquidity_usd: Union[float, Omit] = OMIT, status: Union[Literal["active", "paused"], Omit] = OMIT, draft: Union[MarketDraft, Omit] = OMIT, options: Optional[RequestOptions] = None) -> OwnMarket:
        """Change a market of your own.

        Its price, what the house commits, or whether it is offered. In force with the next quote. Wording is fixed as long as anybody holds shares."""
        return self._transport.item("PATCH", f"/api/copilot/markets/{segment(market_id)}", options, body={"anchor_price": anchor_price, "liquidity_usd": liquidity_usd, "status": status, "draft": draft, "reason": reason})

    def resolve(self, market_id: str, *, resolution: Literal["yes", "no", "split", "void"], evidence: str, evidence_url: Union[Optional[str], Omit] = OMIT, options: Optional[RequestOptions] = None) -> OwnMarket:
        """Name the result of a market of your own.

        Trading ends with this answer; settled like every market: after approval by somebody else and the challenge window, where the platform has set them."""
        return self._transport.item("POST", f"/api/copilot/markets/{segment(market_id)}/resolve", options, body={"resolution": resolution, "evidence": evidence, "evidence_url": evidence_url})

    def approve(self, market_id: str, *, options: Optional[RequestOptions] = None) -> OwnMarket:
        """Approve the result of a market of your own.

        By somebody else than who named it."""
        return self._transport.item("POST", f"/api/copilot/markets/{segment(market_id)}/approve", options)


class CopilotDecisionsResource:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(self, *, page: Optional[int] = None, limit: Optional[int] = None, cursor: Optional[str] = None, status: Optional[Literal["open", "accepted", "rejected", "expired"]] = None, kind: Optional[Literal["pause", "widen", "resolve", "fix_wording", "reprice", "raise_limit"]] = None, market_id: Optional[str] = None, options: Optional[RequestOptions] = None) -> Page[AgentSuggestion]:
        """List what the MarketAgent suggests.

        Newest first. Suggestions expire when their reason is gone or nobody decides within a day."""
        return self._transport.page("GET", "/api/copilot/agent/decisions", options, query={"page": page, "limit": limit, "cursor": cursor, "status": status, "kind": kind, "market_id": market_id})

    def decide(self, *, suggestion_id: str, decision: Literal["accept", "reject"], reason: str, resolution: Union[Literal["yes", "no", "split", "void"], Omit] = OMIT, evidence: Union[str, Omit] = OMIT, options: Optional[RequestOptions] = None) -> AgentSuggestion:
        """Accept or reject a suggestion.

        Accepted ones are carried out at once by the ordinary action, with its own audit row, its own checks and refusals. A rejected one is not made again."""
        return self._transport.item("POST", "/api/copilot/agent/decisions", options, body={"suggestion_id": suggestion_id, "decision": decision, "reason": reason, "resolution": resolution, "evidence": evidence})


class CopilotResource:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self.markets = CopilotMarketsResource(transport)
        self.decisions = CopilotDecisionsResource(transport)

    def lint(self, *, draft: MarketDraft, options: Optional[RequestOptions] = None) -> LintReport:
        """Look a draft over.

        What players could dispute, each finding with its fix. Costs no credits and keeps nothing."""
        return self._transport.item("POST", "/api/copilot/lint", options, body={"draft": draft})

    def get_credits(self, *, options: Optional[RequestOptions] = None) -> CopilotCredits:
        """Get your copilot credits.

        A new operator has a trial grant from its first look on."""
        return self._transport.item("GET", "/api/copilot/credits", options)


class Resources:
    """Every resource of the operator API."""

    def __init__(self, transport: Transport) -> None:
        self.files = FilesResource(transport)
        self.referral_terms = ReferralTermsResource(transport)
        self.users = UsersResource(transport)
        self.trades = TradesResource(transport)
        self.positions = PositionsResource(transport)
        self.orders = OrdersResource(transport)
        self.exposure = ExposureResource(transport)
        self.risk = RiskResource(transport)
        self.onboarding = OnboardingResource(transport)
        self.dashboard = DashboardResource(transport)
        self.revenue = RevenueResource(transport)
        self.markets = MarketsResource(transport)
        self.activity = ActivityResource(transport)
        self.settings = SettingsResource(transport)
        self.config = ConfigResource(transport)
        self.api_keys = ApiKeysResource(transport)
        self.embed = EmbedResource(transport)
        self.settlements = SettlementsResource(transport)
        self.settlement_rules = SettlementRulesResource(transport)
        self.invoices = InvoicesResource(transport)
        self.billing = BillingResource(transport)
        self.reports = ReportsResource(transport)
        self.wallet = WalletResource(transport)
        self.copilot = CopilotResource(transport)
