/** Written by `npm run generate` from the contract. */
import type { EventStream, StreamOptions } from './events.ts';
import type { PagePromise } from './page.ts';
import type { ApiPromise } from './promise.ts';
import type {
  Activity,
  ActivityListPage,
  ActivityListQuery,
  ActivityStreamQuery,
  AgentSuggestion,
  ApiKey,
  ApiKeysCreateBody,
  ApiKeysDeleteBody,
  ApiKeysDeleteResult,
  ApiKeysListPage,
  ApiKeysRotateBody,
  ApiKeysRotateResult,
  BillingProfile,
  BillingUpdateBody,
  ConfigChange,
  ConfigGetResult,
  ConfigListChangesPage,
  ConfigListChangesQuery,
  ConfigRevertChangeBody,
  ConfigRevertChangeResult,
  ConfigUpdateBody,
  ConfigUpdateResult,
  CopilotCredits,
  CopilotDecisionsDecideBody,
  CopilotDecisionsListPage,
  CopilotDecisionsListQuery,
  CopilotLintBody,
  CopilotMarketsDeployBody,
  CopilotMarketsListPage,
  CopilotMarketsListQuery,
  CopilotMarketsResolveBody,
  CopilotMarketsUpdateBody,
  DashboardGetQuery,
  EmbedCode,
  EmbedGetCodeQuery,
  EmbedOrigin,
  EmbedOriginsAddBody,
  EmbedOriginsAddResult,
  EmbedOriginsListPage,
  EmbedOriginsRemoveBody,
  EmbedOriginsRemoveResult,
  ExposureGetSnapshotsQuery,
  ExposureSeries,
  FilesRemoveFromBrandingQuery,
  FilesRemoveFromBrandingResult,
  FilesUploadBody,
  InvoiceEntry,
  InvoicesListEntriesPage,
  InvoicesListEntriesQuery,
  InvoicesListPage,
  InvoicesListQuery,
  LintReport,
  MarketsListPage,
  MarketsListQuery,
  NewApiKey,
  Onboarding,
  OperatorDashboard,
  OperatorExposure,
  OperatorInvoice,
  OperatorInvoiceDetail,
  OperatorMarket,
  OperatorMarketDetail,
  OperatorOrder,
  OperatorPlayer,
  OperatorPlayerDetail,
  OperatorPosition,
  OperatorReport,
  OperatorReportSchedule,
  OperatorRevenue,
  OperatorRisk,
  OperatorSettings,
  OperatorSettlement,
  OperatorSettlementRules,
  OperatorTrade,
  OrdersListPage,
  OrdersListQuery,
  OwnLimits,
  OwnMarket,
  PlayerName,
  PlayerStanding,
  PositionsListPage,
  PositionsListQuery,
  ReferralTerms,
  ReferralTermsGetResult,
  ReferralTermsUpdateBody,
  ReportsExportBody,
  ReportsListPage,
  ReportsListQuery,
  ReportsScheduledCreateBody,
  ReportsScheduledDeleteResult,
  ReportsScheduledListPage,
  ReportsScheduledUpdateBody,
  RevenueGetQuery,
  SettingsPreviewBrandingQuery,
  SettingsPreviewBrandingResult,
  SettingsUpdateBody,
  SettingsUpdateResult,
  SettlementRulesUpdateBody,
  SettlementsListPage,
  SettlementsListQuery,
  TradesListPage,
  TradesListQuery,
  UploadedAsset,
  UsersAdjustBalanceBody,
  UsersAdjustBalanceResult,
  UsersChangeLimitTierBody,
  UsersListPage,
  UsersListQuery,
  UsersReinstateBody,
  UsersRestrictBody,
  UsersSuspendBody,
  UsersUpdateDisplayNameBody,
  UsersUpdateDisplayNameResult,
  WalletCall,
  WalletCallWithAttempts,
  WalletCallsHandleBody,
  WalletCallsListPage,
  WalletCallsListQuery,
  WalletCallsReplayBody,
  WalletCallsReplayManyBody,
  WalletCallsReplayManyResult,
  WalletPing,
  WalletRotateWebhookSecretResult,
  WalletSettings,
  WalletUpdateBody,
} from './shapes.gen.ts';
import { type DownloadedFile, type RequestOptions, segment, type Transport } from './transport.ts';

