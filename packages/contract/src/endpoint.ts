/**
 * An endpoint object is the only statement of an endpoint: validation, OpenAPI, SDK types and the filter on what leaves.
 * The platform enforces everything declared here; a handler only decides.
 */
import type { z } from 'zod';
import type { ErrorCode } from './errors.ts';

/** Who may call. `public` needs no token. */
export type Audience = 'public' | 'admin' | 'operator' | 'player';

/** Permissions of operator members and admins; API key scopes map onto them (docs/decisions/0006-access.md). */
export const PERMISSIONS = ['read', 'write', 'users', 'config', 'billing'] as const;
export type Permission = (typeof PERMISSIONS)[number];

export type Endpoint<
  Params extends z.core.$ZodType = z.core.$ZodType,
  Query extends z.core.$ZodType = z.core.$ZodType,
  Body extends z.core.$ZodType = z.core.$ZodType,
  Answer extends z.core.$ZodType = z.core.$ZodType,
> = {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Path with parameters in braces: `/api/casino/markets/{id}`. */
  path: `/${string}`;
  audience: Audience;
  /** Permission beyond the audience; ignored for players and the public. */
  needs?: Permission;
  summary: string;
  description?: string;
  tag: string;
  params?: Params;
  query?: Query;
  body?: Body;
  /** The schema of a successful answer: what it does not name does not leave. */
  answer: Answer;
  /** HTTP status of success; 200 when absent. */
  status?: 200 | 201 | 202;
  /** Codes this endpoint may answer beyond those every endpoint of its audience may. */
  refusals?: readonly ErrorCode[];
  /** `required`: the Idempotency-Key header must be present. */
  idempotency?: 'required';
  /** Answers a stream of server-sent events; `answer` is then the schema of one event's data. */
  stream?: true;
  /** Answers a file of this media type in place of JSON; `answer` then only says what it is. */
  file?: string;
  /** An operator whose trial is over may still do this: it protects players, pays them, or closes what was open. */
  whileReadOnly?: true;
  /** Leads on: answers 303 to `answer.location`. */
  redirects?: true;
  /** Takes a form with one file, the field `file`, of at most this many bytes. */
  upload?: { maxBytes: number };
  /** Who may try how often, when not the audience's ordinary bucket. */
  rate?: 'login' | 'public' | 'form';
};

type Schemas = { params: z.ZodType | undefined; query: z.ZodType | undefined; body: z.ZodType | undefined; answer: z.ZodType };
/** The schemas to parse with. An endpoint's type names zod's core only: comparing every schema's whole class takes the compiler minutes. */
export const schemasOf = ({ params, query, body, answer }: Endpoint): Schemas => ({ params, query, body, answer }) as Schemas;

/** A path as one of several names of an endpoint: handlers of one serve the other. */
export const at = (path: `/${string}`): { path: `/${string}` } => ({ path });

/** Keeps the definition's literal types: the audience decides the handler's actor, the schemas its input. */
export const endpoint = <const E extends Endpoint>(definition: E): E => definition;
