export const id = 767;
export const ids = [767];
export const modules = {

/***/ 7391:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  i: () => (/* binding */ openBroker)
});

// EXTERNAL MODULE: ./build/lib/http.js + 1 modules
var lib_http = __webpack_require__(7838);
// EXTERNAL MODULE: ./build/lib/text.js
var lib_text = __webpack_require__(4869);
// EXTERNAL MODULE: ./build/lib/version.js
var version = __webpack_require__(6480);
// EXTERNAL MODULE: ./build/keyless/errors.js
var errors = __webpack_require__(26);
;// CONCATENATED MODULE: ./build/keyless/id-token.js




const missingPermission = 'This job has no permission to request an ID token. Add `permissions: id-token: write` to the job. Pull requests from forks cannot have this permission.';
const missingToken = 'GitHub returned no ID token. It issues ID tokens for about the first 6 hours of a job. If this job is younger than that, run it again.';
async function requestIdToken(audience, effects) {
    const { env, mask, newRequestId, timeoutMs, signal } = effects;
    const [address, requestToken] = [env['ACTIONS_ID_TOKEN_REQUEST_URL'], env['ACTIONS_ID_TOKEN_REQUEST_TOKEN']];
    const requestId = newRequestId();
    const fail = (detail, status, cause) => {
        const isWithoutIdentity = detail === missingPermission || status === 401 || status === 403;
        const facts = { request: 'The request for an ID token', status, detail, requestId, keyMayExist: false };
        return new errors/* BrokerError */.W({ ...facts, isWithoutIdentity }, cause);
    };
    if (!address || !requestToken || !URL.canParse(address))
        throw fail(missingPermission);
    mask(requestToken);
    const url = new URL(address);
    url.searchParams.set('audience', audience);
    try {
        const http = await (0,lib_http/* openHttp */.f)(url, { env });
        const headers = { authorization: `Bearer ${requestToken}`, accept: 'application/json', 'user-agent': version/* userAgent */.N };
        const { status, body } = await http.exchange({
            ...{ method: 'GET', path: url.pathname + url.search, timeoutMs, signal },
            headers: { ...headers, 'accept-encoding': 'identity' },
        });
        const token = status === 200 ? readToken(body.toString()) : undefined;
        if (token === undefined)
            throw fail(missingToken, status);
        mask(token);
        return token;
    }
    catch (error) {
        if (error instanceof lib_http/* NoResponseError */.h)
            throw fail(`${(0,lib_text/* oneLine */.TN)(error.message)}. ${error.hint ?? 'Run the job again.'}`, undefined, error);
        throw error;
    }
}
function readToken(text) {
    try {
        const { value } = JSON.parse(text);
        return typeof value === 'string' && /^[\w-]+\.[\w-]+\.[\w-]+$/.test(value) ? value : undefined;
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./build/keyless/broker-client.js





function openBroker(brokerUrl, effects) {
    return {
        async createKey(body) {
            const response = await exchange(brokerUrl, 'POST', '/v1/keys', body, effects);
            if (response.status === 201 && isKey(response.body))
                return response.body;
            throw toBrokerError(response);
        },
        async deleteKey(nonce) {
            const response = await exchange(brokerUrl, 'DELETE', `/v1/keys/${nonce}`, undefined, effects);
            if (response.status === 200 && isDeletionOf(nonce, response.body))
                return response.body;
            throw toBrokerError(response);
        },
    };
}
async function exchange(brokerUrl, method, path, body, effects) {
    const { env, newRequestId, timeoutMs, signal } = effects;
    const url = new URL(brokerUrl);
    const request = `${method} ${brokerUrl}${path}`;
    const token = await requestIdToken(brokerUrl, effects);
    const requestId = newRequestId();
    try {
        const http = await (0,lib_http/* openHttp */.f)(url, { env });
        const response = await http.exchange({
            ...{ method, path: new URL(brokerUrl + path).pathname, timeoutMs, signal },
            headers: headersOf(token, requestId),
            body: body && JSON.stringify(body),
        });
        const { status, headers } = response;
        const type = String(headers['content-type'] ?? '');
        return {
            request,
            requestId,
            status,
            type,
            retryAfterMs: readRetryAfter(headers),
            body: parseJsonOrNothing(response.body.toString()),
        };
    }
    catch (error) {
        if (!(error instanceof lib_http/* NoResponseError */.h))
            throw error;
        const detail = `${(0,lib_text/* oneLine */.TN)(error.message)}. ${noResponseAdvice(error)}`;
        throw new errors/* BrokerError */.W({ request, detail, requestId, keyMayExist: error.sent }, error);
    }
}
function noResponseAdvice({ sent, hint }) {
    if (hint !== undefined)
        return hint;
    return sent
        ? 'Check whether the broker and the proxies in front of it are overloaded.'
        : 'Check that `broker_url` is the URL of the broker and that the broker is running, and check the network and HTTPS_PROXY.';
}
function headersOf(token, requestId) {
    return {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        'accept-encoding': 'identity',
        'content-type': 'application/json',
        'user-agent': version/* userAgent */.N,
        'x-request-id': requestId,
    };
}
function readRetryAfter({ 'retry-after': text }) {
    return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) * 1000 : undefined;
}
function toBrokerError({ request, requestId, status, type, retryAfterMs, body }) {
    const { code, reason, detail, key_may_exist, request_id, grants } = body;
    const isFromBroker = type.startsWith('application/problem+json') && isFilled(code) && typeof key_may_exist === 'boolean';
    if (!isFromBroker) {
        const detail = 'The response is not from a key broker. Check that `broker_url` is the URL of the broker, and check the proxies in front of the broker.';
        return new errors/* BrokerError */.W({ request, status, detail, requestId, keyMayExist: true, retryAfterMs });
    }
    return new errors/* BrokerError */.W({
        ...{ request, status, code: (0,lib_text/* oneLine */.TN)(code), detail: (0,lib_text/* oneLine */.TN)(String(detail ?? '')), retryAfterMs },
        reason: isFilled(reason) ? (0,lib_text/* oneLine */.TN)(reason) : undefined,
        requestId: isFilled(request_id) ? (0,lib_text/* oneLine */.TN)(request_id) : requestId,
        keyMayExist: key_may_exist,
        grants: Array.isArray(grants) ? grants.filter(isDeniedGrant) : undefined,
    });
}
function parseJsonOrNothing(text) {
    try {
        return (JSON.parse(text) ?? {});
    }
    catch {
        return {};
    }
}
function isFilled(value) {
    return typeof value === 'string' && value !== '';
}
function isKey(body) {
    const { id, name, key, project_id, created_at, expires_at } = body;
    const isToken = isFilled(key) && /^[\x21-\x7e]{16,}$/.test(key);
    return (isToken && isFilled(id) && /^[1-9]\d{0,18}$/.test(id) && [name, project_id, created_at, expires_at].every(isFilled));
}
function isDeletionOf(expected, body) {
    const { nonce, revoked, pending } = body;
    return nonce === expected && Array.isArray(revoked) && revoked.every(isFilled) && typeof pending === 'boolean';
}
function isDeniedGrant(value) {
    const { grant, failed } = (value ?? {});
    return isFilled(grant) && Array.isArray(failed) && failed.every((one) => isFilled(one?.claim));
}


/***/ }),