export class FilesResource {
  private readonly transport: Transport;
  constructor(transport: Transport) {
    this.transport = transport;
  }
  /**
   * Upload a picture of your brand
   * A form of at most 2 MB with a png, jpg, svg or webp. A logo or favicon is in force at once; open embeds show it within a minute. Pictures are decoded and written anew without their metadata, of vector pictures only what draws is kept; what cannot be made safe is answered with 422 and the reason.
   */
  upload(body: FilesUploadBody, options: RequestOptions = {}): ApiPromise<UploadedAsset> {
    return this.transport.item({ method: 'POST', path: '/api/operator/upload', form: body }, options);
  }
  /**
   * Take the logo or favicon off your brand
   * The file stays where it is; nothing shows it any more.
   */
  removeFromBranding(query: FilesRemoveFromBrandingQuery, options: RequestOptions = {}): ApiPromise<FilesRemoveFromBrandingResult> {
    return this.transport.item({ method: 'DELETE', path: '/api/operator/upload', query }, options);
  }
}

export class ReferralTermsResource {
  private readonly transport: Transport;
  constructor(transport: Transport) {
    this.transport = transport;
  }
  /**
   * Get the terms of the referral programme
   * null: none are set, and no player can refer another.
   */
  get(options: RequestOptions = {}): ApiPromise<ReferralTermsGetResult> {
    return this.transport.item({ method: 'GET', path: '/api/operator/referral-terms' }, options);
  }
  /**
   * Set the terms of the referral programme
   * In force for players who come from now on; those who came before keep theirs. Bonuses are deposits to balances the platform keeps. The programme runs while `features.referral_program` is on.
   */
  update(body: ReferralTermsUpdateBody, options: RequestOptions = {}): ApiPromise<ReferralTerms> {
    return this.transport.item({ method: 'PUT', path: '/api/operator/referral-terms', body }, options);
  }
}

export class UsersResource {
  private readonly transport: Transport;
  constructor(transport: Transport) {
    this.transport = transport;
  }
  /**
   * Deposit to or withdraw from a user’s balance
   * Makes one immutable ledger row. A repeated `idempotency_key` answers the first result again with `Idempotency-Replayed: true`.
   */
  adjustBalance(userId: string, body: UsersAdjustBalanceBody, options: RequestOptions = {}): ApiPromise<UsersAdjustBalanceResult> {
    return this.transport.item({ method: 'POST', path: `/api/operator/users/${segment(userId)}/balance`, body, key: 'body' }, options);
  }
  /**
   * Restrict a user
   * Send only what changes; in force with the next trade. Refused while the platform holds restrictions.
   */
  restrict(userId: string, body: UsersRestrictBody, options: RequestOptions = {}): ApiPromise<PlayerStanding> {
    return this.transport.item({ method: 'PATCH', path: `/api/operator/users/${segment(userId)}/restrictions`, body }, options);
  }
  /**
   * Suspend a user
   * The user buys nothing from now on; selling, withdrawing and settlement go on.
   */
  suspend(userId: string, body: UsersSuspendBody, options: RequestOptions = {}): ApiPromise<PlayerStanding> {
    return this.transport.item({ method: 'POST', path: `/api/operator/users/${segment(userId)}/suspend`, body }, options);
  }
  /**
   * Reinstate a user
   * Refused when the platform suspended the user.
   */
  reinstate(userId: string, body: UsersReinstateBody, options: RequestOptions = {}): ApiPromise<PlayerStanding> {
    return this.transport.item({ method: 'POST', path: `/api/operator/users/${segment(userId)}/reinstate`, body }, options);
  }
  /**
   * Change the limit tier of a user
   * How much one trade may cost: new, regular or vip, in the operator’s figures. new becomes regular by itself after 7 days and 5 trades.
   */
  changeLimitTier(userId: string, body: UsersChangeLimitTierBody, options: RequestOptions = {}): ApiPromise<PlayerStanding> {
    return this.transport.item({ method: 'POST', path: `/api/operator/users/${segment(userId)}/limit-tier`, body }, options);
  }
  /**
   * List users
   * Your players, newest first unless sorted otherwise.
   */
  list(query: UsersListQuery = {}, options: RequestOptions = {}): PagePromise<OperatorPlayer, UsersListPage> {
    return this.transport.page({ method: 'GET', path: '/api/operator/users', query }, options);
  }
  /**
   * Get a user
   * With metrics, score, restrictions and the last ten trades and ledger rows.
   */
  get(userId: string, options: RequestOptions = {}): ApiPromise<OperatorPlayerDetail> {
    return this.transport.item({ method: 'GET', path: `/api/operator/users/${segment(userId)}` }, options);
  }
  /**
   * Get the limits a user has set for itself
   * Stake, loss and time limits with raises that wait, and self-exclusion. Only the user changes them.
   */
  getLimits(userId: string, options: RequestOptions = {}): ApiPromise<OwnLimits> {
    return this.transport.item({ method: 'GET', path: `/api/operator/users/${segment(userId)}/limits` }, options);
  }
  /**
   * Get the name a user shows
   * On the leaderboard and in the feed of what players trade.
   */
  getDisplayName(userId: string, options: RequestOptions = {}): ApiPromise<PlayerName> {
    return this.transport.item({ method: 'GET', path: `/api/operator/users/${segment(userId)}/display-name` }, options);
  }
  /**
   * Hide the name a user shows
   * Or let it be seen again. It stays hidden whatever name the user chooses next; the user reads the reason. CONFLICT when the user has chosen no name.
   */
  updateDisplayName(userId: string, body: UsersUpdateDisplayNameBody, options: RequestOptions = {}): ApiPromise<UsersUpdateDisplayNameResult> {
    return this.transport.item({ method: 'PUT', path: `/api/operator/users/${segment(userId)}/display-name`, body }, options);
  }
}

