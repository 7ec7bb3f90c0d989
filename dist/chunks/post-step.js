export const id = 72;
export const ids = [72];
export const modules = {

/***/ 6894:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  hO: () => (/* binding */ readWorkflowRun),
  _M: () => (/* binding */ repositoryOf),
  Gh: () => (/* binding */ serverUrlOf)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./build/lib/server-id.js

function serverId(url) {
    const host = url
        .replace(/^https?:\/\//i, '')
        .replace(/\/.*$/, '')
        .toLowerCase();
    if (host === 'github.com')
        return undefined;
    const number = (0,external_node_crypto_.createHash)('sha256').update(host).digest().readUInt32BE();
    return (number % 36 ** 3).toString(36).padStart(3, '0');
}

;// CONCATENATED MODULE: ./build/github/run.js

function readWorkflowRun(env) {
    const missing = [];
    const number = (name) => {
        const value = /^\d+$/.test(env[name] ?? '') ? Number(env[name]) : Number.NaN;
        if (!Number.isSafeInteger(value))
            missing.push(name);
        return value;
    };
    const serverUrl = env['GITHUB_SERVER_URL'] || 'https://github.com';
    const server = serverId(serverUrl);
    const run = {
        server,
        repositoryId: number('GITHUB_REPOSITORY_ID'),
        runId: number('GITHUB_RUN_ID'),
        runAttempt: number('GITHUB_RUN_ATTEMPT'),
        repository: env['GITHUB_REPOSITORY'] ?? '',
        runsUrl: `${serverUrl}/${env['GITHUB_REPOSITORY'] ?? ''}/actions/runs`,
        job: env['GITHUB_JOB'] ?? '',
    };
    if (missing.length > 0) {
        throw new Error(`${missing.join(', ')} must be set to a number, because the name of a key contains its run. GitHub's runner sets these variables. ` +
            'In act or in a test, set them in the environment.');
    }
    return run;
}
function serverUrlOf({ runsUrl, repository }) {
    return runsUrl.slice(0, -`/${repository}/actions/runs`.length);
}
function repositoryOf({ repository }) {
    const [owner = '', repo = '', ...rest] = repository.split('/');
    if (owner && repo && rest.length === 0)
        return { owner, repo };
    throw new Error("GITHUB_REPOSITORY must be the repository in the form `owner/name`. GitHub's runner sets this variable.");
}


/***/ }),

/***/ 3868:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E1: () => (/* binding */ PostStarted),
/* harmony export */   M5: () => (/* binding */ createLedger),
/* harmony export */   rH: () => (/* binding */ unreleased)
/* harmony export */ });
/* harmony import */ var _name_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4518);

class PostStarted extends Error {
    name = 'PostStarted';
    constructor() {
        super('The job has ended: its post step started while this step was still running.');
    }
}
function unreleased(leases, isReleased) {
    return leases.filter(({ name }) => {
        const lifetime = (0,_name_js__WEBPACK_IMPORTED_MODULE_0__/* .parseKeyName */ .wN)(name)?.mark.lifetime;
        return !(lifetime && (0,_name_js__WEBPACK_IMPORTED_MODULE_0__/* .mayBeInSecret */ .S4)(lifetime) && isReleased(name));
    });
}
function createLedger(write, marks = { add: () => { }, remove: () => { } }, hasPostStarted = () => false) {
    const leases = new Map();
    let planned = [];
    const open = () => [...leases.values(), ...planned.filter(({ name }) => !leases.has(name))];
    const throwIfPostStarted = () => {
        if (hasPostStarted())
            throw new PostStarted();
    };
    const forget = (name) => {
        const lease = leases.get(name);
        if (!lease)
            return;
        leases.delete(name);
        try {
            write(open());
        }
        catch (error) {
            leases.set(name, lease);
            throw error;
        }
    };
    const save = (lease) => {
        leases.set(lease.name, lease);
        write(open());
        throwIfPostStarted();
    };
    return {
        plan(names) {
            planned = names.map((name) => ({ name }));
            write(open());
        },
        save,
        forget,
        release(name) {
            marks.add(name);
            try {
                throwIfPostStarted();
                forget(name);
            }
            catch (error) {
                marks.remove(name);
                throw error;
            }
        },
        reopen(lease) {
            marks.remove(lease.name);
            save(lease);
        },
        open,
    };
}


/***/ }),

/***/ 4518:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L$: () => (/* binding */ isFrom),
/* harmony export */   PV: () => (/* binding */ storedWithinMs),
/* harmony export */   RX: () => (/* binding */ hasLabel),
/* harmony export */   S4: () => (/* binding */ mayBeInSecret),
/* harmony export */   d7: () => (/* binding */ hasMarkOf),
/* harmony export */   lm: () => (/* binding */ composeKeyName),
/* harmony export */   wN: () => (/* binding */ parseKeyName),
/* harmony export */   yN: () => (/* binding */ matchesKeyName),
/* harmony export */   yv: () => (/* binding */ originOf)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);