/***/ 26:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ BrokerError)
/* harmony export */ });
class BrokerError extends Error {
    name = 'BrokerError';
    facts;
    constructor(facts, cause) {
        const response = [facts.status, facts.code].filter((part) => part !== undefined).join(' ');
        super(`${facts.request} failed${response ? `: ${response}` : ''} (request ID ${facts.requestId}). ${facts.detail}`, {
            cause,
        });
        this.facts = facts;
    }
}


/***/ }),

/***/ 6767:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runKeylessPost: () => (/* binding */ runKeylessPost)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./build/lib/clock.js
var clock = __webpack_require__(4570);
// EXTERNAL MODULE: ./build/post-step.js
var post_step = __webpack_require__(6131);
// EXTERNAL MODULE: ./build/runner/post-marker.js
var post_marker = __webpack_require__(6456);
// EXTERNAL MODULE: ./build/keyless/broker-client.js + 1 modules
var broker_client = __webpack_require__(7391);
// EXTERNAL MODULE: ./build/keys/revoke.js
var revoke = __webpack_require__(7747);
// EXTERNAL MODULE: ./build/lib/backoff.js
var backoff = __webpack_require__(2024);
// EXTERNAL MODULE: ./build/keyless/errors.js
var errors = __webpack_require__(26);
;// CONCATENATED MODULE: ./build/keyless/end.js



