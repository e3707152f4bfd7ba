/** What travels, by operation: the JSON form of the contract's schemas. Types only; zod stays on the server. */
import type { Contract, OperationId } from '@predictu/contract';
import type { z } from 'zod';

export type Operation = OperationId;
type Part<Op extends Operation, Name extends string> = Contract[Op] extends { [K in Name]: infer Schema extends z.core.$ZodType }
  ? z.input<Schema>
  : undefined;

/** The answer of an operation, as JSON. */
export type Answer<Op extends Operation> = Contract[Op] extends { answer: infer Schema extends z.core.$ZodType } ? z.input<Schema> : never;
/** One element of a list operation. */
export type Row<Op extends Operation> = Answer<Op> extends { data: (infer Element)[] } ? Element : never;
export type Params<Op extends Operation> = Part<Op, 'params'>;
export type Body<Op extends Operation> = Part<Op, 'body'>;
/** Query parameters are text on the wire; numbers and booleans are written as such. */
export type Query<Op extends Operation> =
  Part<Op, 'query'> extends undefined ? undefined : { [K in keyof Part<Op, 'query'>]?: string | number | boolean | undefined };

/** What a call needs. */
export type Given<Op extends Operation> = (Params<Op> extends undefined
  ? { params?: undefined }
  : { params: { [K in keyof Params<Op>]: string } }) &
  (Body<Op> extends undefined ? { body?: undefined } : { body: Body<Op> }) & { query?: Query<Op> };

/** Method and path of the operations one program may call: generated from the contract for its audience. */
export type Endpoints = { readonly [operation: string]: readonly [method: string, path: string] };