const maxNameBytes = 64;
const pattern = /^(?<label>.*?) ?~gh(?:a|-(?<server>[0-9a-z]{3}))\.(?<repository>[0-9a-z]+)\.(?<run>[0-9a-z]+)-(?<attempt>[0-9a-z]+)\.(?<lifetime>j|s?m|s?[pt][0-9a-z]+|r[0-9a-z]+-[0-9a-z]{10})\.(?<nonce>[0-9a-z]+)$/s;
function composeKeyName(label, mark) {
    const suffix = writeMark(mark);
    const fitting = fitLabel(label, mark, suffix);
    return fitting ? `${fitting} ${suffix}` : suffix;
}
function parseKeyName(name) {
    const groups = pattern.exec(name)?.groups;
    const lifetime = groups && readLifetime(groups.lifetime);
    if (!lifetime)
        return undefined;
    const { label, server, repository, run, attempt, nonce } = groups;
    const mark = {
        server,
        repositoryId: fromBase36(repository),
        runId: fromBase36(run),
        runAttempt: fromBase36(attempt),
        lifetime,
        nonce,
    };
    return composeKeyName(label, mark) === name ? { label, mark } : undefined;
}
function hasLabel(name, label, origin) {
    const parsed = parseKeyName(name);
    if (!parsed || parsed.mark.lifetime.kind === 'rotation' || !isFrom(parsed.mark, origin))
        return false;
    return fitLabel(label, parsed.mark, writeMark(parsed.mark)) === parsed.label;
}
const storedWithinMs = 2 * 3_600_000;
function mayBeInSecret(lifetime) {
    return lifetime.kind === 'rotation' || (lifetime.kind !== 'job' && lifetime.inSecret === true);
}
function originOf({ server, repositoryId, runId, runAttempt }) {
    return { server, repositoryId, runId, runAttempt };
}
function isFrom(mark, { server, repositoryId }) {
    return mark.server === server && mark.repositoryId === repositoryId;
}
function writeMark({ server, repositoryId, runId, runAttempt, lifetime, nonce }) {
    const github = server === undefined ? '~gha' : `~gh-${server}`;
    return `${github}.${base36(repositoryId)}.${base36(runId)}-${base36(runAttempt)}.${writeLifetime(lifetime)}.${nonce}`;
}
function writeLifetime(lifetime) {
    if (lifetime.kind === 'job')
        return 'j';
    if (lifetime.kind === 'rotation')
        return `r${base36(lifetime.graceSeconds)}-${lifetime.secretId}`;
    const letter = lifetime.inSecret ? 's' : '';
    if (lifetime.kind === 'pull-request')
        return `${letter}p${base36(lifetime.number)}`;
    return lifetime.kind === 'duration' ? `${letter}t${base36(lifetime.seconds)}` : `${letter}m`;
}
function readLifetime(text) {
    const [, secretLetter, kind, digits = '', secretId = ''] = /^(s?)([jmptr])([^-]*)-?(.*)$/.exec(text) ?? [];
    const inSecret = secretLetter ? { inSecret: true } : {};
    if (kind === 'j')
        return { kind: 'job' };
    if (kind === 'm')
        return { kind: 'manual', ...inSecret };
    const number = fromBase36(digits);
    if (!Number.isSafeInteger(number))
        return undefined;
    if (kind === 'p')
        return { kind: 'pull-request', number, ...inSecret };
    return kind === 't'
        ? { kind: 'duration', seconds: number, ...inSecret }
        : { kind: 'rotation', graceSeconds: number, secretId };
}
function base36(number) {
    return number.toString(36);
}
function fromBase36(text) {
    return Number.parseInt(text, 36);
}
const hashDigits = 10;
function fitLabel(label, { lifetime }, suffix) {
    const whole = label.trim().toWellFormed();
    const room = maxNameBytes - suffix.length - 1;
    if (Buffer.byteLength(whole) <= room)
        return whole;
    const hash = lifetime.kind === 'rotation' ? '' : `#${hashOfLabel(whole)}`;
    if (room < hash.length)
        return undefined;
    const number = /\d{1,6}$/.exec(whole)?.[0];
    const end = number === undefined ? '' : `..${number}`;
    const kept = room - hash.length - end.length;
    return kept < end.length
        ? `${cutToBytes(whole, room - hash.length).trimEnd()}${hash}`
        : `${cutToBytes(whole, kept).trimEnd()}${end}${hash}`;
}
function hashOfLabel(label) {
    const number = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(label).digest().readBigUInt64BE();
    return number.toString(36).padStart(hashDigits, '0').slice(-hashDigits);
}
function cutToBytes(text, bytes) {
    let used = 0;
    let cut = '';
    for (const character of text) {
        used += Buffer.byteLength(character);
        if (used > bytes)
            return cut;
        cut += character;
    }
    return cut;
}
function matchesKeyName(name, keyName, origin) {
    return name === keyName || hasLabel(name, keyName, origin);
}
function hasMarkOf(name, leaseName) {
    const at = leaseName.lastIndexOf('~gh');
    return name === leaseName || (at >= 0 && name.endsWith(leaseName.slice(at)));
}


/***/ }),

/***/ 5189:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   accessText: () => (/* binding */ accessText),
/* harmony export */   factsOf: () => (/* binding */ factsOf),
/* harmony export */   lostKeyLine: () => (/* binding */ lostKeyLine),
/* harmony export */   nextRoundLine: () => (/* binding */ nextRoundLine),
/* harmony export */   outcomes: () => (/* binding */ outcomes),
/* harmony export */   outputsOf: () => (/* binding */ outputsOf),
/* harmony export */   pullLink: () => (/* binding */ pullLink),
/* harmony export */   resultOfRevocations: () => (/* binding */ resultOfRevocations),
/* harmony export */   revocationLine: () => (/* binding */ revocationLine),
/* harmony export */   revocationsTable: () => (/* binding */ revocationsTable),
/* harmony export */   runLink: () => (/* binding */ runLink),
/* harmony export */   waitLine: () => (/* binding */ waitLine),
/* harmony export */   wrongAccess: () => (/* binding */ wrongAccess)
/* harmony export */ });
/* harmony import */ var _github_run_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6894);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4869);
/* harmony import */ var _neon_json_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5495);
/* harmony import */ var _runner_markdown_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1134);
/* harmony import */ var _name_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4518);





const outcomes = {
    revoked: '✅ revoked',
    'already-revoked': '☑️ was not active',
    'not-found': '☑️ no such key',
    failed: '❌ **may still be active**',
    unsettled: '❌ **may still be created**',
};
function revocationLine(revocation) {
    const { target, how } = revocation;
    const key = keyText(target);
    if (how === 'revoked')
        return `Revoked key ${key}.`;
    if (how === 'already-revoked')
        return `Key ${key} was already revoked${target.name ? '' : ' or never existed'}, so there is nothing to revoke.`;
    if (how === 'not-found')
        return `Neon has no active key ${key}, so there is nothing to revoke.`;
    return how === 'failed'
        ? `Key ${key} may still be active.`
        : `Whether Neon has another key named ${nameText(target)} could not be determined.`;
}
function waitLine(keyCount, waitMs) {
    const keys = `${(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_3__/* .count */ .U9)(keyCount, 'key')} ${keyCount === 1 ? 'is' : 'are'}`;
    return `${keys} missing from Neon's list, which may be out of date. The step tries again in ${Math.ceil(waitMs / 1000)} s.`;
}
function keyText(target) {
    return [target.id, target.name && nameText(target)].filter(Boolean).join(' ');
}
function nameText({ name }) {
    return `"${(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_3__/* .oneLine */ .TN)(name)}"`;
}
function revocationsTable(revocations) {
    const rows = revocations.map(({ target, how }) => [
        (0,_runner_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(target.name) || '–',
        (0,_runner_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(target.id ?? '') || '–',
        outcomes[how],
    ]);
    return (0,_runner_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .table */ .tp)(['Key', 'ID', 'Outcome'], rows);
}
function resultOfRevocations(revocations, more = []) {
    const revoked = revocations.filter(({ how }) => how === 'revoked');
    const failures = [...failuresOf(revocations), ...more];
    return {
        revoked: revoked.length,
        outputs: { revoked_count: String(revoked.length) },
        json: { revoked_key_ids: revoked.map(({ target }) => (0,_neon_json_js__WEBPACK_IMPORTED_MODULE_4__/* .jsonInteger */ .R)(target.id)) },
        failed: (failures.length > 0 ? { failure: failures.join('\n') } : {}),
    };
}
function failuresOf(revocations) {
    const failed = revocations.flatMap((revocation) => revocation.how === 'failed' ? [`${revocationLine(revocation)} ${revocation.error.message}`] : []);
    return failed.length === 0
        ? []
        : [`${failed.length} of ${(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_3__/* .count */ .U9)(revocations.length, 'key')} could not be revoked.`, ...failed];
}
function outputsOf({ id, name, project_id = '', created_at }) {
    return { key_id: id, key_name: name, project_id, created_at };
}
function factsOf({ id, name }, projectId) {
    const access = projectId ? `only project ${(0,_runner_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(projectId)}` : '⚠️ every project of the organization';
    return [
        ['Key', (0,_runner_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(name)],
        ['ID', (0,_runner_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(id)],
        ['Access', access],
    ];
}
function runLink(mark, own) {
    const { repositoryId, runId, runAttempt } = mark;
    return (0,_name_js__WEBPACK_IMPORTED_MODULE_2__/* .isFrom */ .L$)(mark, own)
        ? `[run ${runId}](${own.runsUrl}/${runId}/attempts/${runAttempt})`
        : `run ${runId} of repository ${repositoryId}`;
}
function pullLink(mark, own) {
    const { lifetime } = mark;
    if (lifetime.kind !== 'pull-request' || !(0,_name_js__WEBPACK_IMPORTED_MODULE_2__/* .isFrom */ .L$)(mark, own))
        return '';
    return ` ([#${lifetime.number}](${(0,_github_run_js__WEBPACK_IMPORTED_MODULE_0__/* .serverUrlOf */ .Gh)(own)}/${own.repository}/pull/${lifetime.number}))`;
}
function nextRoundLine(error, next) {
    return `${error.with({ hint: '' }).message} ${next}`;
}
function lostKeyLine(id) {
    return `Neon created key ${id}, but its token was lost with the response, so the key was revoked.`;
}
function wrongAccess(key, projectId) {
    return (`Neon created key ${key.id} for ${accessText(key.project_id)}, but the request was for ${accessText(projectId)}. ` +
        'The step does not return the key, and the post step revokes it. Please report this with the request ID from the debug log.');
}
function accessText(projectId) {
    return projectId ? `project ${projectId}` : 'the whole organization';
}


/***/ }),

/***/ 2600:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Jq: () => (/* binding */ writeState),
/* harmony export */   Vi: () => (/* binding */ stateName),
/* harmony export */   un: () => (/* binding */ readState)
/* harmony export */ });
/* harmony import */ var _lib_api_url_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4664);