export class TradesResource {
  private readonly transport: Transport;
  constructor(transport: Transport) {
    this.transport = transport;
  }
  /**
   * List trades
   * Trades of your players, newest first unless sorted otherwise.
   */
  list(query: TradesListQuery = {}, options: RequestOptions = {}): PagePromise<OperatorTrade, TradesListPage> {
    return this.transport.page({ method: 'GET', path: '/api/operator/trades', query }, options);
  }
}

export class PositionsResource {
  private readonly transport: Transport;
  constructor(transport: Transport) {
    this.transport = transport;
  }
  /**
   * List positions
   * Open and historical positions of your players, newest first unless sorted otherwise.
   */
  list(query: PositionsListQuery = {}, options: RequestOptions = {}): PagePromise<OperatorPosition, PositionsListPage> {
    return this.transport.page({ method: 'GET', path: '/api/operator/positions', query }, options);
  }
}

export class OrdersResource {
  private readonly transport: Transport;
  constructor(transport: Transport) {
    this.transport = transport;
  }
  /**
   * List limit orders
   * Orders of your players that rest, and what became of the others, newest first.
   */
  list(query: OrdersListQuery = {}, options: RequestOptions = {}): PagePromise<OperatorOrder, OrdersListPage> {
    return this.transport.page({ method: 'GET', path: '/api/operator/orders', query }, options);
  }
}

export class ExposureResource {
  private readonly transport: Transport;
  constructor(transport: Transport) {
    this.transport = transport;
  }
  /** Get the exposure of your players */
  get(options: RequestOptions = {}): ApiPromise<OperatorExposure> {
    return this.transport.item({ method: 'GET', path: '/api/operator/exposure' }, options);
  }
  /**
   * Get the exposure of your players over time
   * As a whole, of one category or of one market. Oldest first.
   */
  getSnapshots(query: ExposureGetSnapshotsQuery = {}, options: RequestOptions = {}): ApiPromise<ExposureSeries> {
    return this.transport.item({ method: 'GET', path: '/api/operator/exposure/snapshots', query }, options);
  }
}

export class RiskResource {
  private readonly transport: Transport;
  constructor(transport: Transport) {
    this.transport = transport;
  }
  /** Get the risk overview */
  get(options: RequestOptions = {}): ApiPromise<OperatorRisk> {
    return this.transport.item({ method: 'GET', path: '/api/operator/risk' }, options);
  }
}

export class OnboardingResource {
  private readonly transport: Transport;
  constructor(transport: Transport) {
    this.transport = transport;
  }
  /**
   * Get your onboarding
   * With what every step asks for and what the server finds.
   */
  get(options: RequestOptions = {}): ApiPromise<Onboarding> {
    return this.transport.item({ method: 'GET', path: '/api/operator/onboarding' }, options);
  }
}

export class DashboardResource {
  private readonly transport: Transport;
  constructor(transport: Transport) {
    this.transport = transport;
  }
  /** Get the dashboard */
  get(query: DashboardGetQuery = {}, options: RequestOptions = {}): ApiPromise<OperatorDashboard> {
    return this.transport.item({ method: 'GET', path: '/api/operator/dashboard', query }, options);
  }
}

export class RevenueResource {
  private readonly transport: Transport;
  constructor(transport: Transport) {
    this.transport = transport;
  }
  /**
   * Get the revenue of a period
   * The last 30 days unless said otherwise.
   */
  get(query: RevenueGetQuery = {}, options: RequestOptions = {}): ApiPromise<OperatorRevenue> {
    return this.transport.item({ method: 'GET', path: '/api/operator/revenue', query }, options);
  }
}

export class MarketsResource {
  private readonly transport: Transport;
  constructor(transport: Transport) {
    this.transport = transport;
  }
  /**
   * List markets
   * Markets of the categories you offer. Sorted by what your own players traded.
   */
  list(query: MarketsListQuery = {}, options: RequestOptions = {}): PagePromise<OperatorMarket, MarketsListPage> {
    return this.transport.page({ method: 'GET', path: '/api/operator/markets', query }, options);
  }
  /** Get a market with the figures of your players */
  get(marketId: string, options: RequestOptions = {}): ApiPromise<OperatorMarketDetail> {
    return this.transport.item({ method: 'GET', path: `/api/operator/markets/${segment(marketId)}` }, options);
  }
}