const mintLimitMs = 45_000;
const maxRefusals = 4;
const firstDeletionWaitMs = 1000;
async function endNonces({ nonces, timeoutMs }, effects) {
    return Promise.all(nonces.map((nonce) => endNonce(nonce, Math.max(timeoutMs, mintLimitMs), effects)));
}
async function endNonce(nonce, settleMs, { broker, clock, until, onOutcome }) {
    const settledAt = settledBy(nonce, settleMs, clock.now());
    const revoked = new Set();
    let refusals = 0;
    for (let attempt = 1;; attempt += 1) {
        const startedAt = clock.now();
        const outcome = await deleteOnce(nonce, broker);
        for (const id of outcome.revoked)
            revoked.add(id);
        const isSettled = isConfirmed(nonce, revoked) || (startedAt >= settledAt && outcome.revoked.length === 0);
        if (isSettled && !outcome.pending)
            return ended({ nonce, how: 'gone', revoked: [...revoked] }, onOutcome);
        refusals = outcome.error?.facts.isWithoutIdentity ? refusals + 1 : 0;
        const nextMs = Math.max((0,backoff/* backoffMs */.j)(attempt, firstDeletionWaitMs), outcome.error?.facts.retryAfterMs ?? 0);
        const waitMs = (0,backoff/* waitWithin */.r)(until - clock.now(), nextMs);
        if (refusals >= maxRefusals || waitMs === undefined) {
            return ended({ nonce, how: 'failed', error: outcome.error ?? stillPending(nonce) }, onOutcome);
        }
        await clock.sleep(waitMs);
    }
}
function isConfirmed({ id }, revoked) {
    return id === undefined ? revoked.size > 0 : revoked.has(id);
}
function settledBy({ id, requestedAt, respondedAt = requestedAt }, settleMs, now) {
    return id === undefined ? Math.min(requestedAt, now) + settleMs : Math.min(respondedAt, now) + revoke/* listLagMs */.bk;
}
async function deleteOnce({ nonce }, broker) {
    try {
        return { ...(await broker.deleteKey(nonce)), error: undefined };
    }
    catch (error) {
        if (!(error instanceof errors/* BrokerError */.W))
            throw error;
        return { revoked: [], pending: true, error };
    }
}
function ended(outcome, onOutcome) {
    onOutcome(outcome);
    return outcome;
}
function stillPending({ nonce }) {
    const detail = 'The broker was still creating the key when the post step ran out of time.';
    return new errors/* BrokerError */.W({ request: `DELETE /v1/keys/${nonce}`, detail, requestId: 'unknown', keyMayExist: true });
}

// EXTERNAL MODULE: ./build/keyless/render.js
var render = __webpack_require__(6885);
// EXTERNAL MODULE: ./build/keyless/state.js
var state = __webpack_require__(2248);
;// CONCATENATED MODULE: ./build/keyless/keyless-post.js