const stateName = 'leases';
function writeState({ leases, apiHost, ...rest }) {
    return leases.length === 0 ? '' : JSON.stringify({ ...rest, apiHost: apiHost.href, leases });
}
function readState(text) {
    const { orgId, apiHost, timeoutMs, leases, isPersonal } = (JSON.parse(text) ?? {});
    const isValid = isText(orgId) && /^[a-z0-9-]{1,60}$/.test(orgId) && isText(apiHost) && isTime(timeoutMs) && isFlag(isPersonal);
    if (!isValid || !Array.isArray(leases) || leases.length === 0 || !leases.every(isLease))
        throw new Error('The state that the main step saved is invalid.');
    return { orgId, apiHost: (0,_lib_api_url_js__WEBPACK_IMPORTED_MODULE_0__/* .parseApiUrl */ .nV)(apiHost), timeoutMs, leases, isPersonal };
}
function isFlag(value) {
    return value === undefined || typeof value === 'boolean';
}
function isText(value) {
    return typeof value === 'string';
}
function isTime(value) {
    return Number.isFinite(value);
}
function isLease(value) {
    const { name, requestedAt, respondedAt, id } = (value ?? {});
    const areTimes = [requestedAt, respondedAt].every((time) => time === undefined || isTime(time));
    return isText(name) && areTimes && (id === undefined || (isText(id) && /^\d+$/.test(id)));
}


/***/ }),

/***/ 2024:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ backoffMs),
/* harmony export */   r: () => (/* binding */ waitWithin)
/* harmony export */ });
const longestBackoffMs = 8000;
function backoffMs(attempt, firstMs) {
    return Math.min(firstMs * 2 ** (attempt - 1), longestBackoffMs);
}
const shortestAttemptMs = 1000;
function waitWithin(leftMs, wantedMs) {
    return leftMs < shortestAttemptMs ? undefined : Math.min(wantedMs, leftMs / 2);
}


/***/ }),

/***/ 4570:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ systemClock)
/* harmony export */ });
const systemClock = {
    now: () => Date.now(),
    sleep: (ms, signal) => new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        const abort = () => {
            clearTimeout(timer);
            reject(signal?.reason);
        };
        const timer = setTimeout(() => {
            signal?.removeEventListener('abort', abort);
            resolve();
        }, ms);
        signal?.addEventListener('abort', abort, { once: true });
    }),
};


/***/ }),

/***/ 7838:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  h: () => (/* binding */ NoResponseError),
  f: () => (/* binding */ openHttp)
});

// EXTERNAL MODULE: ./build/lib/api-url.js
var api_url = __webpack_require__(4664);
;// CONCATENATED MODULE: ./build/lib/proxy.js

function proxyFor(host, env) {
    if ((0,api_url/* isLoopback */.U9)(host))
        return undefined;
    const name = proxyVariable(host);
    const value = env[name] || env[name.toUpperCase()];
    if (!value || isExcepted(host, env['no_proxy'] || env['NO_PROXY'] || ''))
        return undefined;
    const proxy = parseProxy(value.includes('://') ? value : `http://${value}`);
    if (proxy)
        return proxy;
    throw new Error(`The variable \`${name}\` of the runner must be the URL of a proxy, such as http://proxy.example.com:3128.`);
}
function proxyVariable({ protocol }) {
    return protocol === 'https:' ? 'https_proxy' : 'http_proxy';
}
function parseProxy(text) {
    try {
        const proxy = new URL(text);
        decodeURIComponent(proxy.username + proxy.password);
        return /^https?:$/.test(proxy.protocol) && proxy.pathname === '/' ? proxy : undefined;
    }
    catch {
        return undefined;
    }
}
function isExcepted({ hostname, host, port, protocol }, noProxy) {
    const withPort = port ? host : `${host}:${protocol === 'https:' ? 443 : 80}`;
    const names = noProxy.toLowerCase().split(',');
    return names
        .map((name) => name.trim())
        .filter((name) => name !== '')
        .some((name) => {
        const suffix = name.startsWith('.') ? name : `.${name}`;
        return name === '*' || [hostname, withPort].some((candidate) => `.${candidate}`.endsWith(suffix));
    });
}

;// CONCATENATED MODULE: ./build/lib/http.js

