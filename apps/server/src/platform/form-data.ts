/** Reads a form with one file, in bounds: only after the caller is known and may call. */
import fastifyMultipart from '@fastify/multipart';
import { Failure } from '@predictu/contract/errors';
import type { FastifyInstance, FastifyRequest } from 'fastify';

const MOST_FIELDS = 5;
const LONGEST_FIELD_BYTES = 1_000;

/** In a scope of its own: everywhere else a form stays an unsupported media type. */
export async function acceptForms(scope: FastifyInstance): Promise<void> {
  await scope.register(fastifyMultipart);
}

const refused = (message: string): Failure => new Failure('BAD_REQUEST', message);

/** What went wrong while a form was read. */
function problemOf(error: unknown, maxBytes: number): unknown {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  if (error instanceof Failure) return error;
  if (code === 'FST_REQ_FILE_TOO_LARGE') return new Failure('PAYLOAD_TOO_LARGE', `The file is larger than ${maxBytes / 1_048_576} MB`);
  if (/^FST_(?:PARTS|FILES|FIELDS)_LIMIT$/.test(code)) return refused(`The form may have one file and at most ${MOST_FIELDS} fields`);
  if (/^FST_|boundary|unexpected end|malformed|premature|header/i.test(code + message))
    return refused('The body is not a form that can be read');
  return error;
}

/** The form as a body: text fields by name, the file as its bytes. @throws UNSUPPORTED_MEDIA_TYPE, PAYLOAD_TOO_LARGE, BAD_REQUEST */
export async function readForm(request: FastifyRequest, maxBytes: number): Promise<Record<string, unknown>> {
  if (!request.isMultipart()) throw new Failure('UNSUPPORTED_MEDIA_TYPE', 'The body must be multipart/form-data');
  const body = new Map<string, unknown>();
  const limits = {
    fileSize: maxBytes,
    files: 1,
    fields: MOST_FIELDS,
    parts: MOST_FIELDS + 1,
    fieldSize: LONGEST_FIELD_BYTES,
    headerPairs: 20,
  };
  try {
    for await (const part of request.parts({ limits })) {
      if (body.has(part.fieldname)) throw refused(`The form has ${part.fieldname.slice(0, 40)} twice`);
      if (part.type === 'field' && part.valueTruncated) throw refused(`The field ${part.fieldname.slice(0, 40)} is too long`);
      body.set(part.fieldname, part.type === 'file' ? await part.toBuffer() : part.value);
    }
  } catch (error) {
    throw problemOf(error, maxBytes);
  }
  return Object.fromEntries(body);
}