const longestBrokerRequestMs = 15_000;
async function runKeylessPost(env) {
    await (0,post_step/* performPost */.g)(env, { endedEarly: render/* keylessEndedEarly */.q5, failed: render/* keylessPostFailed */.wG }, async (step) => {
        const { runner, inputs, reportProblem } = step;
        const outcomes = await endOpenNonces((0,state/* readKeylessState */.gQ)(env[`STATE_${state/* keylessStateName */.Z6}`] ?? ''), env, runner);
        if (inputs.summary)
            runner.appendSummary((0,render/* keylessSummary */.$E)(outcomes));
        const active = (0,render/* activeNonces */.Rl)(outcomes);
        if (active)
            reportProblem(active);
    });
}
async function endOpenNonces(state, env, { mask, info }) {
    const until = clock/* systemClock */.m.now() + post_marker/* postBudgetMs */.Qk;
    const timeoutMs = Math.min(state.timeoutMs, longestBrokerRequestMs);
    const broker = (0,broker_client/* openBroker */.i)(state.brokerUrl, { env, mask, newRequestId: external_node_crypto_.randomUUID, timeoutMs });
    return endNonces(state, { broker, clock: clock/* systemClock */.m, until, onOutcome: (outcome) => info((0,render/* nonceSentence */.zH)(outcome)) });
}


/***/ }),

/***/ 6885:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $E: () => (/* binding */ keylessSummary),
/* harmony export */   LQ: () => (/* binding */ nextAttemptLine),
/* harmony export */   PT: () => (/* binding */ wrongKey),
/* harmony export */   Pf: () => (/* binding */ mintFailure),
/* harmony export */   Rl: () => (/* binding */ activeNonces),
/* harmony export */   q5: () => (/* binding */ keylessEndedEarly),
/* harmony export */   wG: () => (/* binding */ keylessPostFailed),
/* harmony export */   zH: () => (/* binding */ nonceSentence)
/* harmony export */ });
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4869);
/* harmony import */ var _runner_markdown_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1134);