class NoResponseError extends Error {
    name = 'NoResponseError';
    sent;
    hint;
    constructor(message, { sent, hint, cause }) {
        super(message, { cause });
        this.sent = sent;
        this.hint = hint;
    }
}
const maxResponseBytes = 16 * 1024 * 1024;
const maxSockets = 8;
const proxySince = [24, 5];
async function openHttp(server, { env, nodeVersion = process.versions.node }) {
    const proxy = proxyFor(server, env);
    if (proxy)
        checkProxySupport(server, nodeVersion);
    const { Agent, request } = server.protocol === 'https:' ? await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 4708, 19)) : await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 7067, 19));
    const agent = new Agent({
        keepAlive: true,
        maxSockets,
        proxyEnv: proxy ? { [proxyVariable(server)]: proxy.href } : undefined,
    });
    function exchange({ method, path, headers, body, timeoutMs, signal }) {
        if (signal?.aborted)
            return Promise.reject(new NoResponseError('the step was cancelled before the request was sent', { sent: false }));
        return new Promise((resolve, reject) => {
            const sending = request(server, { agent, method, path, headers, timeout: timeoutMs });
            const isSent = watchConnection(sending);
            const end = (settle) => {
                clearTimeout(timer);
                signal?.removeEventListener('abort', cancel);
                settle();
            };
            const giveUp = (reason) => {
                end(() => reject(new NoResponseError(reason, { sent: isSent() })));
                sending.destroy();
            };
            const fail = (cause) => end(() => reject(noResponse(cause, isSent(), server, proxy)));
            const cancel = () => giveUp('the step was cancelled before there was a response');
            const timer = setTimeout(giveUp, timeoutMs, `no response within ${timeoutMs / 1000} s`);
            signal?.addEventListener('abort', cancel, { once: true });
            sending.on('error', fail);
            sending.once('response', (incoming) => {
                readResponse(incoming).then((response) => end(() => resolve(response)), fail);
            });
            sending.end(body);
        });
    }
    return { exchange };
}
function checkProxySupport(server, nodeVersion) {
    const [major = 0, minor = 0] = nodeVersion.split('.').map(Number);
    const [needsMajor, needsMinor] = proxySince;
    if (major > needsMajor || (major === needsMajor && minor >= needsMinor))
        return;
    throw new Error(`The runner names a proxy for ${server.host} in \`${proxyVariable(server)}\`, which requires Node ${needsMajor}.${needsMinor}; ` +
        `this is Node ${nodeVersion}. Update the runner, or add the host to \`no_proxy\`.`);
}
function watchConnection(sending) {
    let isEstablished = false;
    sending.once('socket', (socket) => {
        const pending = sending.reusedSocket ? undefined : pendingEvent(socket);
        if (pending === undefined)
            isEstablished = true;
        else
            socket.once(pending, () => (isEstablished = true));
    });
    return () => isEstablished;
}
function pendingEvent(socket) {
    if (socket.getFinished === undefined)
        return socket.connecting ? 'connect' : undefined;
    return socket.getFinished() === undefined ? 'secureConnect' : undefined;
}
async function readResponse(response) {
    const chunks = [];
    let bytes = 0;
    for await (const chunk of response) {
        bytes += chunk.length;
        if (bytes > maxResponseBytes)
            throw new Error(tooLarge);
        chunks.push(chunk);
    }
    const { statusCode: status = 0, headers } = response;
    return { status, headers, body: await decode(Buffer.concat(chunks), headers['content-encoding']) };
}
const tooLarge = 'the response is larger than 16 MiB';
async function decode(body, encoding = 'identity') {
    if (encoding === 'identity' || body.length === 0)
        return body;
    if (!/^(?:x-)?gzip$/i.test(encoding))
        throw new Error(`the response has the unsupported content encoding ${encoding}`);
    const { gunzipSync } = await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 8522, 19));
    return gunzipSync(body, { maxOutputLength: maxResponseBytes });
}
function noResponse(cause, sent, server, proxy) {
    const { code, message } = firstCause(cause);
    const text = message.includes(code) || code.startsWith('ERR_') ? message : `${code}: ${message}`;
    return new NoResponseError(text, { sent, hint: sent ? undefined : connectionHintFor(code, server, proxy), cause });
}
function firstCause(error) {
    const inner = error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error;
    const { code = '', message = '' } = inner;
    return { code, message };
}
const untrusted = /^(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(?:VERIFY_LEAF|GET_ISSUER)_.*)$/;
function connectionHintFor(code, { host }, proxy) {
    if (untrusted.test(code)) {
        return (`The runner does not trust the certificate of ${host}, as happens behind a proxy that inspects TLS. ` +
            'Set NODE_EXTRA_CA_CERTS in the environment of the runner or the job to the path of the CA certificate (PEM).');
    }
    if (code === 'CERT_HAS_EXPIRED')
        return `The certificate of ${host} has expired, or the clock of the runner is wrong.`;
    if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
        return `The server presented a certificate that is not for ${host}.`;
    return proxy && `Check the proxy ${proxy.origin} from the proxy variables of the runner, and NO_PROXY.`;
}


/***/ }),

/***/ 6480:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ userAgent)
/* harmony export */ });
const userAgent = 'neon-org-action/0.1.0';


/***/ }),

/***/ 7683:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Zu: () => (/* binding */ connectNeon)
});

// UNUSED EXPORTS: neonEndpoints, noteTime

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./build/lib/version.js
var version = __webpack_require__(6480);
;// CONCATENATED MODULE: ./build/neon/needs.js
const needs = {
    admin: 'the personal API key of an organization admin',
    member: 'a personal API key of a member of the organization, or an organization API key that is not scoped to a project',
    personal: 'a personal API key',
    active: 'an active key',
};
const checkOrganization = 'Check `org_id`: this organization does not exist, or the owner of the key is not in it.';

;// CONCATENATED MODULE: ./build/neon/responses.js
function asObject(body) {
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? body : undefined;
}
function asEmpty(body) {
    const object = asObject(body);
    return object !== undefined && Object.keys(object).length === 0 ? object : undefined;
}
function hasTexts(body, ...names) {
    const object = asObject(body);
    return object !== undefined && names.every((name) => typeof object[name] === 'string' && object[name] !== '');
}

;// CONCATENATED MODULE: ./build/neon/key-endpoints.js


function keyEndpoints(send, orgId, limitCreating) {
    return { getAuthDetails: authDetails(send), ...organizationKeys(send, orgId, limitCreating), ...ownKeys(send) };
}
function authDetails(send) {
    return () => send({
        operationId: 'getAuthDetails',
        method: 'GET',
        path: '/auth',
        idempotent: true,
        needs: needs.active,
        checkWhenNotFound: 'Check `api_host`.',
        read: asObject,
    });
}
function organizationKeys(send, orgId, limitCreating) {
    const path = `/organizations/${orgId}/api_keys`;
    return {
        listOrgApiKeys: () => send({
            ...listing,
            operationId: 'listOrgApiKeys',
            path,
            needs: needs.member,
            checkWhenNotFound: checkOrganization,
        }),
        createOrgApiKey: (key) => send({
            ...creating,
            operationId: 'createOrgApiKey',
            path,
            body: key,
            limit: limitCreating,
            needs: needs.admin,
            checkWhenNotFound: 'Check `org_id` and `project_id`: one of them does not exist, or the owner of the key is not in the organization.',
        }),
        revokeOrgApiKey: (keyId) => send({
            ...revoking(keyId),
            operationId: 'revokeOrgApiKey',
            path: `${path}/${keyId}`,
            needs: needs.admin,
            checkWhenNotFound: checkOrganization,
        }),
    };
}
function ownKeys(send) {
    const personal = { needs: needs.personal, checkWhenNotFound: '' };
    return {
        listApiKeys: () => send({ ...listing, ...personal, operationId: 'listApiKeys', path: '/api_keys' }),
        createApiKey: (key) => send({ ...creating, ...personal, operationId: 'createApiKey', path: '/api_keys', body: key }),
        revokeApiKey: (keyId) => send({ ...revoking(keyId), ...personal, operationId: 'revokeApiKey', path: `/api_keys/${keyId}` }),
    };
}
const listing = { method: 'GET', idempotent: true, read: asKeys };
const creating = {
    method: 'POST',
    idempotent: false,
    read: (body) => {
        const created = asKey(body);
        return created && isToken(created.key) ? created : undefined;
    },
};
function revoking(keyId) {
    return {
        method: 'DELETE',
        idempotent: true,
        read: (body) => {
            const revoked = asKey(body);
            return revoked?.id === keyId && revoked.revoked === true ? revoked : undefined;
        },
    };
}
function asKey(body) {
    const key = asObject(body);
    const id = asKeyId(key?.id);
    if (!key || id === undefined || typeof key.name !== 'string')
        return undefined;
    return { ...key, id, created_at: typeof key.created_at === 'string' ? key.created_at : '' };
}
function asKeyId(id) {
    const exact = typeof id === 'number' ? Number.isSafeInteger(id) && id > 0 : /^[1-9]\d{15,18}$/.test(String(id));
    return exact && typeof id !== 'object' ? String(id) : undefined;
}
function asKeys(body) {
    if (!Array.isArray(body))
        return undefined;
    const keys = body.map((item) => {
        const key = asKey(item);
        if (key)
            delete key.key;
        return key;
    });
    return keys.includes(undefined) ? undefined : keys;
}
function isToken(key) {
    return typeof key === 'string' && /^[\x21-\x7e]{16,}$/.test(key);
}