export class ActivityResource {
  private readonly transport: Transport;
  constructor(transport: Transport) {
    this.transport = transport;
  }
  /**
   * List activity
   * What happened at your casino, newest first. Pages after the first show what there was at the first.
   */
  list(query: ActivityListQuery = {}, options: RequestOptions = {}): PagePromise<Activity, ActivityListPage> {
    return this.transport.page({ method: 'GET', path: '/api/operator/activity', query }, options);
  }
  /**
   * Stream activity
   * Server-sent events `activity` as they happen. Send the last id seen as `Last-Event-ID` and everything after it follows, exactly once. The stream ends from time to time; reconnect.
   */
  stream(query: ActivityStreamQuery = {}, options: StreamOptions = {}): EventStream<Activity> {
    return this.transport.stream({ method: 'GET', path: '/api/operator/activity/stream', query }, options);
  }
}

export class SettingsResource {
  private readonly transport: Transport;
  constructor(transport: Transport) {
    this.transport = transport;
  }
  /** Get profile, branding and limits */
  get(options: RequestOptions = {}): ApiPromise<OperatorSettings> {
    return this.transport.item({ method: 'GET', path: '/api/operator/settings' }, options);
  }
  /**
   * Change profile, branding and callback URL
   * Send only what changes. A field that only the platform may change is answered with 403 and nothing is changed. Colours are shown repaired where they would not read.
   */
  update(body: SettingsUpdateBody = {}, options: RequestOptions = {}): ApiPromise<SettingsUpdateResult> {
    return this.transport.item({ method: 'PATCH', path: '/api/operator/settings', body }, options);
  }
  /**
   * See what becomes of a colour
   * The forms in which players would see it on both themes, and the contrast of each. Changes nothing.
   */
  previewBranding(query: SettingsPreviewBrandingQuery = {}, options: RequestOptions = {}): ApiPromise<SettingsPreviewBrandingResult> {
    return this.transport.item({ method: 'GET', path: '/api/operator/settings/branding-preview', query }, options);
  }
}

export class ConfigResource {
  private readonly transport: Transport;
  constructor(transport: Transport) {
    this.transport = transport;
  }
  /** Get the configuration of the embed */
  get(options: RequestOptions = {}): ApiPromise<ConfigGetResult> {
    return this.transport.item({ method: 'GET', path: '/api/operator/config' }, options);
  }
  /**
   * Change some configuration values of the embed
   * Send only what changes. In force at once; open embeds show it within a minute. Of `custom_footer_html` harmless markup is kept and the rest left out.
   */
  update(body: ConfigUpdateBody = {}, options: RequestOptions = {}): ApiPromise<ConfigUpdateResult> {
    return this.transport.item({ method: 'POST', path: '/api/operator/config', body }, options);
  }
  /**
   * List changes of the configuration of the embed
   * Newest first.
   */
  listChanges(query: ConfigListChangesQuery = {}, options: RequestOptions = {}): PagePromise<ConfigChange, ConfigListChangesPage> {
    return this.transport.page({ method: 'GET', path: '/api/operator/config/history', query }, options);
  }
  /**
   * Revert a change of the configuration of the embed
   * Every key of the change gets back the value it had before. Itself a change. Refused when a key has been changed again since.
   */
  revertChange(auditId: string, body: ConfigRevertChangeBody = {}, options: RequestOptions = {}): ApiPromise<ConfigRevertChangeResult> {
    return this.transport.item({ method: 'POST', path: `/api/operator/config/history/${segment(auditId)}/revert`, body }, options);
  }
}

export class ApiKeysResource {
  private readonly transport: Transport;
  constructor(transport: Transport) {
    this.transport = transport;
  }
  /**
   * List API keys
   * Newest first, with those revoked in the last 30 days. Keys and secrets are shown only when they are made.
   */
  list(options: RequestOptions = {}): PagePromise<ApiKey, ApiKeysListPage> {
    return this.transport.page({ method: 'GET', path: '/api/operator/api-keys' }, options);
  }
  /**
   * Create an API key
   * The secret is shown in this answer only.
   */
  create(body: ApiKeysCreateBody, options: RequestOptions = {}): ApiPromise<NewApiKey> {
    return this.transport.item({ method: 'POST', path: '/api/operator/api-keys', body }, options);
  }
  /**
   * Delete an API key
   * Every request with it is answered with 401 from now on. Cannot be undone.
   */
  delete(body: ApiKeysDeleteBody, options: RequestOptions = {}): ApiPromise<ApiKeysDeleteResult> {
    return this.transport.item({ method: 'DELETE', path: '/api/operator/api-keys', body }, options);
  }
  /**
   * Rotate an API key
   * Makes a pair with the same name and scopes. The old one works beside it for the overlap, then never again.
   */
  rotate(keyId: string, body: ApiKeysRotateBody = {}, options: RequestOptions = {}): ApiPromise<ApiKeysRotateResult> {
    return this.transport.item({ method: 'POST', path: `/api/operator/api-keys/${segment(keyId)}/rotate`, body }, options);
  }
}

