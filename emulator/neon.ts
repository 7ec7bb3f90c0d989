import { randomUUID } from 'node:crypto';
import { defineEmulator, type EmulatorContext, type EmulatorDefinition } from 'emulate';
import { type Call, ORGANIZATION_ANSWERS, OTHER_ANSWERS } from './answers.ts';
import { checkPath } from './input.ts';
import { NEON_RATE_LIMITS, type RateLimits, rateLimiter } from './limits.ts';
import { BASE_PATH, OPERATION_IDS, OPERATIONS, type OperationId } from './operations.ts';
import { generalError, Refusal } from './refusal.ts';
import { accountOf, authenticate, authorize } from './rights.ts';
import { type NeonState, randomToken, seedState } from './state.ts';

export interface NeonOptions {
  /** The clock: of `created_at`, of `last_used_at`, of the rate limits. */
  now?: () => Date;
  /** Makes the token of a new key. */
  randomToken?: () => string;
  /** Default: Neon's own; `false`: none. */
  rateLimits?: RateLimits | false;
}

/**
 * The emulated Neon as a custom emulator of the npm package `emulate`: the organization endpoints of Neon's API v2,
 * `GET /auth`, `GET /users/me` and `GET /projects/{project_id}`, under `/api/v2`.
 * The header `X-Forwarded-For` is taken for the address a key is used from.
 */
export function defineNeon(options: NeonOptions = {}): EmulatorDefinition<NeonState> {
  const settings = { now: () => new Date(), randomToken, rateLimits: NEON_RATE_LIMITS, ...options };
  return defineEmulator<NeonState>({
    name: 'neon',
    cors: false,
    state: () => seedState(settings),
    setup: (context) => addRoutes(context, settings),
  });
}

/** The emulated Neon with the real clock, random tokens and Neon's rate limits. */
export const neon: EmulatorDefinition<NeonState> = defineNeon();

function addRoutes({ app, state }: EmulatorContext<NeonState>, settings: Required<NeonOptions>): void {
  const admit = rateLimiter(settings.rateLimits, settings.now);
  for (const operation of OPERATION_IDS) {
    const [method, path] = OPERATIONS[operation];
    app.on(method, `${BASE_PATH}${path.replaceAll(/\{(\w+)\}/g, ':$1')}`, async ({ req }) => {
      const body = await req.text();
      const params = req.param();
      const query = new URL(req.url).searchParams;
      return answer(req.raw, () => {
        const credential = authenticate(state, req.header('authorization'));
        admit(accountOf(credential), operation);
        credential.last_used_at = settings.now().toISOString();
        credential.last_used_from_addr = req.header('x-forwarded-for') ?? '';
        checkPath(params);
        const now = settings.now();
        return perform(operation, { state, credential, params, query, body, now, randomToken: settings.randomToken });
      });
    });
  }
  app.notFound(({ req }) =>
    answer(req.raw, () => {
      throw new Refusal(404, 'this endpoint is not emulated');
    }),
  );
}

function perform(operation: OperationId, call: Call): unknown {
  if (!isOfOrganization(operation)) return OTHER_ANSWERS[operation](call);
  const orgId = call.params['org_id'] ?? '';
  const standing = authorize(call.state, call.credential, operation, orgId);
  const organization = call.state.organizations.find((candidate) => candidate.id === orgId);
  if (organization === undefined) throw new Refusal(404, 'organization not found');
  return ORGANIZATION_ANSWERS[operation]({ ...call, organization, standing });
}

function isOfOrganization(operation: OperationId): operation is keyof typeof ORGANIZATION_ANSWERS {
  return operation in ORGANIZATION_ANSWERS;
}

/** Runs the work without a pause in it, so that requests never interleave, and puts its result or refusal into words. */
function answer(request: Request, work: () => unknown): Response {
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