// EXTERNAL MODULE: ./build/neon/endpoints.js
var endpoints = __webpack_require__(183);
// EXTERNAL MODULE: ./build/neon/errors.js
var errors = __webpack_require__(666);
;// CONCATENATED MODULE: ./build/neon/organization-endpoints.js




function organizationEndpoints(send, orgId) {
    const path = `/organizations/${orgId}`;
    return {
        getOrganization: () => send({ ...reading, operationId: 'getOrganization', path, read: asObject }),
        getCurrentUserInfo: () => send({
            ...reading,
            operationId: 'getCurrentUserInfo',
            path: '/users/me',
            needs: needs.personal,
            checkWhenNotFound: '',
            read: (body) => (hasTexts(body, 'id', 'email') ? body : undefined),
        }),
        ...memberEndpoints(send, `${path}/members`),
        ...invitationEndpoints(send, `${path}/invitations`),
    };
}
const reading = {
    method: 'GET',
    idempotent: true,
    needs: needs.member,
    checkWhenNotFound: checkOrganization,
};
const checkMember = 'Check `org_id` and the ID of the member: there is no such member in this organization.';
const aboutMember = { idempotent: true, needs: needs.admin, checkWhenNotFound: checkMember };
const membersPerPage = 500;
function memberEndpoints(send, path) {
    const pathOf = (memberId) => `${path}/${inPath(memberId)}`;
    const pageQuery = `limit=${membersPerPage}&sort_by=joined_at&sort_order=asc`;
    const readPage = (cursor) => send({
        ...reading,
        operationId: 'getOrganizationMembers',
        path: `${path}?${pageQuery}${cursor && `&cursor=${inPath(cursor)}`}`,
        read: asMembersPage,
    });
    return {
        getOrganizationMembers: () => readAllPages(readPage),
        getOrganizationMember: (memberId) => send({
            ...reading,
            operationId: 'getOrganizationMember',
            path: pathOf(memberId),
            checkWhenNotFound: checkMember,
            read: asMember,
        }),
        updateOrganizationMember: (memberId, role) => send({
            ...aboutMember,
            operationId: 'updateOrganizationMember',
            method: 'PATCH',
            path: pathOf(memberId),
            body: { role },
            read: (body) => {
                const member = asMember(body);
                return member?.id === memberId && (0,endpoints/* isSameRole */.Jp)(member.role, role) ? member : undefined;
            },
        }),
        removeOrganizationMember: async (memberId) => {
            const request = { operationId: 'removeOrganizationMember', method: 'DELETE', path: pathOf(memberId) };
            await send({ ...aboutMember, ...request, read: asEmpty });
        },
    };
}
function invitationEndpoints(send, path) {
    return {
        getOrganizationInvitations: () => send({ ...reading, operationId: 'getOrganizationInvitations', path, read: asInvitations }),
        createOrganizationInvitations: (invitations) => send({
            operationId: 'createOrganizationInvitations',
            method: 'POST',
            path,
            body: { invitations },
            idempotent: false,
            needs: needs.admin,
            checkWhenNotFound: checkOrganization,
            read: asInvitations,
        }),
    };
}
function inPath(text) {
    return encodeURIComponent(text.toWellFormed());
}
async function readAllPages(readPage) {
    const rows = new Map();
    let wasEmpty = false;
    for (let cursor = '';;) {
        const page = await readPage(cursor);
        const isEmpty = page.rows.length === 0;
        const known = rows.size;
        for (const row of page.rows)
            rows.set(row.member.id, row);
        if (page.next === '' || (isEmpty && wasEmpty))
            return [...rows.values()];
        if (!isEmpty && rows.size === known)
            throw endlessPages();
        wasEmpty = isEmpty;
        cursor = page.next;
    }
}
function endlessPages() {
    return new errors/* NeonError */.T({
        operationId: 'getOrganizationMembers',
        method: 'GET',
        path: '/…/members',
        kind: 'unknown',
        reason: 'a page has a cursor for the next page, but only members of earlier pages',
        requestId: 'in the debug log',
    });
}
function asMembersPage(body) {
    const { members, pagination } = asObject(body) ?? {};
    const next = asObject(pagination)?.next ?? '';
    if (!Array.isArray(members) || typeof next !== 'string')
        return undefined;
    const isComplete = members.every((row) => asMember(row?.member) && hasTexts(row.user, 'email'));
    return isComplete ? { rows: members.map(withoutNull), next } : undefined;
}
function withoutNull({ member, user }) {
    const { deactivated_at, ...rest } = user;
    return { member, user: deactivated_at ? user : rest };
}
function asMember(body) {
    return hasTexts(body, 'id', 'user_id', 'role') ? body : undefined;
}
function asInvitations(body) {
    const { invitations } = asObject(body) ?? {};
    if (!Array.isArray(invitations))
        return undefined;
    const isComplete = invitations.every((one) => hasTexts(one, 'id', 'email', 'role', 'invited_at'));
    return isComplete ? invitations : undefined;
}

;// CONCATENATED MODULE: ./build/neon/rate-limit.js
function rateLimit(clock, perSecond, burst) {
    const spacing = 1000 / perSecond;
    let fullAt = Number.NEGATIVE_INFINITY;
    let last = fullAt;
    return async (signal) => {
        const now = clock.now();
        if (now < last)
            fullAt -= last - now;
        last = now;
        fullAt = Math.max(fullAt, now) + spacing;
        const wait = fullAt - now - burst * spacing;
        if (wait > 0)
            await clock.sleep(wait, signal);
    };
}
const overall = { perSecond: 11, burst: 10 };
const creatingKeys = { perSecond: 10, burst: 1 };

// EXTERNAL MODULE: ./build/lib/http.js + 1 modules
var lib_http = __webpack_require__(7838);
// EXTERNAL MODULE: ./build/lib/text.js
var lib_text = __webpack_require__(4869);
// EXTERNAL MODULE: ./build/neon/json.js
var json = __webpack_require__(5495);
// EXTERNAL MODULE: ./build/neon/retry.js
var neon_retry = __webpack_require__(9267);
;// CONCATENATED MODULE: ./build/neon/requests.js





