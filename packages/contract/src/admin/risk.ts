/** Exposure, circuit breakers and risk events, for the platform. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { inOrder, periodQuery } from '../filters.ts';
import { breakerId, eventId } from '../ids.ts';
import { cursorQuery, listed, paged, pageQuery, single } from '../page.ts';
import { breaker, breakerPreview, breakerScope, breakerTrigger } from '../shapes/breaker.ts';
import { exposureOfOperator, globalExposure } from '../shapes/exposure.ts';
import { exposureSeries, exposureSnapshotQuery } from '../shapes/exposure-snapshot.ts';
import { riskEvent, riskEventType, severity } from '../shapes/risk-event.ts';
import { riskOverview } from '../shapes/risk-overview.ts';

const tag = 'Risk';

export const getExposure = endpoint({
  method: 'GET',
  path: '/api/internal/exposure',
  audience: 'admin',
  tag,
  summary: 'Get the exposure of the platform',
  answer: single(globalExposure),
});

const operatorName = z.string().min(1).max(100).meta({ description: 'Slug or id of an operator.' });

export const getExposureSeries = endpoint({
  method: 'GET',
  path: '/api/internal/exposure/snapshots',
  audience: 'admin',
  tag,
  summary: 'Get exposure over time',
  description: 'Of the platform, or of one operator; as a whole, of one category or of one market. Oldest first.',
  query: z.strictObject({ ...exposureSnapshotQuery, operator: operatorName.optional() }).check(inOrder('from', 'to')),
  refusals: ['NOT_FOUND'],
  answer: single(exposureSeries),
});

export const getExposureOfOperator = endpoint({
  method: 'GET',
  path: '/api/internal/operators/{slug}/exposure',
  audience: 'admin',
  tag,
  summary: 'Get the exposure of one operator',
  params: z.strictObject({ slug: operatorName }),
  answer: single(exposureOfOperator),
});

export const getRisk = endpoint({
  method: 'GET',
  path: '/api/internal/risk',
  audience: 'admin',
  tag,
  summary: 'Get the risk overview',
  answer: single(riskOverview),
});

export const listBreakers = endpoint({
  method: 'GET',
  path: '/api/internal/risk/circuit-breakers',
  audience: 'admin',
  tag,
  summary: 'List circuit breakers',
  answer: listed(breaker),
});

const scopeId = z
  .string()
  .max(100)
  .nullable()
  .optional()
  .meta({ description: 'Operator id or slug, category, or market id; absent for global.' });
type Scoped = { scope: z.output<typeof breakerScope>; scope_id?: string | null | undefined };
function scopeFits({ value, issues }: z.core.ParsePayload<Scoped>): void {
  if ((value.scope === 'global') === (value.scope_id == null)) return;
  const message = value.scope === 'global' ? 'Not for the global scope' : `Expected the ${value.scope} it is for`;
  issues.push({ code: 'custom', input: value, path: ['scope_id'], message });
}

export const createBreaker = endpoint({
  method: 'POST',
  path: '/api/internal/risk/circuit-breakers',
  audience: 'admin',
  needs: 'config',
  tag,
  summary: 'Create a circuit breaker',
  description: 'It starts armed. While it is tripped, buys in its scope are refused; sales stay open.',
  body: z
    .strictObject({
      scope: breakerScope,
      scope_id: scopeId,
      trigger_type: breakerTrigger,
      trigger_threshold: z.number().min(1).max(100).multipleOf(0.1).nullable().optional().meta({
        description:
          'For exposure_pct: percent of the limit, 1 to 100, one decimal. Absent: the `risk.circuit_breaker_threshold_pct` of the configuration, now and after every change of it.',
      }),
      cooldown_minutes: z.number().int().min(0).max(10_080),
      auto_reset: z.boolean(),
    })
    .check(scopeFits)
    .check(({ value, issues }) => {
      if (value.trigger_type !== 'manual' || value.trigger_threshold == null) return;
      issues.push({ code: 'custom', input: value, path: ['trigger_threshold'], message: 'Not for a manual breaker' });
    }),
  status: 201,
  answer: single(breaker),
  refusals: ['NOT_FOUND'],
});

const reason = z.strictObject({
  reason: z.string().trim().min(1).max(500).meta({ description: 'Why; kept with the event and the audit log.' }),
});
const params = z.strictObject({ breaker_id: breakerId });
const change = (action: string, summary: string) =>
  endpoint({
    method: 'POST',
    path: `/api/internal/risk/circuit-breakers/{breaker_id}/${action}` as `/${string}`,
    audience: 'admin',
    needs: 'config',
    tag,
    summary,
    params,
    body: reason,
    answer: single(breaker),
    refusals: ['CONFLICT'],
  });

export const tripBreaker = change('trip', 'Trip a circuit breaker: halt buying in its scope');
export const resetBreaker = change('reset', 'Reset a tripped circuit breaker: buying resumes');
export const disarmBreaker = change('disarm', 'Disarm a circuit breaker: it no longer trips');
export const armBreaker = change('arm', 'Arm a disarmed circuit breaker');

export const listRiskEvents = endpoint({
  method: 'GET',
  path: '/api/internal/risk/events',
  audience: 'admin',
  tag,
  summary: 'List risk events',
  description: 'Newest first.',
  query: z
    .strictObject({
      ...pageQuery,
      ...cursorQuery,
      severity: severity.optional(),
      type: riskEventType.optional(),
      acknowledged: z
        .codec(z.enum(['true', 'false']), z.boolean(), { decode: (text) => text === 'true', encode: (value) => (value ? 'true' : 'false') })
        .optional()
        .meta({ description: 'true: what somebody took note of. false: warnings and worse that nobody has.' }),
      ...periodQuery,
    })
    .check(inOrder('from', 'to')),
  answer: paged(riskEvent),
});

export const acknowledgeRiskEvents = endpoint({
  method: 'POST',
  path: '/api/internal/risk/events/acknowledge',
  audience: 'admin',
  needs: 'write',
  tag,
  summary: 'Acknowledge risk events',
  description: 'Takes note of warnings and worse: these, or all up to one of them. Who and when is kept; what is acknowledged stays so.',
  body: z.union([z.strictObject({ event_ids: z.array(eventId).min(1).max(200) }), z.strictObject({ through: eventId })]),
  answer: single(z.object({ acknowledged: z.number().int().meta({ description: 'How many were not before.' }) })),
});

export const previewBreaker = endpoint({
  method: 'GET',
  path: '/api/internal/risk/circuit-breakers/preview',
  audience: 'admin',
  tag,
  summary: 'Preview what a breaker of a scope halts',
  description: 'How full the scope is now, and by operator who has bought in it in the last 15 minutes: what would have been refused.',
  query: z.strictObject({ scope: breakerScope, scope_id: scopeId }).check(scopeFits),
  answer: single(breakerPreview),
  refusals: ['NOT_FOUND'],
});
