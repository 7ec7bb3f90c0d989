// GitHub's issuer of ID tokens for jobs (OpenID Connect).
import { randomBytes, randomUUID } from 'node:crypto';
import type { EmulatedResponse } from './fault-response.ts';
import { type Front, type FrontOptions, type Incoming, type Service, startFront } from './http.ts';
import { type ClaimOverrides, claimsOf, type JobClaims } from './oidc/claims.ts';
import { createSigner, type Signature, type Signer } from './oidc/signing.ts';

/** The operations that fault rules name. */
type OidcOperation = 'getConfiguration' | 'getKeys' | 'requestIdToken';

export type OidcOptions = FrontOptions<OidcOperation>;

/** The variables of a job with `permissions: id-token: write`. */
interface IdTokenVariables extends Record<string, string> {
  ACTIONS_ID_TOKEN_REQUEST_URL: string;
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: string;
}

export interface OidcServer extends Front<OidcOperation>, Pick<Signer, 'rotate'> {
  /** The `iss` of the tokens. */
  readonly issuer: string;
  /** Lets a job request ID tokens, for six hours. */
  grant(job?: JobClaims): IdTokenVariables;
  /**
   * Issues an ID token without a request. It may be invalid.
   * @param job the claims; `claims.exp`, `claims.aud` and the like may have any value
   */
  idToken(audience: string, job?: JobClaims, signature?: Signature): Promise<string>;
  /** Signs any claims. */
  sign: Signer['sign'];
}

const REQUEST_TOKEN_LIFETIME_MS = 6 * 3_600_000;
const CONFIGURATION = '/.well-known/openid-configuration';
const KEYS = '/.well-known/jwks';
const REQUEST = '/idtoken/request';

/**
 * Starts the emulated issuer on 127.0.0.1: discovery document, keys and the endpoint at which jobs request ID tokens.
 * Outages are fault rules, such as `{ operation: 'getKeys', fault: { type: 'status', status: 500 } }`, or
 * `{ operation: 'getConfiguration', fault: { type: 'merge', patch: { jwks_uri: 'https://example.com' } } }`.
 */
export async function startOidc(options: OidcOptions = {}): Promise<OidcServer> {
  const signer = await createSigner();
  const oidc = new EmulatedIssuer(signer, options);
  const front = await startFront((url) => oidc.serve(url), options);
  return Object.assign(front, {
    issuer: oidc.issuer,
    grant: (job: JobClaims = {}) => oidc.grant(job, front.url),
    idToken: (audience: string, job: JobClaims = {}, signature?: Signature) =>
      signer.sign(oidc.claims(audience, job), signature),
    sign: signer.sign,
    rotate: signer.rotate,
  });
}

class EmulatedIssuer {
  issuer = '';
  private readonly signer: Signer;
  private readonly now: () => Date;
  private readonly jobs = new Map<string, { job: JobClaims; grantedMs: number }>();

  constructor(signer: Signer, { now = () => new Date() }: OidcOptions) {
    this.signer = signer;
    this.now = now;
  }

  async serve(url: string): Promise<Service<OidcOperation>> {
    this.issuer = url;
    const paths: Record<string, OidcOperation> = {
      [`GET ${CONFIGURATION}`]: 'getConfiguration',
      [`GET ${KEYS}`]: 'getKeys',
      [`GET ${REQUEST}`]: 'requestIdToken',
    };
    return {
      match: (method, pathname) => paths[`${method} ${pathname}`] ?? 'unknown',
      perform: (request) => this.response(request),
      scripted: (status) => json(status, { message: `scripted response ${status}` }),
      reset: () => this.jobs.clear(),
      close: async () => {},
      publicState: async () => ({
        issuer: this.issuer,
        kids: (await this.signer.publicKeys()).map(({ kid }) => kid),
      }),
    };
  }

  grant(job: JobClaims, url: string): IdTokenVariables {
    const token = randomBytes(24).toString('base64url');
    this.jobs.set(token, { job, grantedMs: this.now().getTime() });
    return {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${url}${REQUEST}?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: token,
    };
  }

  claims(audience: string, job: JobClaims): ClaimOverrides {
    return claimsOf(job, { issuer: this.issuer, audience, jti: randomUUID(), now: this.now() });
  }

  private async response(request: Incoming<OidcOperation>): Promise<EmulatedResponse> {
    switch (request.operation) {
      case 'getConfiguration':
        return json(200, configuration(this.issuer, Object.keys(this.claims('', {}))));
      case 'getKeys':
        return json(200, { keys: await this.signer.publicKeys() });
      case 'requestIdToken':
        return this.requestIdToken(request);
      default:
        return json(404, { message: 'Not Found' });
    }
  }

  private async requestIdToken({ headers, path }: Incoming<OidcOperation>): Promise<EmulatedResponse> {
    const token = /^bearer (\S+)$/i.exec(headers['authorization'] ?? '')?.[1] ?? '';
    const granted = this.jobs.get(token);
    if (granted === undefined || this.now().getTime() - granted.grantedMs > REQUEST_TOKEN_LIFETIME_MS) {
      return json(401, { message: 'The request token is invalid or expired.' });
    }
    const owner = String(this.claims('', granted.job).repository_owner);
    const audience = new URL(path, this.issuer).searchParams.get('audience') ?? `https://github.com/${owner}`;
    const value = await this.signer.sign(this.claims(audience, granted.job));
    return json(200, { count: value.length, value });
  }
}

function configuration(issuer: string, claims: string[]): object {
  return {
    issuer,
    jwks_uri: `${issuer}${KEYS}`,
    subject_types_supported: ['public', 'pairwise'],
    response_types_supported: ['id_token'],
    claims_supported: claims,
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid'],
  };
}

function json(status: number, body: object): EmulatedResponse {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(body) };
}