function createRequester(options) {
    const { clock, retry, limit, cancelled } = options;
    let credential;
    async function attempt(request) {
        await limit(cancelled);
        await request.limit?.(cancelled);
        cancelled?.throwIfAborted();
        return exchangeOnce(request, options, options.timeoutMs);
    }
    async function hintFor(error, request) {
        if (!isRefusalOfKey(error))
            return hintWithoutKey(error, request);
        if (!cancelled?.aborted)
            credential ??= describeCredential(options);
        return `${(await credential) ?? ''}${request.operationId} requires ${request.needs}.`;
    }
    async function prepareNextAttempt(request, error, attempts, maybeDone) {
        const mayRepeat = request.idempotent && !cancelled?.aborted;
        const wait = mayRepeat ? (0,neon_retry/* waitBeforeRetry */.jy)(error.facts, attempts, options.random(), retry) : undefined;
        if (wait === undefined)
            throw error.with({ attempts, maybeDone, hint: await hintFor(error, request) });
        options.info(`${error.message} ${(0,neon_retry/* announceAttempt */.v)(attempts + 1, wait, retry)}`);
        await clock.sleep(wait, cancelled);
    }
    return async function send(request) {
        let maybeDone = false;
        for (let attempts = 1;; attempts += 1) {
            try {
                return await attempt(request);
            }
            catch (error) {
                if (!(error instanceof errors/* NeonError */.T))
                    throw error;
                await prepareNextAttempt(request, error, attempts, maybeDone);
                maybeDone ||= error.facts.kind !== 'not-done';
            }
        }
    };
}
async function exchangeOnce(request, options, timeoutMs) {
    const { operationId, method, path, body } = request;
    const requestId = options.newRequestId();
    const started = options.clock.now();
    const fail = (kind, reason, more = {}, cause) => new errors/* NeonError */.T({ operationId, method, path, kind, reason, requestId, ...more }, cause);
    let response;
    try {
        const signal = options.abandoned;
        response = await options.transport.exchange({ method, path, body, requestId, timeoutMs, signal });
    }
    catch (error) {
        if (!(error instanceof lib_http/* NoResponseError */.h))
            throw error;
        const { sent, message, hint } = error;
        throw fail(sent ? 'unknown' : 'not-done', (0,lib_text/* oneLine */.TN)(message), { hint }, error);
    }
    options.debug(`${method} ${path}: ${response.status} in ${options.clock.now() - started} ms (request ID ${requestId})`);
    const parsed = tryParse(response.text);
    if (response.status < 300) {
        const value = request.read(parsed);
        if (value === undefined) {
            const reason = `with ${bodyOf(response)} that this endpoint does not return`;
            throw fail('unknown', reason, { status: response.status });
        }
        return value;
    }
    const respondedAt = (0,neon_retry/* parseHttpDate */.m6)(single(response.headers['date'])) ?? options.clock.now();
    const retryAfterMs = (0,neon_retry/* parseRetryAfter */.mu)(single(response.headers['retry-after']), respondedAt);
    throw fail(kindOf(response.status, parsed), reasonInResponse(response, parsed), {
        status: response.status,
        retryAfterMs,
        ...errorBody(parsed),
    });
}
function tryParse(text) {
    try {
        return (0,json/* parseJson */.q)(text);
    }
    catch {
        return undefined;
    }
}
function single(header) {
    return Array.isArray(header) ? header[0] : header;
}
function kindOf(status, parsed) {
    if (status === 423 || status === 429)
        return isNeonError(parsed) ? 'not-done' : 'unavailable';
    if (status === 503)
        return 'unavailable';
    if (status >= 500 || status === 408)
        return 'unknown';
    return isNeonError(parsed) ? 'refused' : 'unknown';
}
function isNeonError(parsed) {
    const { code, message } = (parsed ?? {});
    return typeof code === 'string' && typeof message === 'string';
}
function errorBody(parsed) {
    const { code, request_id: requestId } = (parsed ?? {});
    return {
        ...(typeof code === 'string' && code !== '' ? { code: (0,lib_text/* withoutTokens */.N_)(code) } : {}),
        ...(typeof requestId === 'string' && requestId !== '' ? { requestId: (0,lib_text/* withoutTokens */.N_)(requestId) } : {}),
    };
}
function reasonInResponse(response, parsed) {
    const location = single(response.headers['location']);
    if (response.status < 400 && location !== undefined)
        return `with a redirect to ${(0,lib_text/* withoutTokens */.N_)(location)}, which is not followed because the request contains the key`;
    if (!isNeonError(parsed))
        return `with ${bodyOf(response)} that is not an error from Neon's API`;
    return parsed.message === '' ? 'without a message' : `"${(0,lib_text/* withoutTokens */.N_)(parsed.message)}"`;
}
function bodyOf({ text }) {
    const title = (0,lib_text/* withoutTokens */.N_)((0,lib_text/* pageTitle */.W)(text));
    return title === '' ? 'a body' : `a page titled "${title}"`;
}
function isForeignOrganization({ facts: { kind, reason } }) {
    return kind === 'refused' && reason.includes('not an organization member');
}
function isRefusalOfKey(error) {
    const { kind, status, reason } = error.facts;
    if (kind !== 'refused' || isForeignOrganization(error))
        return false;
    return status === 401 || status === 403 || (status === 404 && reason.startsWith('"not allowed '));
}
const refusedKey = 'Neon does not accept the key in `api_key` at all: it was revoked, is mistyped, or belongs to another `api_host`. ';
const kindsOfKey = new Map([
    ['api_key_user', 'The key in `api_key` is a personal API key, so its owner lacks the required permission. '],
    ['api_key_org', 'The key in `api_key` is an organization API key, or scoped to a project. '],
]);
async function describeCredential(options) {
    const authDetailsRequest = {
        operationId: 'getAuthDetails',
        method: 'GET',
        path: '/auth',
        read: (body) => kindsOfKey.get(body?.auth_method) ?? '',
    };
    try {
        return await exchangeOnce(authDetailsRequest, options, Math.min(options.timeoutMs, 5000));
    }
    catch (error) {
        return error instanceof errors/* NeonError */.T && error.facts.status === 401 ? refusedKey : '';
    }
}
const hints = {
    refused: '',
    unavailable: 'Neon is not available right now (https://neonstatus.com). Run this job again later.',
    'not-done': 'Check `api_host`, the network, and HTTPS_PROXY and NO_PROXY of the runner.',
    unknown: 'Check `api_host`, and the proxies and gateways between this runner and Neon.',
};
const hintsByStatus = {
    423: 'Neon has locked the resource while another operation runs. Run this job again later.',
    429: 'Neon allows 700 requests a minute per account. Run fewer jobs at the same time, or run this job again in a minute.',
};
function hintWithoutKey(error, request) {
    const { kind, status = 0, hint } = error.facts;
    if (isForeignOrganization(error) || (kind === 'refused' && status === 404))
        return request.checkWhenNotFound;
    if (status >= 300 && status < 400)
        return 'Set `api_host` to a URL that does not redirect.';
    const advice = hint ?? hintsByStatus[status] ?? hints[kind];
    if (kind === 'unknown' && request.method !== 'GET')
        return `Whether Neon carried it out is unknown. ${advice}`;
    return kind === 'not-done' && status === 0 ? `Nothing was sent. ${advice}` : advice;
}

;// CONCATENATED MODULE: ./build/neon/transport.js

async function openTransport({ apiHost, apiKey, userAgent, ...environment }) {
    const http = await (0,lib_http/* openHttp */.f)(apiHost, environment);
    const basePath = apiHost.pathname.replace(/\/$/, '');
    async function exchange({ method, path, body, requestId, timeoutMs, signal }) {
        const headers = {
            authorization: `Bearer ${apiKey}`,
            accept: 'application/json',
            'accept-encoding': 'identity',
            'user-agent': userAgent,
            'x-request-id': requestId,
        };
        if (body !== undefined)
            headers['content-type'] = 'application/json';
        const response = await http.exchange({
            method,
            path: basePath + path,
            headers,
            body: body === undefined ? undefined : JSON.stringify(body),
            timeoutMs,
            signal,
        });
        const text = new TextDecoder().decode(response.body);
        if (response.status < 300 && text.includes(apiKey))
            throw new lib_http/* NoResponseError */.h('the response contained the API key in use, so it is not from Neon', { sent: true });
        return { status: response.status, headers: response.headers, text };
    }
    return { exchange };
}