export class EmbedOriginsResource {
  private readonly transport: Transport;
  constructor(transport: Transport) {
    this.transport = transport;
  }
  /** List the origins that may show the embed */
  list(options: RequestOptions = {}): PagePromise<EmbedOrigin, EmbedOriginsListPage> {
    return this.transport.page({ method: 'GET', path: '/api/operator/embed/origins' }, options);
  }
  /**
   * Add an origin
   * It counts once its domain has the TXT record, at the domain itself or at `_predictu-verify.` before it; asked for every 5 minutes.
   */
  add(body: EmbedOriginsAddBody, options: RequestOptions = {}): ApiPromise<EmbedOriginsAddResult> {
    return this.transport.item({ method: 'POST', path: '/api/operator/embed/origins', body }, options);
  }
  /**
   * Remove an origin
   * Pages of the origin can no longer frame the embed, and player sessions opened there end.
   */
  remove(body: EmbedOriginsRemoveBody, options: RequestOptions = {}): ApiPromise<EmbedOriginsRemoveResult> {
    return this.transport.item({ method: 'DELETE', path: '/api/operator/embed/origins', body }, options);
  }
  /**
   * Check an origin now
   * Asks DNS for the TXT record without waiting for the next check.
   */
  check(originId: string, options: RequestOptions = {}): ApiPromise<EmbedOrigin> {
    return this.transport.item({ method: 'POST', path: `/api/operator/embed/origins/${segment(originId)}/check`, body: {} }, options);
  }
}

export class EmbedResource {
  private readonly transport: Transport;
  readonly origins: EmbedOriginsResource;
  constructor(transport: Transport) {
    this.transport = transport;
    this.origins = new EmbedOriginsResource(transport);
  }
  /** Get the code that shows the embed */
  getCode(query: EmbedGetCodeQuery = {}, options: RequestOptions = {}): ApiPromise<EmbedCode> {
    return this.transport.item({ method: 'GET', path: '/api/operator/embed/code', query }, options);
  }
}

export class SettlementsResource {
  private readonly transport: Transport;
  constructor(transport: Transport) {
    this.transport = transport;
  }
  /**
   * List settlements
   * Markets your players held positions in, newest first.
   */
  list(query: SettlementsListQuery = {}, options: RequestOptions = {}): PagePromise<OperatorSettlement, SettlementsListPage> {
    return this.transport.page({ method: 'GET', path: '/api/operator/settlements', query }, options);
  }
  /**
   * Get a settlement
   * What it meant for your players.
   */
  get(settlementId: string, options: RequestOptions = {}): ApiPromise<OperatorSettlement> {
    return this.transport.item({ method: 'GET', path: `/api/operator/settlements/${segment(settlementId)}` }, options);
  }
}

export class SettlementRulesResource {
  private readonly transport: Transport;
  constructor(transport: Transport) {
    this.transport = transport;
  }
  /** Get your rules of settling */
  get(options: RequestOptions = {}): ApiPromise<OperatorSettlementRules> {
    return this.transport.item({ method: 'GET', path: '/api/operator/settlement-rules' }, options);
  }
  /**
   * Set your rules of settling
   * They hold for results decided from now on.
   */
  update(body: SettlementRulesUpdateBody, options: RequestOptions = {}): ApiPromise<OperatorSettlementRules> {
    return this.transport.item({ method: 'PUT', path: '/api/operator/settlement-rules', body }, options);
  }
}

