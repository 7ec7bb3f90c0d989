export const id = 463;
export const ids = [463];
export const modules = {

/***/ 4463:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   connectGitHub: () => (/* binding */ connectGitHub)
/* harmony export */ });
/* harmony import */ var _octokit_plugin_retry__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9735);
/* harmony import */ var _octokit_plugin_throttling__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6856);
/* harmony import */ var _octokit_rest__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9988);
/* harmony import */ var _lib_proxy_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1260);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4869);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7307);






/** Milliseconds before the second, third and fourth attempt: this × 1, 4 and 9. */
const retryBaseMs = 500;
/** GitHub's limits are for an hour; longer than a minute no step waits. */
const longestWaitSeconds = 60;
/** Octokit leaves a second between writes, and takes GraphQL for writing. Here it only reads, and writes are few. */
const unspaced = { key: () => ({ schedule: (_options, work) => work() }) };
/**
 * Opens GitHub's API. Octokit retries 5xx and lost answers three times: all that this action asks of GitHub is
 * idempotent. It waits for a rate limit if that is over within a minute.
 */
async function connectGitHub(options) {
    const { apiUrl, token, userAgent, cancelled, debug } = options;
    const wait = (seconds, asked, attempt) => {
        const patient = seconds <= longestWaitSeconds && attempt < 2 && !cancelled.aborted;
        if (patient)
            options.notice(`GitHub's rate limit: ${asked.method} ${asked.url} waits ${seconds} s.`);
        return patient;
    };
    const octokit = new (_octokit_rest__WEBPACK_IMPORTED_MODULE_1__/* .Octokit */ .E.plugin(noteLoss, _octokit_plugin_retry__WEBPACK_IMPORTED_MODULE_2__/* .retry */ .L, _octokit_plugin_throttling__WEBPACK_IMPORTED_MODULE_3__/* .throttling */ .A))({
        auth: token,
        baseUrl: apiUrl.href.replace(/\/$/, ''),
        userAgent,
        log: { debug, info: debug, warn: debug, error: debug },
        request: { fetch: await limitedFetch(options) },
        retry: { retryAfterBaseValue: retryBaseMs },
        throttle: {
            onRateLimit: (seconds, asked, _octokit, attempt) => wait(seconds, asked, attempt),
            onSecondaryRateLimit: (seconds, asked, _octokit, attempt) => wait(seconds, asked, attempt),
            write: unspaced,
        },
    });
    octokit.hook.wrap('request', async (request, asked) => {
        try {
            return await untilCancelled(Promise.resolve(request(asked)), cancelled);
        }
        catch (error) {
            if (cancelled.aborted)
                throw cancelled.reason;
            throw toGitHubError(error, asked);
        }
    });
    return octokit;
}
/** Sees each attempt, as the first of the plugins: whether one of them may have been carried out. */
function noteLoss(octokit) {
    octokit.hook.wrap('request', async (request, asked) => {
        try {
            return await request(asked);
        }
        catch (error) {
            if (!isRefusal(error))
                asked.request = Object.assign(asked.request ?? {}, { maybeDone: true });
            throw error;
        }
    });
    return {};
}
/** Only GitHub's own words say that nothing was done: a gateway may block the answer to what was carried out. */
function isRefusal({ response }) {
    const { status = 500, data } = response ?? {};
    const isGitHubs = typeof data?.message === 'string' && typeof data.documentation_url === 'string';
    return status < 500 && status !== 408 && isGitHubs;
}
/** `fetch` with a time limit for each attempt, through the runner's proxy if there is one. */
async function limitedFetch({ apiUrl, env, timeoutMs, cancelled }) {
    const proxy = (0,_lib_proxy_js__WEBPACK_IMPORTED_MODULE_4__/* .proxyFor */ .i)(apiUrl, env);
    const { proxiedFetch } = proxy ? await Promise.all(/* import() */[__webpack_require__.e(648), __webpack_require__.e(944)]).then(__webpack_require__.bind(__webpack_require__, 2944)) : { proxiedFetch: undefined };
    const send = proxy && proxiedFetch ? proxiedFetch(proxy, (0,_lib_proxy_js__WEBPACK_IMPORTED_MODULE_4__/* .noProxy */ .A)(env)) : fetch;
    return async (url, init) => {
        const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), cancelled, ...(init.signal ? [init.signal] : [])]);
        return whole(await send(url, { ...init, signal }), init);
    };
}
/**
 * Octokit takes a body that breaks off for an empty one, one that is no JSON for a text, and none for an empty list: it is
 * read here, so that each of them is a lost answer.
 */