;// CONCATENATED MODULE: ./build/neon/connect.js








async function connectNeon(options) {
    const { apiHost, apiKey, orgId, clock, env } = options;
    const transport = await openTransport({ apiHost, apiKey, env, userAgent: version/* userAgent */.N });
    const { exchange, now, hasTime } = noteTime(transport, clock);
    const send = createRequester({
        retry: neon_retry/* defaultRetry */.iU,
        ...options,
        transport: { exchange },
        newRequestId: external_node_crypto_.randomUUID,
        limit: rateLimit(clock, overall.perSecond, overall.burst),
    });
    const limitCreating = rateLimit(clock, creatingKeys.perSecond, creatingKeys.burst);
    return { now, hasTime, ...neonEndpoints(send, orgId, limitCreating) };
}
function neonEndpoints(send, orgId, limitCreating) {
    return { ...keyEndpoints(send, orgId, limitCreating), ...organizationEndpoints(send, orgId) };
}
function noteTime({ exchange }, clock) {
    let aheadMs;
    const noted = async (request) => {
        const response = await exchange(request);
        const date = Date.parse(String(response.headers['date']));
        if (!Number.isNaN(date))
            aheadMs = date - clock.now();
        return response;
    };
    return { exchange: noted, now: () => clock.now() + (aheadMs ?? 0), hasTime: () => aheadMs !== undefined };
}


/***/ }),

/***/ 183:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Jp: () => (/* binding */ isSameRole),
/* harmony export */   Tu: () => (/* binding */ readOnly),
/* harmony export */   YC: () => (/* binding */ toNeonJson),
/* harmony export */   rL: () => (/* binding */ personalKeys)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5495);

function isSameRole(a, b) {
    const current = (role) => (role === 'member' ? 'editor' : role);
    return current(a) === current(b);
}
function personalKeys(neon) {
    return {
        listOrgApiKeys: () => neon.listApiKeys(),
        createOrgApiKey: ({ key_name }) => neon.createApiKey({ key_name }),
        revokeOrgApiKey: (keyId) => neon.revokeApiKey(keyId),
    };
}
function readOnly(neon) {
    const { now, hasTime, getAuthDetails, getOrganization, listOrgApiKeys, listApiKeys, getCurrentUserInfo } = neon;
    const { getOrganizationMembers, getOrganizationMember, getOrganizationInvitations } = neon;
    return {
        now,
        hasTime,
        getAuthDetails,
        getOrganization,
        listOrgApiKeys,
        listApiKeys,
        getCurrentUserInfo,
        getOrganizationMembers,
        getOrganizationMember,
        getOrganizationInvitations,
    };
}
function toNeonJson(key) {
    return { ...key, id: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .jsonInteger */ .R)(key.id) };
}


/***/ }),

/***/ 666:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ NeonError)
/* harmony export */ });
class NeonError extends Error {
    name = 'NeonError';
    facts;
    constructor(facts, cause) {
        super(describeNeonFailure(facts), { cause });
        this.facts = facts;
    }
    get wasNeverSent() {
        return this.facts.kind === 'not-done' && this.facts.status === undefined;
    }
    with(more) {
        return new NeonError({ ...this.facts, ...more }, this.cause);
    }
}
const failureVerbs = {
    refused: 'was refused',
    'not-done': 'was not carried out',
    unavailable: 'failed',
    unknown: 'got no usable response',
};
function describeNeonFailure({ operationId, method, path, kind, status, code, reason, requestId, attempts = 1, hint, }) {
    const response = [status, code, reason].filter((part) => part !== undefined && part !== '').join(' ');
    const tried = attempts > 1 ? `, tried ${attempts} times` : '';
    const line = `${operationId} (${method} ${path}) ${failureVerbs[kind]}: ${response} (request ID ${requestId}${tried}).`;
    return hint ? `${line}\n${hint}` : line;
}


/***/ }),

/***/ 5495:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ jsonInteger),
/* harmony export */   q: () => (/* binding */ parseJson)
/* harmony export */ });
const exactIntegers = (_key, value, { source }) => !Number.isSafeInteger(value) && source !== undefined && /^-?\d+$/.test(source) ? source : value;
function parseJson(text) {
    return JSON.parse(text, exactIntegers);
}
function jsonInteger(text) {
    return JSON.rawJSON(text);
}


/***/ }),

/***/ 9267:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E4: () => (/* binding */ sendOnce),
/* harmony export */   iU: () => (/* binding */ defaultRetry),
/* harmony export */   jy: () => (/* binding */ waitBeforeRetry),
/* harmony export */   m6: () => (/* binding */ parseHttpDate),
/* harmony export */   mu: () => (/* binding */ parseRetryAfter),
/* harmony export */   v: () => (/* binding */ announceAttempt)
/* harmony export */ });
/* harmony import */ var _lib_backoff_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2024);

const sendOnce = { attempts: 1, longestWaitMs: 0 };
const defaultRetry = { attempts: 5, longestWaitMs: 60_000 };
const firstWaitMs = 500;
function waitBeforeRetry(facts, attempt, random, policy) {
    const { kind, status = 0, retryAfterMs = 0 } = facts;
    const isRedirect = status >= 300 && status < 400;
    if (kind === 'refused' || isRedirect || attempt >= policy.attempts)
        return undefined;
    if (retryAfterMs > policy.longestWaitMs)
        return undefined;
    return Math.min(waitMs(retryAfterMs, attempt, random), policy.longestWaitMs);
}
function waitMs(retryAfterMs, attempt, random) {
    const ceilingMs = (0,_lib_backoff_js__WEBPACK_IMPORTED_MODULE_0__/* .backoffMs */ .j)(attempt, firstWaitMs);
    return Math.max(retryAfterMs + random * firstWaitMs, ceilingMs / 2 + (random * ceilingMs) / 2);
}
function announceAttempt(attempt, waitMs, { attempts }) {
    return `Attempt ${attempt} of ${attempts} in ${Number((waitMs / 1000).toPrecision(2))} s.`;
}
function parseRetryAfter(header, respondedAt) {
    if (header === undefined)
        return undefined;
    if (/^\d+$/.test(header))
        return Number(header) * 1000;
    const date = parseHttpDate(header);
    return date === undefined ? undefined : Math.max(0, date - respondedAt);
}
function parseHttpDate(header) {
    const date = header !== undefined && /\bGMT$/.test(header) ? Date.parse(header) : Number.NaN;
    return Number.isNaN(date) ? undefined : date;
}


/***/ }),

/***/ 804:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  j: () => (/* binding */ createRunner)
});

// EXTERNAL MODULE: external "crypto"
var external_crypto_ = __webpack_require__(6982);
// EXTERNAL MODULE: external "fs"
var external_fs_ = __webpack_require__(9896);
// EXTERNAL MODULE: external "os"
var external_os_ = __webpack_require__(857);
// EXTERNAL MODULE: ./node_modules/@actions/core/lib/utils.js
var utils = __webpack_require__(4679);
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/file-command.js
// For internal use, subject to change.
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */




function issueFileCommand(command, message) {
    const filePath = process.env[`GITHUB_${command}`];
    if (!filePath) {
        throw new Error(`Unable to find environment variable for file command ${command}`);
    }
    if (!external_fs_.existsSync(filePath)) {
        throw new Error(`Missing file at path: ${filePath}`);
    }
    external_fs_.appendFileSync(filePath, `${(0,utils/* toCommandValue */.E)(message)}${external_os_.EOL}`, {
        encoding: 'utf8'
    });
}
function prepareKeyValueMessage(key, value) {
    const delimiter = `ghadelimiter_${external_crypto_.randomUUID()}`;
    const convertedValue = (0,utils/* toCommandValue */.E)(value);
    // These should realistically never happen, but just in case someone finds a
    // way to exploit uuid generation let's not allow keys or values that contain
    // the delimiter.
    if (key.includes(delimiter)) {
        throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
    }
    if (convertedValue.includes(delimiter)) {
        throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
    }
    return `${key}<<${delimiter}${external_os_.EOL}${convertedValue}${external_os_.EOL}${delimiter}`;
}
//# sourceMappingURL=file-command.js.map
// EXTERNAL MODULE: ./build/runner/log.js + 2 modules
var runner_log = __webpack_require__(9327);
;// CONCATENATED MODULE: ./build/runner/commands.js


function createRunner(log = (0,runner_log/* createLog */.h)()) {
    const { redact, readable, warning } = log;
    return {
        ...log,
        setOutput: (name, value) => issueFileCommand('OUTPUT', prepareKeyValueMessage(name, value)),
        exportVariable: (name, value) => issueFileCommand('ENV', prepareKeyValueMessage(name, value)),
        saveState: (name, value) => issueFileCommand('STATE', prepareKeyValueMessage(name, redact(value))),
        appendSummary(markdown) {
            try {
                if (process.env['GITHUB_STEP_SUMMARY'])
                    issueFileCommand('STEP_SUMMARY', readable(markdown));
            }
            catch (error) {
                warning(`The job summary could not be written: ${error.message}`);
            }
        },
    };
}


/***/ }),

/***/ 1134:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CS: () => (/* binding */ prose),
/* harmony export */   Ix: () => (/* binding */ facts),
/* harmony export */   KW: () => (/* binding */ age),
/* harmony export */   OF: () => (/* binding */ fenced),
/* harmony export */   U$: () => (/* binding */ maxOpenRows),
/* harmony export */   aY: () => (/* binding */ code),
/* harmony export */   kB: () => (/* binding */ time),
/* harmony export */   mW: () => (/* binding */ fitSummary),
/* harmony export */   nf: () => (/* binding */ link),
/* harmony export */   pI: () => (/* binding */ fitComment),
/* harmony export */   pj: () => (/* binding */ plain),
/* harmony export */   tp: () => (/* binding */ table),
/* harmony export */   uW: () => (/* binding */ section),
/* harmony export */   vd: () => (/* binding */ foldedTable),
/* harmony export */   zH: () => (/* binding */ details)
/* harmony export */ });
/* harmony import */ var _lib_email_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3520);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4869);


const maxCommentLength = 65_536;
const maxSummaryBytes = 1024 * 1024 - 1024;
function code(text, shown = _lib_email_js__WEBPACK_IMPORTED_MODULE_0__/* .maskEmails */ ._g) {
    const line = shown((0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)(text));
    if (line === '')
        return '';
    return /[`|\\]/.test(line) ? `<code>${(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .entities */ .O5)(line)}</code>` : `\`${line}\``;
}
function plain(text, shown = _lib_email_js__WEBPACK_IMPORTED_MODULE_0__/* .maskEmails */ ._g) {
    return (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .entities */ .O5)(shown((0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)(text)));
}
function prose(text, shown = _lib_email_js__WEBPACK_IMPORTED_MODULE_0__/* .maskEmails */ ._g) {
    const marked = (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)(text).replace(/\brequest ID ([\w:.-]*\w)/g, 'request ID `$1`');
    const parts = shown(marked).split('`');
    return parts.map((part, index) => (index % 2 === 0 ? (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .entities */ .O5)(part) : code(part, shown))).join('');
}
function time(iso) {
    const date = new Date(iso);
    return Number.isNaN(date.getTime()) ? plain(iso) : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
function age(ms) {
    const minutes = Math.max(0, Math.floor(ms / 60_000));
    if (Number.isNaN(minutes))
        return 'unknown';
    if (minutes < 120)
        return `${minutes}\u00a0min`;
    return minutes < 48 * 60 ? `${Math.floor(minutes / 60)}\u00a0h` : `${Math.floor(minutes / 1440)}\u00a0d`;
}
function table(head, rows) {
    const line = (cells) => `| ${cells.join(' | ')} |`;
    return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
const maxOpenRows = 20;
function section(title, head, rows, note = '') {
    if (rows.length === 0)
        return '';
    return `#### ${title}\n\n${note && `${note}\n\n`}${foldedTable(head, rows)}`;
}
function foldedTable(head, rows) {
    const all = table(head, rows);
    return rows.length > maxOpenRows ? details(`${rows.length} rows`, all) : all;
}
function link(markdown, url) {
    const address = encodeURI(url).replace(/[()]/g, (one) => (one === '(' ? '%28' : '%29'));
    return `[${markdown}](${address})`;
}
function details(title, markdown) {
    return `<details><summary>${(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .entities */ .O5)(title)}</summary>\n\n${markdown}\n\n</details>`;
}
function fenced(language, text) {
    const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
    const fence = '`'.repeat(longest + 1);
    return `${fence}${language}\n${text.trimEnd()}\n${fence}`;
}
function facts([first, ...rest]) {
    return table(first, rest.map(([name, value]) => [`**${name}**`, value]));
}
function fitSummary(markdown) {
    if (Buffer.byteLength(markdown) <= maxSummaryBytes)
        return markdown;
    let used = 0;
    const lines = markdown.trimEnd().split('\n');
    const fitting = lines.findIndex((line) => {
        used += Buffer.byteLength(line) + 1;
        return used > maxSummaryBytes;
    });
    return `${lines.slice(0, fitting).join('\n')}\n\n… and ${lines.length - fitting} more lines, which do not fit into GitHub's limit of 1 MiB.\n`;
}
function fitComment(markdown, end) {
    const maxLength = maxCommentLength - end.length - 500;
    if (markdown.length <= maxLength)
        return markdown + end;
    const cut = markdown.slice(0, markdown.lastIndexOf('\n', maxLength));
    return `${cut}\n\n… and more, which does not fit into a comment. See the job summary.\n${end}`;
}


/***/ }),

/***/ 1076:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ releaseMarks)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);



function releaseMarks({ RUNNER_TEMP: folder }) {
    const fileOf = (name) => folder && (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, `neon-org-action-released-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(name).digest('hex')}`);
    return {
        add(name) {
            const file = fileOf(name);
            if (file)
                (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.writeFileSync)(file, '', { mode: 0o600 });
        },
        remove(name) {
            const file = fileOf(name);
            try {
                if (file)
                    (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.rmSync)(file, { force: true });
            }
            catch {
            }
        },
        has(name) {
            const file = fileOf(name);
            return file ? (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.existsSync)(file) : false;
        },
    };
}


/***/ })

};