export class InvoicesResource {
  private readonly transport: Transport;
  constructor(transport: Transport) {
    this.transport = transport;
  }
  /**
   * List invoices
   * The latest first, at most 200.
   */
  list(query: InvoicesListQuery = {}, options: RequestOptions = {}): PagePromise<OperatorInvoice, InvoicesListPage> {
    return this.transport.page({ method: 'GET', path: '/api/operator/invoices', query }, options);
  }
  /** Get an invoice */
  get(invoiceId: string, options: RequestOptions = {}): ApiPromise<OperatorInvoiceDetail> {
    return this.transport.item({ method: 'GET', path: `/api/operator/invoices/${segment(invoiceId)}` }, options);
  }
  /**
   * List what a line of an invoice is the sum of
   * The trades of the period that have any spread, or any fee with its ledger entry; the oldest first.
   */
  listEntries(invoiceId: string, query: InvoicesListEntriesQuery = {}, options: RequestOptions = {}): PagePromise<InvoiceEntry, InvoicesListEntriesPage> {
    return this.transport.page({ method: 'GET', path: `/api/operator/invoices/${segment(invoiceId)}/entries`, query }, options);
  }
  /**
   * Download an invoice
   * The same bytes every time, once it is sent.
   */
  download(invoiceId: string, options: RequestOptions = {}): ApiPromise<DownloadedFile> {
    return this.transport.file({ method: 'GET', path: `/api/operator/invoices/${segment(invoiceId)}/pdf` }, options);
  }
  /** Download the credit note of an invoice */
  downloadCreditNote(invoiceId: string, options: RequestOptions = {}): ApiPromise<DownloadedFile> {
    return this.transport.file({ method: 'GET', path: `/api/operator/invoices/${segment(invoiceId)}/credit-note/pdf` }, options);
  }
}

export class BillingResource {
  private readonly transport: Transport;
  constructor(transport: Transport) {
    this.transport = transport;
  }
  /** Get to whom your invoices are addressed */
  get(options: RequestOptions = {}): ApiPromise<BillingProfile> {
    return this.transport.item({ method: 'GET', path: '/api/operator/billing' }, options);
  }
  /**
   * Set to whom your invoices are addressed
   * Holds for invoices sent from now on. The tax is set by the platform.
   */
  update(body: BillingUpdateBody, options: RequestOptions = {}): ApiPromise<BillingProfile> {
    return this.transport.item({ method: 'PUT', path: '/api/operator/billing', body }, options);
  }
}

export class ReportsScheduledResource {
  private readonly transport: Transport;
  constructor(transport: Transport) {
    this.transport = transport;
  }
  /**
   * Schedule a report
   * Made at the time of day in UTC, on the days its frequency says, and sent to its recipients by e-mail.
   */
  create(body: ReportsScheduledCreateBody, options: RequestOptions = {}): ApiPromise<OperatorReportSchedule> {
    return this.transport.item({ method: 'POST', path: '/api/operator/reports/scheduled', body }, options);
  }
  /** List scheduled reports */
  list(options: RequestOptions = {}): PagePromise<OperatorReportSchedule, ReportsScheduledListPage> {
    return this.transport.page({ method: 'GET', path: '/api/operator/reports/scheduled' }, options);
  }
  /**
   * Change a schedule
   * What is not named stays. The next run is reckoned anew.
   */
  update(scheduleId: string, body: ReportsScheduledUpdateBody = {}, options: RequestOptions = {}): ApiPromise<OperatorReportSchedule> {
    return this.transport.item({ method: 'PATCH', path: `/api/operator/reports/scheduled/${segment(scheduleId)}`, body }, options);
  }
  /**
   * Remove a schedule
   * The reports it has made stay until they expire.
   */
  delete(scheduleId: string, options: RequestOptions = {}): ApiPromise<ReportsScheduledDeleteResult> {
    return this.transport.item({ method: 'DELETE', path: `/api/operator/reports/scheduled/${segment(scheduleId)}` }, options);
  }
}

export class ReportsResource {
  private readonly transport: Transport;
  readonly scheduled: ReportsScheduledResource;
  constructor(transport: Transport) {
    this.transport = transport;
    this.scheduled = new ReportsScheduledResource(transport);
  }
  /**
   * Export a report
   * Ready at once up to 100,000 rows; a larger one, or one that takes longer than ten seconds, is answered as `processing`: ask `poll_url`. The link works for two hours.
   */
  export(body: ReportsExportBody, options: RequestOptions = {}): ApiPromise<OperatorReport> {
    return this.transport.item({ method: 'POST', path: '/api/operator/reports/export', body }, options);
  }
  /**
   * List reports
   * Of the last thirty days, the latest first.
   */
  list(query: ReportsListQuery = {}, options: RequestOptions = {}): PagePromise<OperatorReport, ReportsListPage> {
    return this.transport.page({ method: 'GET', path: '/api/operator/reports', query }, options);
  }
  /** Get how a report stands */
  get(reportId: string, options: RequestOptions = {}): ApiPromise<OperatorReport> {
    return this.transport.item({ method: 'GET', path: `/api/operator/reports/${segment(reportId)}` }, options);
  }
  /** Download a report */
  download(reportId: string, options: RequestOptions = {}): ApiPromise<DownloadedFile> {
    return this.transport.file({ method: 'GET', path: `/api/operator/reports/${segment(reportId)}/download` }, options);
  }
}