function nextAttemptLine({ message }, attempt, of, waitMs) {
    return `${message} Attempt ${attempt} of ${of} in ${Math.ceil(waitMs / 1000)} s.`;
}
function wrongKey({ id, name, project_id }, projectId) {
    return (`The broker returned key ${id} "${(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)(name)}" for project ${(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)(project_id)}, which is not the key that was requested for ` +
        `project ${projectId}. The step does not return the key, and the post step has it revoked. Check that \`broker_url\` is the URL of the broker.`);
}
const advice = {
    denied: 'Run the job where the policy allows it, or ask the operator of the broker. `broker explain` shows the operator which values the policy expects.',
    'not-found': 'Check that `broker_url` and the `audience` in the policy of the broker are the same URL.',
    'limit-reached': 'Run fewer jobs of this repository at the same time, or run the job again later.',
    'neon-refused': 'Ask the operator of the broker, whose log has the same request ID.',
};
const keylessPage = 'https://github.com/neon-org-action/neon-org-action/blob/main/docs/keyless.md';
function mintFailure({ message, facts }) {
    const { code: problem, grants = [], keyMayExist } = facts;
    const lines = [
        message,
        ...grants.map(grantLine),
        nextStep(facts),
        keyMayExist ? 'If the broker created a key, the post step has it revoked.' : undefined,
        problem === undefined ? undefined : `Help: ${keylessPage}#${problem}`,
    ];
    return lines.filter((line) => line !== undefined).join('\n');
}
function nextStep({ code: problem = '', reason = 'audience' }) {
    if (problem !== 'invalid-token')
        return advice[problem];
    if (reason === 'audience')
        return advice['not-found'];
    return reason === 'issuer' ? 'Ask the operator of the broker to check `OIDC_ISSUER`.' : undefined;
}
function grantLine({ grant, failed }) {
    const claims = failed.map(({ claim, actual }) => `${(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)(claim)} is ${actual === null ? 'missing' : JSON.stringify((0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)(String(actual)))}`);
    return `Grant "${(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)(grant)}" does not match: ${claims.join(', ')}.`;
}
function nonceSentence(outcome) {
    const { id, name, nonce } = outcome.nonce;
    const key = id === undefined ? undefined : `Key ${id} "${(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)(name ?? '')}"`;
    if (outcome.how === 'failed')
        return `${key ?? `A key with the nonce ${nonce}`} may still be active.`;
    if (outcome.revoked.length === 0)
        return key ? `${key} is not active.` : `No key with the nonce ${nonce} is active.`;
    return `The broker revoked ${outcome.revoked.length > 1 ? 'keys' : 'key'} ${outcome.revoked.join(', ')}.`;
}
function activeNonces(outcomes) {
    const failed = outcomes.filter((outcome) => outcome.how === 'failed');
    if (failed.length === 0)
        return undefined;
    return failed
        .map((outcome) => `${nonceSentence(outcome)} ${outcome.error.message} ${expiryText(outcome.nonce)}`)
        .join('\n');
}
function expiryText({ expiresAt }) {
    return expiresAt === undefined
        ? 'If it exists, the broker revokes it when it expires, at most 6 hours after its creation.'
        : `The broker revokes it when it expires, at ${(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)(expiresAt)}.`;
}
const keylessEndedEarly = 'The post step ended before the broker confirmed that the key of this step is revoked. The broker revokes the key when it expires.';
function keylessPostFailed(error) {
    return `The post step could not revoke the key of this step. ${error instanceof Error ? error.message : String(error)}\nThe broker revokes the key when it expires.`;
}
function keylessSummary(outcomes) {
    const rows = outcomes.map((outcome) => [
        (0,_runner_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)(outcome.nonce.name ?? '') || (0,_runner_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .plain */ .pj)(`nonce ${outcome.nonce.nonce}`),
        (0,_runner_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)(outcome.nonce.id ?? '') || '–',
        nonceOutcomeText(outcome),
    ]);
    const failed = outcomes.filter(({ how }) => how === 'failed').length;
    const isRevoked = outcomes.some((outcome) => outcome.how === 'gone' && outcome.revoked.length > 0);
    const title = failed > 0
        ? `❌ ${(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .count */ .U9)(failed, 'Neon key')} may still be active`
        : `🔒 ${isRevoked ? 'Neon key revoked' : 'No Neon key to revoke'} after the job`;
    return `### ${title}\n\n${(0,_runner_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .table */ .tp)(['Key', 'ID', 'Outcome'], rows)}\n`;
}
function nonceOutcomeText(outcome) {
    if (outcome.how === 'gone')
        return outcome.revoked.length > 0 ? '✅ revoked' : '☑️ no active key';
    return `❌ **may still be active**, expires ${(0,_runner_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .plain */ .pj)(outcome.nonce.expiresAt ?? 'within 6 hours')}`;
}


/***/ }),

/***/ 2248:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z6: () => (/* binding */ keylessStateName),
/* harmony export */   gQ: () => (/* binding */ readKeylessState),
/* harmony export */   tz: () => (/* binding */ writeKeylessState)
/* harmony export */ });
/* harmony import */ var _lib_api_url_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4664);

const keylessStateName = 'keyless';
function writeKeylessState(state) {
    return state.nonces.length === 0 ? '' : JSON.stringify(state);
}
function readKeylessState(text) {
    const { brokerUrl, timeoutMs, nonces } = (JSON.parse(text) ?? {});
    const isWhole = typeof brokerUrl === 'string' && Number.isFinite(timeoutMs) && Array.isArray(nonces);
    if (!isWhole || nonces.length === 0 || !nonces.every(isOpenNonce)) {
        throw new Error('The state that the main step saved is invalid.');
    }
    (0,_lib_api_url_js__WEBPACK_IMPORTED_MODULE_0__/* .parseApiUrl */ .nV)(brokerUrl);
    return { brokerUrl, timeoutMs: timeoutMs, nonces };
}
function isOpenNonce(value) {
    const { nonce, requestedAt, respondedAt = 0, ...texts } = (value ?? {});
    const isNonce = typeof nonce === 'string' && /^[a-z0-9]{10,16}$/.test(nonce);
    return (isNonce &&
        Number.isFinite(requestedAt) &&
        Number.isFinite(respondedAt) &&
        Object.values(texts).every((text) => typeof text === 'string'));
}


/***/ })

};
