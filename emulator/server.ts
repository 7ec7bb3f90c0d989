import { createEmulator, type EmulatorDefinition } from 'emulate';
import { createHistory } from './history.ts';
import {
  type EmulatedResponse,
  type Front,
  type FrontOptions,
  type Incoming,
  type RecordedRequest as Recorded,
  type Service,
  startFront,
} from './http.ts';
import { liveKeysOf, ofOrganization } from './keys.ts';
import type { RateLimits } from './limits.ts';
import type { NeonState } from './model.ts';
import { CONDITIONS_HEADER, defineNeon } from './neon.ts';
import { BASE_PATH, matchOperation, type OperationId } from './operations.ts';
import { generalError } from './refusal.ts';
import { SEED, type SeedOptions, seedState, shallowCopy } from './state.ts';

export type { Point } from './http.ts';
/** One request to Neon's API and its outcome. */
export type RecordedRequest = Recorded<OperationId>;

interface LiveKey {
  id: string;
  name: string;
  project_id?: string;
}

export interface StartOptions extends FrontOptions<OperationId> {
  seed?: Partial<SeedOptions>;
  /** Default: Neon's limits. `false`: no limits. */
  rateLimits?: RateLimits | false;
}

export interface NeonServer extends Front<OperationId> {
  /** `url` + `/api/v2` */
  readonly apiHost: string;
  /** The personal keys of an admin and of a plain member, an organization key and a project-scoped key. */
  readonly tokens: { admin: string; member: string; organization: string; project: string };
  readonly organizationId: string;
  readonly projectId: string;
  /** A copy of the state. */
  state(): NeonState;
  /** Changes the state without a request: `change((state) => acceptInvitation(state, email))`. */
  change(edit: (state: NeonState) => void): void;
  /**
   * The live organization and project-scoped keys, except the two in `tokens`. They include seeded keys, such as the
   * forgotten `ci (do not delete!!)`. listOrgApiKeys lists all of them.
   */
  liveKeys(): LiveKey[];
  /** Whether a token, of any kind, still works. */
  isLive(token: string): boolean;
}

/** Starts the emulated Neon on 127.0.0.1, with scripted faults and control endpoints under `/_emulator`. */
export async function startNeon(options: StartOptions = {}): Promise<NeonServer> {
  const { now = () => new Date(), rateLimits } = options;
  const seed = seedState({ now, ...options.seed });
  const tokens = tokensOf(seed);
  const history = createHistory(shallowCopy);
  const definition = defineNeon({
    now,
    history,
    ...(rateLimits !== undefined && { rateLimits }),
    ...(options.seed?.randomToken && { randomToken: options.seed.randomToken }),
  });
  let live = seed;
  const runtime = await startRuntime(definition, seed, (state) => {
    live = state;
  });
  const state = () => runtime.snapshot().state;
  const front = await startFront<OperationId>(async () => serviceOf(runtime, () => history.clear()), options);
  return Object.assign(front, {
    apiHost: `${front.url}${BASE_PATH}`,
    tokens,
    organizationId: SEED.organizationId,
    projectId: SEED.projectId,
    state,
    change(edit: (state: NeonState) => void) {
      history.keep(live, now());
      // The kept copy shares its objects with the state.
      Object.assign(live, structuredClone(live));
      edit(live);
    },
    liveKeys: () => liveKeys(live, Object.values(tokens)),
    isLive: (token: string) => live.credentials.some((credential) => credential.token === token && !credential.revoked),
  });
}

type Runtime = Awaited<ReturnType<typeof startRuntime>>;

/** @param onState called with the state that requests change, at the start and after every reset */
function startRuntime(definition: EmulatorDefinition<NeonState>, seed: NeonState, onState: (state: NeonState) => void) {
  const service: EmulatorDefinition<NeonState> = {
    ...definition,
    setup(context) {
      onState(context.state);
      definition.setup(context);
    },
  };
  return createEmulator({ service, seed, listen: false });
}

function serviceOf(runtime: Runtime, clearHistory: () => void): Service<OperationId> {
  return {
    match: matchOperation,
    perform: (request) => perform(runtime, request),
    scripted: (status, requestId) => ({
      headers: { 'content-type': 'application/json', 'x-request-id': requestId },
      body: generalError(requestId, `scripted response ${status}`),
    }),
    reset() {
      clearHistory();
      runtime.reset();
    },
    close: () => runtime.close(),
    publicState: () => withoutTokens(runtime.snapshot().state),
  };
}

async function perform(
  runtime: Runtime,
  { method, path, headers: received, body, from, conditions }: Incoming<OperationId>,
): Promise<EmulatedResponse> {
  const headers = new Headers({
    'x-forwarded-for': from,
    [CONDITIONS_HEADER]: encodeURIComponent(JSON.stringify(conditions)),
  });
  for (const name of ['authorization', 'x-request-id']) {
    const value = received[name];
    if (value !== undefined) headers.set(name, value);
  }
  const init = { method, headers, ...(method !== 'GET' && method !== 'HEAD' && { body }) };
  const response = await runtime.fetch(new Request(new URL(path, 'http://neon.localhost'), init));
  return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
}

function withoutTokens(state: NeonState): NeonState {
  return { ...state, credentials: state.credentials.map((credential) => ({ ...credential, token: '***' })) };
}

function tokensOf(seed: NeonState): NeonServer['tokens'] {
  // The seed's first four keys are one of each kind, in this order.
  const [admin = '', member = '', organization = '', project = ''] = seed.credentials.map(({ token }) => token);
  return { admin, member, organization, project };
}

function liveKeys(state: NeonState, without: string[]): LiveKey[] {
  return liveKeysOf(state, ofOrganization(SEED.organizationId))
    .filter((key) => !without.includes(key.token))
    .map(({ id, name, project_id }) => ({ id, name, ...(project_id !== undefined && { project_id }) }));
}