export class WalletCallsResource {
  private readonly transport: Transport;
  constructor(transport: Transport) {
    this.transport = transport;
  }
  /**
   * List callbacks
   * Newest first.
   */
  list(query: WalletCallsListQuery = {}, options: RequestOptions = {}): PagePromise<WalletCall, WalletCallsListPage> {
    return this.transport.page({ method: 'GET', path: '/api/operator/wallet/calls', query }, options);
  }
  /** Get a callback with every attempt */
  get(callId: string, options: RequestOptions = {}): ApiPromise<WalletCallWithAttempts> {
    return this.transport.item({ method: 'GET', path: `/api/operator/wallet/calls/${segment(callId)}` }, options);
  }
  /**
   * Send a callback again
   * With the same request_id and the same bytes.
   */
  replay(callId: string, body: WalletCallsReplayBody, options: RequestOptions = {}): ApiPromise<WalletCall> {
    return this.transport.item({ method: 'POST', path: `/api/operator/wallet/calls/${segment(callId)}/replay`, body }, options);
  }
  /** Send several callbacks again */
  replayMany(body: WalletCallsReplayManyBody, options: RequestOptions = {}): ApiPromise<WalletCallsReplayManyResult> {
    return this.transport.item({ method: 'POST', path: '/api/operator/wallet/calls/replay', body }, options);
  }
  /**
   * Mark a failed callback as handled
   * It is not sent again: you have put it right by hand. A handled rollback releases the bet it undoes.
   */
  handle(callId: string, body: WalletCallsHandleBody, options: RequestOptions = {}): ApiPromise<WalletCall> {
    return this.transport.item({ method: 'POST', path: `/api/operator/wallet/calls/${segment(callId)}/handle`, body }, options);
  }
}

export class WalletResource {
  private readonly transport: Transport;
  readonly calls: WalletCallsResource;
  constructor(transport: Transport) {
    this.transport = transport;
    this.calls = new WalletCallsResource(transport);
  }
  /** Get the wallet settings */
  get(options: RequestOptions = {}): ApiPromise<WalletSettings> {
    return this.transport.item({ method: 'GET', path: '/api/operator/wallet' }, options);
  }
  /**
   * Change the wallet settings
   * Send only what changes. The mode changes only while no player has a balance or an open position and no callback is open.
   */
  update(body: WalletUpdateBody = {}, options: RequestOptions = {}): ApiPromise<WalletSettings> {
    return this.transport.item({ method: 'PATCH', path: '/api/operator/wallet', body }, options);
  }
  /**
   * Make a new signing key
   * It is published at once and signs ten minutes later; the old one stays published for a day after that.
   */
  rotateSigningKey(options: RequestOptions = {}): ApiPromise<WalletSettings> {
    return this.transport.item({ method: 'POST', path: '/api/operator/wallet/signing-key/rotate', body: {} }, options);
  }
  /**
   * Make a new webhook secret
   * Signs at once; the old one signs beside it for a day.
   */
  rotateWebhookSecret(options: RequestOptions = {}): ApiPromise<WalletRotateWebhookSecretResult> {
    return this.transport.item({ method: 'POST', path: '/api/operator/wallet/webhook-secret/rotate', body: {} }, options);
  }
  /**
   * Send a test PING
   * Says step by step what happened.
   */
  ping(options: RequestOptions = {}): ApiPromise<WalletPing> {
    return this.transport.item({ method: 'POST', path: '/api/operator/wallet/ping', body: {} }, options);
  }
}

export class CopilotMarketsResource {
  private readonly transport: Transport;
  constructor(transport: Transport) {
    this.transport = transport;
  }
  /**
   * Deploy a draft as a market of your own
   * Seen and traded by your players only, from now on. Refused while the lint finds errors, and while a market of yours with the same question is open.
   */
  deploy(body: CopilotMarketsDeployBody, options: RequestOptions = {}): ApiPromise<OwnMarket> {
    return this.transport.item({ method: 'POST', path: '/api/copilot/markets/deploy', body }, options);
  }
  /**
   * List the markets of your own
   * Newest first.
   */
  list(query: CopilotMarketsListQuery = {}, options: RequestOptions = {}): PagePromise<OwnMarket, CopilotMarketsListPage> {
    return this.transport.page({ method: 'GET', path: '/api/copilot/markets', query }, options);
  }
  /**
   * Change a market of your own
   * Its price, what the house commits, or whether it is offered. In force with the next quote. Wording is fixed as long as anybody holds shares.
   */
  update(marketId: string, body: CopilotMarketsUpdateBody, options: RequestOptions = {}): ApiPromise<OwnMarket> {
    return this.transport.item({ method: 'PATCH', path: `/api/copilot/markets/${segment(marketId)}`, body }, options);
  }
  /**
   * Name the result of a market of your own
   * Trading ends with this answer; settled like every market: after approval by somebody else and the challenge window, where the platform has set them.
   */
  resolve(marketId: string, body: CopilotMarketsResolveBody, options: RequestOptions = {}): ApiPromise<OwnMarket> {
    return this.transport.item({ method: 'POST', path: `/api/copilot/markets/${segment(marketId)}/resolve`, body }, options);
  }
  /**
   * Approve the result of a market of your own
   * By somebody else than who named it.
   */
  approve(marketId: string, options: RequestOptions = {}): ApiPromise<OwnMarket> {
    return this.transport.item({ method: 'POST', path: `/api/copilot/markets/${segment(marketId)}/approve` }, options);
  }
}

