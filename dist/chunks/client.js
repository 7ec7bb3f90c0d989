export const id = 78;
export const ids = [78];
export const modules = {

/***/ 6078:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  connectGitHub: () => (/* binding */ connectGitHub)
});

// EXTERNAL MODULE: ./node_modules/@octokit/plugin-retry/dist-bundle/index.js
var dist_bundle = __webpack_require__(9735);
// EXTERNAL MODULE: ./node_modules/@octokit/plugin-throttling/dist-bundle/index.js
var plugin_throttling_dist_bundle = __webpack_require__(6856);
// EXTERNAL MODULE: ./node_modules/@octokit/rest/dist-src/index.js + 21 modules
var dist_src = __webpack_require__(9988);
// EXTERNAL MODULE: ./build/lib/http.js + 1 modules
var lib_http = __webpack_require__(7838);
// EXTERNAL MODULE: ./build/lib/text.js
var lib_text = __webpack_require__(4869);
// EXTERNAL MODULE: ./build/github/errors.js
var errors = __webpack_require__(7307);
;// CONCATENATED MODULE: ./build/github/fetch.js

const maxRedirects = 3;
const apiVersion = '2022-11-28';
async function openFetch({ apiUrl, timeoutMs, cancelled, ...environment }) {
    const http = await (0,lib_http/* openHttp */.f)(apiUrl, environment);
    async function send(url, { method = 'GET', headers, body, signal }) {
        if (url.origin !== apiUrl.origin)
            throw new TypeError(`the next request would go to ${url.host} instead of ${apiUrl.host}`);
        return http.exchange({
            method,
            path: url.pathname + url.search,
            headers: {
                ...headers,
                'accept-encoding': 'gzip',
                'x-github-api-version': apiVersion,
            },
            body: body,
            timeoutMs,
            signal: signal ? AbortSignal.any([signal, cancelled]) : cancelled,
        });
    }
    return async (target, init) => {
        let url = new URL(target);
        for (let redirects = 0;; redirects += 1) {
            const response = await send(url, init);
            const next = redirectOf(response, url, init);
            if (next === undefined)
                return toResponse(response, url, init);
            if (redirects === maxRedirects)
                throw new TypeError('there were too many redirects');
            url = next;
        }
    };
}
function redirectOf({ status, headers }, url, { method }) {
    if (status < 300 || status === 304 || status >= 400)
        return undefined;
    const keepsMethod = method === 'GET' || status === 307 || status === 308;
    if (headers.location !== undefined && keepsMethod)
        return new URL(headers.location, url);
    throw new TypeError(`the response is a redirect (${status}) that cannot be followed`);
}
function toResponse({ status, headers, body }, url, { method, headers: requestHeaders }) {
    if (method === 'GET' && status === 204)
        throw new TypeError('the response has no content');
    const accept = requestHeaders['accept'] ?? '';
    const isText = /[.](?:raw|sha)\b/.test(accept);
    if (status === 200 && !isText && !isJson(body))
        throw new TypeError('the response is not JSON');
    const text = async () => new TextDecoder().decode(body);
    const arrayBuffer = async () => Uint8Array.from(body).buffer;
    return { status, statusText: '', url: url.href, headers: toHeaders(headers), body: null, text, arrayBuffer };
}
function toHeaders(headers) {
    const { 'content-encoding': _decoded, 'set-cookie': _unused, ...rest } = headers;
    return new Map(Object.entries(rest).map(([name, value]) => [name, String(value)]));
}
function isJson(body) {
    try {
        return typeof JSON.parse(body.toString()) === 'object';
    }
    catch {
        return false;
    }
}

;// CONCATENATED MODULE: ./build/github/client.js







