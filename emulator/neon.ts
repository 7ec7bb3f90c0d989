import { randomUUID } from 'node:crypto';
import { defineEmulator, type EmulatorContext, type EmulatorDefinition } from 'emulate';
import type { Call } from './call.ts';
import { conditionOf, type Picked } from './faults.ts';
import { ORGANIZATION_HANDLERS, OTHER_HANDLERS } from './handlers.ts';
import { createHistory, type History } from './history.ts';
import { checkPath } from './input.ts';
import { NEON_RATE_LIMITS, type RateLimits, rateLimiter } from './limits.ts';
import type { NeonState } from './model.ts';
import { BASE_PATH, OPERATION_IDS, OPERATIONS, type OperationId } from './operations.ts';
import { generalError, Refusal } from './refusal.ts';
import { accountOf, authenticate, authorize } from './rights.ts';
import { randomToken, seedState, shallowCopy } from './state.ts';

export interface NeonOptions {
  /** The clock for `created_at`, `last_used_at` and the rate limits. */
  now?: () => Date;
  /** Makes the token of a new key. */
  randomToken?: () => string;
  /** Default: Neon's limits. `false`: no limits. */
  rateLimits?: RateLimits | false;
  /** Earlier states, for reads that are behind. */
  history?: History<NeonState>;
}

/** A request header with the conditions that the emulated Neon itself applies, as JSON. */
export const CONDITIONS_HEADER = 'x-emulated-conditions';

/**
 * The emulated Neon as a custom emulator of the npm package `emulate`: the operations in OPERATIONS, under `/api/v2`.
 * The header `X-Forwarded-For` sets the address from which a key is used.
 */
export function defineNeon(options: NeonOptions = {}): EmulatorDefinition<NeonState> {
  const history = createHistory(shallowCopy);
  const settings = { now: () => new Date(), randomToken, rateLimits: NEON_RATE_LIMITS, history, ...options };
  return defineEmulator<NeonState>({
    name: 'neon',
    cors: false,
    state: () => seedState(settings),
    setup: (context) => addRoutes(context, settings),
  });
}

function addRoutes({ app, state }: EmulatorContext<NeonState>, settings: Required<NeonOptions>): void {
  const admit = rateLimiter(settings.rateLimits, settings.now);
  for (const operation of OPERATION_IDS) {
    const [method, path] = OPERATIONS[operation];
    app.on(method, `${BASE_PATH}${path.replaceAll(/\{(\w+)\}/g, ':$1')}`, async ({ req }) => {
      const body = await req.text();
      const params = req.param();
      const query = new URL(req.url).searchParams;
      const conditions: Picked['conditions'] = JSON.parse(decodeURIComponent(req.header(CONDITIONS_HEADER) ?? '[]'));
      return response(req.raw, () => {
        const now = settings.now();
        const newKeys = conditionOf(conditions, 'new-key-refused');
        const createdBefore = newKeys && new Date(now.getTime() - newKeys.ms);
        const credential = authenticate(state, req.header('authorization'), createdBefore);
        admit(accountOf(credential), operation);
        credential.last_used_at = now.toISOString();
        credential.last_used_from_addr = req.header('x-forwarded-for') ?? '';
        checkPath(params);
        const { randomToken, history } = settings;
        const pageEnd = conditionOf(conditions, 'page-end')?.end;
        const call = { state, credential, params, query, body, now, randomToken, pageEnd };
        if (method !== 'GET') history.keep(state, now);
        const shown = history.asOf(state, now, conditionOf(conditions, 'behind')?.ms ?? 0);
        return perform(operation, method === 'GET' ? { ...call, state: shown } : call);
      });
    });
  }
  app.notFound(({ req }) =>
    response(req.raw, () => {
      throw new Refusal(404, 'this endpoint is not emulated');
    }),
  );
}

function perform(operation: OperationId, call: Call): unknown {
  if (!belongsToOrganization(operation)) return OTHER_HANDLERS[operation](call);
  const orgId = call.params['org_id'] ?? '';
  authorize(call.state, call.credential, operation, orgId);
  const organization = call.state.organizations.find((candidate) => candidate.id === orgId);
  if (organization === undefined) throw new Refusal(404, 'organization not found');
  return ORGANIZATION_HANDLERS[operation]({ ...call, organization });
}

function belongsToOrganization(operation: OperationId): operation is keyof typeof ORGANIZATION_HANDLERS {
  return operation in ORGANIZATION_HANDLERS;
}

/** Responds with the result of `work` or its refusal. `work` is synchronous, so that requests never interleave. */
function response(request: Request, work: () => unknown): Response {
  const requestId = request.headers.get('x-request-id') ?? randomUUID();
  const headers = { 'content-type': 'application/json', 'x-request-id': requestId };
  try {
    return new Response(JSON.stringify(work()), { headers });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const body = generalError(requestId, error.message);
    return new Response(body, { status: error.status, headers: { ...headers, ...error.headers } });
  }
}