async function whole(response, asked) {
    const { status, statusText, headers, url } = response;
    if (asked.method === 'GET' && status === 204)
        throw new TypeError('the answer has no content');
    const accept = new Headers(asked.headers).get('accept') ?? '';
    const bytes = await response.arrayBuffer();
    const isText = /[.](?:raw|sha)\b/.test(accept);
    if (status === 200 && !isText && !isJson(bytes))
        throw new TypeError('the answer is not JSON');
    const read = new Response(bytes.byteLength === 0 ? null : bytes, { status, statusText, headers });
    return Object.defineProperty(read, 'url', { value: url });
}
function isJson(bytes) {
    try {
        return typeof JSON.parse(new TextDecoder().decode(bytes)) === 'object';
    }
    catch {
        return false;
    }
}
/** Octokit's waits between attempts do not end with a signal. */
function untilCancelled(work, cancelled) {
    return new Promise((resolve, reject) => {
        const cancel = () => reject(cancelled.reason);
        if (cancelled.aborted)
            cancel();
        cancelled.addEventListener('abort', cancel, { once: true });
        work.then(resolve, reject).finally(() => cancelled.removeEventListener('abort', cancel));
    });
}
function toGitHubError(error, asked) {
    const { method, request } = asked;
    const { message, response } = error;
    const failure = { method, route: routeOf(asked), reason: (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_5__/* .oneLine */ .TN)(String(message)) };
    if (request?.['maybeDone'])
        failure.maybeDone = true;
    if (response) {
        const { status, headers, data } = response;
        failure.status = status;
        failure.reason = `"${(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_5__/* .oneLine */ .TN)(String(data?.message ?? message))}"`;
        if (headers['x-github-request-id'])
            failure.requestId = (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_5__/* .oneLine */ .TN)(headers['x-github-request-id']);
    }
    const hint = hintFor(failure, request?.['needs'], response?.headers['x-accepted-github-permissions']);
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GitHubError */ .y_(hint === undefined ? failure : { ...failure, hint }, error);
}
/** The route with what was asked for: one of many repositories must be told apart. */
function routeOf(asked) {
    const values = asked;
    return (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_5__/* .oneLine */ .TN)(asked.url.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole)));
}
/** @param needs the permission in GitHub's words, as the caller knows it; `accepted` is what GitHub's answer names */
function hintFor({ status, reason }, needs, accepted) {
    if (status === undefined)
        return 'Check `github_api_url`, the network, and HTTPS_PROXY and NO_PROXY of the runner.';
    if (status === 401)
        return 'GitHub does not accept the token in `github_token`: it has expired, or is mistyped.';
    if (/rate limit/i.test(reason))
        return 'Run this job again later, or give `github_token` a token of its own.';
    if (status !== 403 && status !== 404)
        return undefined;
    const permission = needs ?? accepted?.replaceAll('=', ': ').replaceAll(';', ' or');
    if (permission === undefined)
        return undefined;
    const who = `The token in \`github_token\` needs the permission ${(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_5__/* .oneLine */ .TN)(permission)}`;
    return status === 403
        ? `${who}.`
        : `Either it does not exist, or the token may not see it: it needs ${(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_5__/* .oneLine */ .TN)(permission)}.`;
}


/***/ }),

/***/ 7307:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Nq: () => (/* binding */ cannotSee),
/* harmony export */   c4: () => (/* binding */ isNotFound),
/* harmony export */   y_: () => (/* binding */ GitHubError)
/* harmony export */ });
/** A request to GitHub that failed. Its message says what was asked, what came back and what to do. */
class GitHubError extends Error {
    name = 'GitHubError';
    facts;
    constructor(facts, cause) {
        super(describe(facts), { cause });
        this.facts = facts;
    }
}
function describe({ method, route, status, reason, requestId, hint }) {
    const answer = [status, reason].filter((part) => part !== undefined).join(' ');
    const id = requestId ? ` (request id ${requestId})` : '';
    const line = `${method} ${route} of GitHub ${status === undefined ? 'got no answer' : 'was refused'}: ${answer}${id}.`;
    return hint ? `${line}\n${hint}` : line;
}
/** Whether GitHub said that there is no such thing, or that the token may not know of it: it does not tell which. */
function isNotFound(error) {
    return error instanceof GitHubError && error.facts.status === 404 && !error.facts.maybeDone;
}
/** Whether the token may not see it, or it does not exist; a rate limit is neither. */
function cannotSee(error) {
    if (!(error instanceof GitHubError))
        return false;
    if (error.facts.maybeDone)
        return false;
    return error.facts.status === 404 || (error.facts.status === 403 && !/rate limit|abuse/i.test(error.facts.reason));
}


/***/ })

};