const retryBaseMs = 500;
const longestWaitSeconds = 60;
const withoutSpacing = { key: () => ({ schedule: (_options, work) => work() }) };
async function connectGitHub(options) {
    const { apiUrl, token, userAgent, cancelled, debug } = options;
    const wait = (seconds, requested, attempt) => {
        const mayWait = seconds <= longestWaitSeconds && attempt < 2 && !cancelled.aborted;
        if (mayWait)
            options.notice(`GitHub's rate limit is exceeded. Sending ${requested.method} ${requested.url} again in ${seconds} s.`);
        return mayWait;
    };
    const octokit = new (dist_src/* Octokit */.E.plugin(noteLoss, dist_bundle/* retry */.L, plugin_throttling_dist_bundle/* throttling */.A))({
        auth: token,
        baseUrl: apiUrl.href.replace(/\/$/, ''),
        userAgent,
        log: { debug, info: debug, warn: debug, error: debug },
        request: { fetch: await openFetch(options) },
        retry: { retryAfterBaseValue: retryBaseMs },
        throttle: {
            onRateLimit: (seconds, requested, _octokit, attempt) => wait(seconds, requested, attempt),
            onSecondaryRateLimit: (seconds, requested, _octokit, attempt) => wait(seconds, requested, attempt),
            write: withoutSpacing,
        },
    });
    octokit.hook.wrap('request', async (request, requested) => {
        try {
            return await untilCancelled(Promise.resolve(request(requested)), cancelled);
        }
        catch (error) {
            if (cancelled.aborted)
                throw cancelled.reason;
            throw toGitHubError(error, requested);
        }
    });
    return octokit;
}
function noteLoss(octokit) {
    octokit.hook.wrap('request', async (request, requested) => {
        try {
            return await request(requested);
        }
        catch (error) {
            if (!isRefusedByGitHub(error))
                requested.request = Object.assign(requested.request ?? {}, { maybeDone: true });
            throw error;
        }
    });
    return {};
}
function isRefusedByGitHub({ response }) {
    const { status = 500, data } = response ?? {};
    const isFromGitHub = typeof data === 'object' && typeof data.message === 'string' && typeof data.documentation_url === 'string';
    return status < 500 && status !== 408 && isFromGitHub;
}
function untilCancelled(work, cancelled) {
    return new Promise((resolve, reject) => {
        const cancel = () => reject(cancelled.reason);
        if (cancelled.aborted)
            cancel();
        cancelled.addEventListener('abort', cancel, { once: true });
        work.then(resolve, reject).finally(() => cancelled.removeEventListener('abort', cancel));
    });
}
function toGitHubError(error, requested) {
    const { method, request } = requested;
    const { message, response } = error;
    const failure = {
        method,
        route: filledRoute(requested),
        status: response?.status,
        reason: response ? reasonOfFailure(response, message) : (0,lib_text/* oneLine */.TN)(String(message)),
        requestId: (0,lib_text/* oneLine */.TN)(response?.headers['x-github-request-id'] ?? '') || undefined,
        maybeDone: request?.['maybeDone'] ? true : undefined,
        refused: isRefusedByGitHub(error) ? true : undefined,
    };
    const needs = request?.['needs'];
    const hint = connectionHint(error) ?? hintForFailure(failure, needs, response?.headers['x-accepted-github-permissions']);
    return new errors/* GitHubError */.y_({ ...failure, hint }, error);
}
function reasonOfFailure({ data }, message) {
    const title = typeof data === 'string' ? (0,lib_text/* pageTitle */.W)(data) : '';
    if (title !== '')
        return `and a page titled "${title}"`;
    return `"${(0,lib_text/* oneLine */.TN)(String((typeof data === 'object' ? data?.message : undefined) ?? message))}"`;
}
function connectionHint(error) {
    const { cause } = error;
    return cause instanceof lib_http/* NoResponseError */.h ? cause.hint : undefined;
}
function filledRoute(requested) {
    const values = requested;
    return (0,lib_text/* oneLine */.TN)(requested.url.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole)));
}
function hintForFailure({ status, reason }, needs, accepted) {
    if (status === undefined)
        return 'Check `github_api_url`, the network, and HTTPS_PROXY and NO_PROXY of the runner.';
    if (status === 401)
        return 'GitHub does not accept the token in `github_token`: it has expired or is mistyped.';
    if (/rate limit/i.test(reason))
        return 'Run this job again later, or set `github_token` to a token with a separate rate limit.';
    if (status !== 403 && status !== 404)
        return undefined;
    const permission = needs ?? accepted?.replaceAll('=', ': ').replaceAll(';', ' or');
    if (permission === undefined)
        return undefined;
    return status === 403
        ? `The token in \`github_token\` requires the permission ${(0,lib_text/* oneLine */.TN)(permission)}.`
        : `Either it does not exist, or the token in \`github_token\` lacks the permission ${(0,lib_text/* oneLine */.TN)(permission)}.`;
}


/***/ }),

/***/ 7307:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Nq: () => (/* binding */ cannotSee),
/* harmony export */   b2: () => (/* binding */ isMissing),
/* harmony export */   c4: () => (/* binding */ isNotFound),
/* harmony export */   y_: () => (/* binding */ GitHubError)
/* harmony export */ });
class GitHubError extends Error {
    name = 'GitHubError';
    facts;
    constructor(facts, cause) {
        super(describeGitHubFailure(facts), { cause });
        this.facts = facts;
    }
}
function describeGitHubFailure({ method, route, status, reason, requestId, hint }) {
    const id = requestId ? ` (request ID ${requestId})` : '';
    const line = status === undefined
        ? `GitHub sent no usable response to ${method} ${route}: ${reason}.`
        : `GitHub responded to ${method} ${route} with ${status} ${reason}${id}.`;
    return hint ? `${line}\n${hint}` : line;
}
function isMissing(error) {
    return error instanceof GitHubError && error.facts.status === 404 && error.facts.refused === true;
}
function isNotFound(error) {
    return error instanceof GitHubError && error.facts.status === 404 && !error.facts.maybeDone;
}
function cannotSee(error) {
    if (!(error instanceof GitHubError))
        return false;
    if (error.facts.maybeDone)
        return false;
    return error.facts.status === 404 || (error.facts.status === 403 && !/rate limit|abuse/i.test(error.facts.reason));
}


/***/ })

};
