import { type Context, Hono } from 'hono';
import type { OperatorLog } from './log.ts';
import type { Metrics } from './metrics.ts';
import { Problem } from './problem.ts';
import { readBody } from './request.ts';
import type { BrokerService } from './service.ts';
import { TokenError } from './token/verify.ts';

export interface AppOptions {
  service: BrokerService;
  newRequestId(): string;
  metrics: Metrics;
  log: OperatorLog;
  /** Hides the secrets of the broker in a response. */
  redact(text: string): string;
}

type Env = { Variables: { requestId: string } };

/** The API that jobs call. */
export function createApp({ service, newRequestId, metrics, log, redact }: AppOptions): Hono<Env> {
  const app = new Hono<Env>();

  app.use(async (context, next) => {
    const requestId = newRequestId();
    context.set('requestId', requestId);
    await next();
    context.header('cache-control', 'no-store');
    context.header('x-request-id', requestId);
    context.header('x-content-type-options', 'nosniff');
    metrics.count('neon_broker_requests_total', { route: routeOf(context), status: String(context.res.status) });
  });

  app.get('/healthz', (context) => context.text('ok'));

  app.post('/v1/keys', async (context) => {
    const body = await readBody(context.req.raw);
    const key = await service.createKey({ ...requestOf(context), body, callerGone: context.req.raw.signal });
    // The token is the only secret that a response may contain.
    const rest = JSON.parse(redact(JSON.stringify({ ...key, key: '' })));
    return context.json({ ...rest, key: key.key }, 201);
  });

  app.delete('/v1/keys/:nonce', async (context) => {
    await readBody(context.req.raw);
    const deletion = await service.deleteKey({ ...requestOf(context), nonce: context.req.param('nonce') });
    return context.json(JSON.parse(redact(JSON.stringify(deletion))));
  });

  app.notFound((context) =>
    problemResponse(
      context,
      new Problem(
        'not-found',
        'The API has the paths /v1/keys and /v1/keys/{nonce}, relative to the URL of the broker.',
      ),
      redact,
    ),
  );
  app.onError((error, context) => {
    if (error instanceof TokenError) metrics.count('neon_broker_invalid_tokens_total', { reason: error.problem });
    else if (!(error instanceof Problem)) {
      log('error', 'internal-error', { request_id: context.get('requestId'), error: error.stack ?? error.message });
    }
    return problemResponse(context, toProblem(error), redact);
  });
  return app;
}

function requestOf(context: Context<Env>) {
  return { authorization: context.req.header('authorization'), requestId: context.get('requestId') };
}

function toProblem(error: Error): Problem {
  if (error instanceof Problem) return error;
  if (!(error instanceof TokenError)) {
    return new Problem('internal-error', 'The broker failed. Its log contains the request ID.', { keyMayExist: true });
  }
  const { message, problem: reason } = error;
  if (reason === 'keys-unavailable') return new Problem('busy', message);
  // The request may be a copy of an accepted one, which may have created a key.
  return new Problem('invalid-token', message, { reason, keyMayExist: reason === 'replayed' });
}

/** A failed DELETE never states that no key exists. */
function problemResponse(context: Context<Env>, problem: Problem, redact: AppOptions['redact']): Response {
  const document = problem.toDocument(context.get('requestId'));
  if (context.req.method === 'DELETE') document['key_may_exist'] = true;
  const headers: Record<string, string> = { 'content-type': 'application/problem+json' };
  if (problem.status === 401) headers['www-authenticate'] = 'Bearer';
  if (problem.retryAfterSeconds !== undefined) headers['retry-after'] = String(Math.ceil(problem.retryAfterSeconds));
  return context.body(redact(JSON.stringify(document)), problem.status, headers);
}

/** Only our own routes become labels. */
function routeOf({ req }: Context<Env>): string {
  if (req.path === '/healthz') return 'healthz';
  if (req.path === '/v1/keys') return 'keys';
  return req.path.startsWith('/v1/keys/') ? 'nonce' : 'other';
}