export class CopilotDecisionsResource {
  private readonly transport: Transport;
  constructor(transport: Transport) {
    this.transport = transport;
  }
  /**
   * List what the MarketAgent suggests
   * Newest first. Suggestions expire when their reason is gone or nobody decides within a day.
   */
  list(query: CopilotDecisionsListQuery = {}, options: RequestOptions = {}): PagePromise<AgentSuggestion, CopilotDecisionsListPage> {
    return this.transport.page({ method: 'GET', path: '/api/copilot/agent/decisions', query }, options);
  }
  /**
   * Accept or reject a suggestion
   * Accepted ones are carried out at once by the ordinary action, with its own audit row, its own checks and refusals. A rejected one is not made again.
   */
  decide(body: CopilotDecisionsDecideBody, options: RequestOptions = {}): ApiPromise<AgentSuggestion> {
    return this.transport.item({ method: 'POST', path: '/api/copilot/agent/decisions', body }, options);
  }
}

export class CopilotResource {
  private readonly transport: Transport;
  readonly markets: CopilotMarketsResource;
  readonly decisions: CopilotDecisionsResource;
  constructor(transport: Transport) {
    this.transport = transport;
    this.markets = new CopilotMarketsResource(transport);
    this.decisions = new CopilotDecisionsResource(transport);
  }
  /**
   * Look a draft over
   * What players could dispute, each finding with its fix. Costs no credits and keeps nothing.
   */
  lint(body: CopilotLintBody, options: RequestOptions = {}): ApiPromise<LintReport> {
    return this.transport.item({ method: 'POST', path: '/api/copilot/lint', body }, options);
  }
  /**
   * Get your copilot credits
   * A new operator has a trial grant from its first look on.
   */
  getCredits(options: RequestOptions = {}): ApiPromise<CopilotCredits> {
    return this.transport.item({ method: 'GET', path: '/api/copilot/credits' }, options);
  }
}

/** Every resource of the operator API. */
export class Resources {
  readonly files: FilesResource;
  readonly referralTerms: ReferralTermsResource;
  readonly users: UsersResource;
  readonly trades: TradesResource;
  readonly positions: PositionsResource;
  readonly orders: OrdersResource;
  readonly exposure: ExposureResource;
  readonly risk: RiskResource;
  readonly onboarding: OnboardingResource;
  readonly dashboard: DashboardResource;
  readonly revenue: RevenueResource;
  readonly markets: MarketsResource;
  readonly activity: ActivityResource;
  readonly settings: SettingsResource;
  readonly config: ConfigResource;
  readonly apiKeys: ApiKeysResource;
  readonly embed: EmbedResource;
  readonly settlements: SettlementsResource;
  readonly settlementRules: SettlementRulesResource;
  readonly invoices: InvoicesResource;
  readonly billing: BillingResource;
  readonly reports: ReportsResource;
  readonly wallet: WalletResource;
  readonly copilot: CopilotResource;
  constructor(transport: Transport) {
    this.files = new FilesResource(transport);
    this.referralTerms = new ReferralTermsResource(transport);
    this.users = new UsersResource(transport);
    this.trades = new TradesResource(transport);
    this.positions = new PositionsResource(transport);
    this.orders = new OrdersResource(transport);
    this.exposure = new ExposureResource(transport);
    this.risk = new RiskResource(transport);
    this.onboarding = new OnboardingResource(transport);
    this.dashboard = new DashboardResource(transport);
    this.revenue = new RevenueResource(transport);
    this.markets = new MarketsResource(transport);
    this.activity = new ActivityResource(transport);
    this.settings = new SettingsResource(transport);
    this.config = new ConfigResource(transport);
    this.apiKeys = new ApiKeysResource(transport);
    this.embed = new EmbedResource(transport);
    this.settlements = new SettlementsResource(transport);
    this.settlementRules = new SettlementRulesResource(transport);
    this.invoices = new InvoicesResource(transport);
    this.billing = new BillingResource(transport);
    this.reports = new ReportsResource(transport);
    this.wallet = new WalletResource(transport);
    this.copilot = new CopilotResource(transport);
  }
}
