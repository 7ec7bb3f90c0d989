export const id = 312;
export const ids = [312];
export const modules = {

/***/ 7503:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ repositoryOf),
/* harmony export */   h: () => (/* binding */ readWorkflowRun)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);

/** @throws Error that names the variables that are missing or no number */
function readWorkflowRun(env) {
    const missing = [];
    const number = (name) => {
        const value = /^\d+$/.test(env[name] ?? '') ? Number(env[name]) : Number.NaN;
        if (!Number.isSafeInteger(value))
            missing.push(name);
        return value;
    };
    const serverUrl = env['GITHUB_SERVER_URL'] || 'https://github.com';
    const server = serverOf(serverUrl);
    const run = {
        ...(server === undefined ? {} : { server }),
        repositoryId: number('GITHUB_REPOSITORY_ID'),
        runId: number('GITHUB_RUN_ID'),
        runAttempt: number('GITHUB_RUN_ATTEMPT'),
        repository: env['GITHUB_REPOSITORY'] ?? '',
        runsUrl: `${serverUrl}/${env['GITHUB_REPOSITORY'] ?? ''}/actions/runs`,
        job: env['GITHUB_JOB'] ?? '',
    };
    if (missing.length > 0) {
        throw new Error(`${missing.join(', ')} must be set to a number: a key's name says which run it belongs to. GitHub's runner sets them; ` +
            'outside of it (act, a test) set them in the environment.');
    }
    return run;
}
/** A server of one's own counts its repositories and runs anew. */
function serverOf(url) {
    const host = url
        .replace(/^https?:\/\//i, '')
        .replace(/\/.*$/, '')
        .toLowerCase();
    if (host === 'github.com')
        return undefined;
    const number = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(host).digest().readUInt32BE();
    return (number % 36 ** 3).toString(36).padStart(3, '0');
}
/** @throws Error when the runner did not say which repository this is */
function repositoryOf({ repository }) {
    const [owner = '', repo = '', ...rest] = repository.split('/');
    if (owner && repo && rest.length === 0)
        return { owner, repo };
    throw new Error("GITHUB_REPOSITORY must be the repository as `owner/name`: GitHub's runner sets it.");
}


/***/ }),

/***/ 8357:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ mint)
/* harmony export */ });
/* harmony import */ var _neon_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(666);
/* harmony import */ var _neon_retry_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9267);
/* harmony import */ var _name_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4518);
/* harmony import */ var _revoke_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7747);




/** How many names are tried before the step gives up: each costs one POST, and a lost answer a look at the list. */
const rounds = { attempts: 5, longestWaitMs: 30_000 };
/**
 * Mints a key so that whatever happens on the way is known to the post step: the name is in the ledger before the
 * request leaves, the id right after the answer. A name is used for one request only. After a lost answer the key is
 * looked for by its name and revoked, for its token is lost, and the next round asks under a new name.
 * @throws NeonError of the last round
 */
async function mint(request, effects) {
    for (let round = 1;; round += 1) {
        const name = (0,_name_js__WEBPACK_IMPORTED_MODULE_2__/* .composeName */ .iO)(request.label, { ...request.mark, nonce: effects.newNonce() });
        effects.ledger.save({ name, askedAt: effects.clock.now() });
        try {
            return { key: await mintOnce(name, request, effects), name };
        }
        catch (error) {
            if (!(error instanceof _neon_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .NeonError */ .T))
                throw error;
            await prepareNextRound(name, error, round, effects);
        }
    }
}
/** @throws the error, when there is to be no next round */
async function prepareNextRound(name, error, round, effects) {
    const { clock, ledger, random, notice, cancelled } = effects;
    const { kind } = error.facts;
    const surelyNotMade = kind === 'refused' || kind === 'not-done';
    if (surelyNotMade)
        ledger.forget(name);
    const wait = (0,_neon_retry_js__WEBPACK_IMPORTED_MODULE_1__/* .waitBeforeRetry */ .jy)(error.facts, round, random(), rounds);
    if (wait === undefined || cancelled.aborted)
        throw error.with({ attempts: round });
    notice(`${error.message} Asking again under a new name.`);
    if (kind === 'unknown')
        await revokeLost(name, error, effects);
    await clock.sleep(wait, cancelled);
}
async function mintOnce(name, { projectId }, effects) {
    const askedAt = effects.clock.now();
    const key = await effects.neon.createOrgApiKey({ key_name: name, ...(projectId ? { project_id: projectId } : {}) });
    effects.mask(key.key);
    effects.ledger.save({ name, askedAt, id: key.id });
    if ((key.project_id || undefined) === projectId)
        return key;
    throw new Error(`Neon made key ${key.id} for ${key.project_id ? `the project ${key.project_id}` : 'the whole organization'}, asked for ${projectId ?? 'the whole organization'}. ` +
        'It is not handed out; the post step revokes it. Please report this with the request id of the debug log.');
}
/** A name that is not found stays in the ledger: the request may still be under way somewhere. */
async function revokeLost(name, lost, { neon, clock, ledger, notice }) {
    for (const revocation of await (0,_revoke_js__WEBPACK_IMPORTED_MODULE_3__/* .revokeKeys */ .n)([{ name }], { neon, clock, settleMs: 0, onOutcome: () => { } })) {
        if (revocation.how === 'failed') {
            const hint = `Whether Neon made the key is not known, and looking failed: ${revocation.error.message}\nThe post step looks again.`;
            throw lost.with({ hint });
        }
        if (revocation.how !== 'never-made') {
            ledger.forget(name);
            notice(`Neon had made the key after all; its token is lost, so key ${revocation.target.id} is revoked.`);
        }
    }
}


/***/ }),

/***/ 3299:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $K: () => (/* binding */ rotationKeys),
/* harmony export */   TG: () => (/* binding */ replacedUntil),
/* harmony export */   nr: () => (/* binding */ storeWithinMs),
/* harmony export */   zj: () => (/* binding */ secretIdOf)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _github_run_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7503);
/* harmony import */ var _name_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4518);



/**
 * Milliseconds within which a rotation stores the key it has minted, or gives it up. A key younger than that may be the
 * one that another run is storing right now: only a key that was minted later than that surely came after it.
 */
const storeWithinMs = 5 * 60_000;
/** @returns the keys that `rotate-key` minted, read from Neon's list */
function rotationKeys(keys) {
    return keys.flatMap(({ id, name, created_at, created_by, last_used_at }) => {
        const lifetime = (0,_name_js__WEBPACK_IMPORTED_MODULE_2__/* .parseName */ .$q)(name)?.mark.lifetime;
        if (lifetime?.kind !== 'rotation')
            return [];
        return {
            id,
            name,
            secretId: lifetime.secretId,
            createdBy: created_by?.id ?? '',
            createdAt: Date.parse(created_at),
            graceMs: lifetime.graceSeconds * 1000,
            stored: Boolean(last_used_at),
        };
    });
}
/**
 * When a key that is in no secret any more has to go: once a stored key of the same secret, minted surely later than this
 * one was stored, has been there for its grace. It must be of the same maker: others may call a key of theirs what they
 * like, and use it.
 * @param siblings the rotation keys of the same secret
 * @returns milliseconds since the epoch; undefined while the secret may hold this key
 */
function replacedUntil(key, siblings) {
    const ends = siblings
        .filter((other) => other.stored && other.createdBy !== '' && other.createdBy === key.createdBy)
        .filter((other) => other.createdAt - key.createdAt >= storeWithinMs)
        .map((other) => other.createdAt + other.graceMs);
    return ends.length === 0 ? undefined : Math.min(...ends);
}
/**
 * Names a secret in ten letters and digits, for the names of its keys: a repository's by the repository's number, which
 * survives a new name, an organization's by the organization's login, whichever repository writes it.
 */
function secretIdOf({ name, scope, environment = '' }, run) {
    const whose = scope === 'organization' ? (0,_github_run_js__WEBPACK_IMPORTED_MODULE_1__/* .repositoryOf */ ._)(run).owner.toLowerCase() : run.repositoryId;
    const secret = [run.server ?? '', scope, whose, environment.toLowerCase(), name.toUpperCase()];
    const digest = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(JSON.stringify(secret)).digest();
    return digest.readBigUInt64BE().toString(36).padStart(13, '0').slice(-10);
}


/***/ }),

/***/ 7312:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  run: () => (/* binding */ main_run)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "fs"
var external_fs_ = __webpack_require__(9896);
// EXTERNAL MODULE: external "os"
var external_os_ = __webpack_require__(857);
;// CONCATENATED MODULE: ./node_modules/@actions/github/lib/context.js


class Context {
    /**
     * Hydrate the context from the environment
     */
    constructor() {
        var _a, _b, _c;
        this.payload = {};
        if (process.env.GITHUB_EVENT_PATH) {
            if ((0,external_fs_.existsSync)(process.env.GITHUB_EVENT_PATH)) {
                this.payload = JSON.parse((0,external_fs_.readFileSync)(process.env.GITHUB_EVENT_PATH, { encoding: 'utf8' }));
            }
            else {
                const path = process.env.GITHUB_EVENT_PATH;
                process.stdout.write(`GITHUB_EVENT_PATH ${path} does not exist${external_os_.EOL}`);
            }
        }
        this.eventName = process.env.GITHUB_EVENT_NAME;
        this.sha = process.env.GITHUB_SHA;
        this.ref = process.env.GITHUB_REF;
        this.workflow = process.env.GITHUB_WORKFLOW;
        this.action = process.env.GITHUB_ACTION;
        this.actor = process.env.GITHUB_ACTOR;
        this.job = process.env.GITHUB_JOB;
        this.runAttempt = parseInt(process.env.GITHUB_RUN_ATTEMPT, 10);
        this.runNumber = parseInt(process.env.GITHUB_RUN_NUMBER, 10);
        this.runId = parseInt(process.env.GITHUB_RUN_ID, 10);
        this.apiUrl = (_a = process.env.GITHUB_API_URL) !== null && _a !== void 0 ? _a : `https://api.github.com`;
        this.serverUrl = (_b = process.env.GITHUB_SERVER_URL) !== null && _b !== void 0 ? _b : `https://github.com`;
        this.graphqlUrl =
            (_c = process.env.GITHUB_GRAPHQL_URL) !== null && _c !== void 0 ? _c : `https://api.github.com/graphql`;
    }
    get issue() {
        const payload = this.payload;
        return Object.assign(Object.assign({}, this.repo), { number: (payload.issue || payload.pull_request || payload).number });
    }
    get repo() {
        if (process.env.GITHUB_REPOSITORY) {
            const [owner, repo] = process.env.GITHUB_REPOSITORY.split('/');
            return { owner, repo };
        }
        if (this.payload.repository) {
            return {
                owner: this.payload.repository.owner.login,
                repo: this.payload.repository.name
            };
        }
        throw new Error("context.repo requires a GITHUB_REPOSITORY environment variable like 'owner/repo'");
    }
}
//# sourceMappingURL=context.js.map
;// CONCATENATED MODULE: ./build/github/event.js

/** @throws Error when the payload is not JSON */
function readEvent() {
    const { eventName = '', ref = '', payload } = readContext();
    return { name: eventName, ref, payload: (payload ?? {}) };
}
function readContext() {
    try {
        return new Context();
    }
    catch {
        throw new Error('The file of GITHUB_EVENT_PATH is not JSON: what started this run is not known.');
    }
}
/** The number of the pull request that the event is about; undefined when it is about none. */
function pullRequestOf({ name, payload }) {
    if (name !== 'pull_request' && name !== 'pull_request_target')
        return undefined;
    const { number } = payload.pull_request ?? {};
    return Number.isSafeInteger(number) && number > 0 ? number : undefined;
}

// EXTERNAL MODULE: ./build/github/run.js
var run = __webpack_require__(7503);
// EXTERNAL MODULE: ./build/inputs/read.js + 3 modules
var read = __webpack_require__(7463);
;// CONCATENATED MODULE: ./build/keys/ledger.js
/** @param write makes the open leases outlive the process */
function createLedger(write) {
    const leases = new Map();
    return {
        save(lease) {
            leases.set(lease.name, lease);
            write([...leases.values()]);
        },
        forget(name) {
            if (leases.delete(name))
                write([...leases.values()]);
        },
    };
}

// EXTERNAL MODULE: ./build/keys/state.js
var state = __webpack_require__(2600);
;// CONCATENATED MODULE: ./build/lib/cancel.js
/** The runner asked the step to end. */
class Cancelled extends Error {
    name = 'Cancelled';
    signal;
    constructor(signal) {
        super(`cancelled by ${signal}`);
        this.signal = signal;
    }
}
/** After the first signal the runner waits 7.5 s, then another 2.5 s, then it kills: the rest is for the state file. */
const graceMs = 6500;
/**
 * @param signals the process, whose default is to die at once, leaving a POST behind that is still carried out
 * @param onSignal is called once, with the first signal
 */
function listenForCancel(signals, onSignal) {
    const soon = new AbortController();
    const now = new AbortController();
    const cancel = (signal) => {
        if (soon.signal.aborted)
            return;
        soon.abort(new Cancelled(signal));
        onSignal(signal);
        setTimeout(() => now.abort(new Cancelled(signal)), graceMs).unref();
    };
    signals.on('SIGINT', cancel);
    signals.on('SIGTERM', cancel);
    return { cancelled: soon.signal, abandoned: now.signal };
}

// EXTERNAL MODULE: ./build/lib/clock.js
var clock = __webpack_require__(4570);
// EXTERNAL MODULE: ./build/lib/version.js
var version = __webpack_require__(6480);
// EXTERNAL MODULE: ./build/neon/connect.js + 3 modules
var connect = __webpack_require__(8067);
// EXTERNAL MODULE: ./build/keys/mint.js
var mint = __webpack_require__(8357);
// EXTERNAL MODULE: ./build/keys/name.js
var keys_name = __webpack_require__(4518);
// EXTERNAL MODULE: ./build/keys/render.js
var render = __webpack_require__(5189);
// EXTERNAL MODULE: ./build/lib/text.js
var lib_text = __webpack_require__(4869);
// EXTERNAL MODULE: ./build/runner/markdown.js
var markdown = __webpack_require__(1134);
// EXTERNAL MODULE: ./build/operations/secret.js
var operations_secret = __webpack_require__(1923);
;// CONCATENATED MODULE: ./build/operations/create-key.js







/** Mints a key; with `lifetime: job` the post step revokes it, otherwise it outlives the job, maybe in a secret. */
const createKey = async (inputs, context) => {
    const run = context.workflowRun();
    const { repository, job } = run;
    const lifetime = lifetimeOf(inputs.lifetime, context.event);
    const label = inputs.key_name ?? `${repository.split('/').at(-1)} ${job}`;
    const mark = { ...(0,keys_name/* originOf */.yv)(run), lifetime };
    const place = (0,operations_secret/* placeOf */.$t)(inputs);
    const request = { label, mark, ...(inputs.project_id ? { projectId: inputs.project_id } : {}) };
    const { key, name } = await mintFor(request, place, context);
    const stored = place ? ` It is in ${(0,operations_secret/* whereIs */.ie)(place)}.` : '';
    context.info(`Minted key ${key.id} "${(0,lib_text/* oneLine */.TN)(key.name)}" for ${reach(inputs)}.${stored} It lives ${ending(lifetime, key)}.`);
    // A key that outlives the job is no lease any more once it is handed over.
    const delivered = () => lifetime.kind !== 'job' && context.ledger.forget(name);
    return { ...resultOf(key, inputs, lifetime, place), delivered };
};
async function mintFor(request, place, context) {
    if (!place)
        return (0,mint/* mint */.X)(request, context);
    const { mintIntoSecret } = await __webpack_require__.e(/* import() */ 550).then(__webpack_require__.bind(__webpack_require__, 7550));
    return mintIntoSecret(request, await (0,operations_secret/* openSecret */.JM)(place, context), (0,operations_secret/* whereIs */.ie)(place), context);
}
/** @throws Error when the event is about no open pull request */
function lifetimeOf(written, event) {
    if (typeof written === 'object')
        return { kind: 'duration', ...written };
    if (written !== 'pull-request')
        return { kind: written };
    const started = event();
    const number = pullRequestOf(started);
    if (number === undefined) {
        throw new Error(`\`lifetime: pull-request\` needs the event \`pull_request\` or \`pull_request_target\`; this is \`${(0,lib_text/* oneLine */.TN)(started.name)}\`.`);
    }
    if (started.payload.action === 'closed') {
        throw new Error(`Pull request ${number} is closed: a key with \`lifetime: pull-request\` would be over at once.`);
    }
    return { kind: 'pull-request', number };
}
function resultOf(key, inputs, lifetime, place) {
    return {
        changed: true,
        ...(inputs.export_env ? { variables: { NEON_API_KEY: key.key } } : {}),
        outputs: { api_key: key.key, ...(0,render/* outputsOf */.Yz)(key) },
        summary: `### 🔑 A Neon key for ${beneficiary(lifetime)}\n\n${(0,markdown/* facts */.Ix)([
            ...(0,render/* factsOf */.xS)(key, inputs.project_id),
            ...(place ? [['In', (0,markdown/* plain */.pj)((0,operations_secret/* whereIs */.ie)(place))]] : []),
            ['Lives', ending(lifetime, key)],
            ['Minted', (0,markdown/* time */.kB)(key.created_at)],
        ])}\n`,
    };
}
function reach({ project_id }) {
    return project_id ? `project ${project_id}` : 'every project of the organization';
}
function beneficiary(lifetime) {
    if (lifetime.kind === 'job')
        return 'this job';
    return lifetime.kind === 'pull-request' ? `pull request ${lifetime.number}` : 'you to keep';
}
/** Nothing but a post step revokes by itself: that somebody has to sweep is said, too. */
function ending(lifetime, { created_at }) {
    if (lifetime.kind === 'job')
        return 'until this job ends, then its post step revokes it';
    if (lifetime.kind === 'manual')
        return 'until somebody revokes it';
    const sweeper = 'and the next `sweep-keys` or `revoke-key` revokes it';
    if (lifetime.kind === 'pull-request')
        return `until pull request ${lifetime.number} is closed ${sweeper}`;
    const end = lifetime.kind === 'duration' ? Date.parse(created_at) + lifetime.seconds * 1000 : Number.NaN;
    return `until ${Number.isNaN(end) ? 'its time is over' : (0,markdown/* time */.kB)(new Date(end).toISOString())} ${sweeper}`;
}

// EXTERNAL MODULE: ./build/lib/email.js
var email = __webpack_require__(3520);
;// CONCATENATED MODULE: ./build/operations/get-organization.js



/** Reads the organization's details. */
const getOrganization = async ({ show_emails }, { neon, info }) => {
    const shown = (0,email/* shownWith */.ou)(show_emails);
    const organization = await neon.getOrganization();
    info((0,lib_text/* oneLine */.TN)(`Organization ${organization.id} is on the plan ${organization.plan}.`));
    return {
        changed: false,
        outputs: {},
        json: { organization },
        summary: `### 🏢 ${(0,markdown/* plain */.pj)(organization.name ?? '', shown)}\n\n${(0,markdown/* facts */.Ix)([
            ['Id', (0,markdown/* code */.aY)(organization.id ?? '')],
            ['Handle', (0,markdown/* code */.aY)(organization.handle ?? '', shown)],
            ['Plan', (0,markdown/* plain */.pj)(organization.plan ?? '')],
            ['Managed by', (0,markdown/* plain */.pj)(organization.managed_by ?? '')],
            [
                'MFA',
                organization.require_mfa === undefined ? 'not told' : organization.require_mfa ? 'required' : 'not required',
            ],
            ['Created', (0,markdown/* time */.kB)(organization.created_at ?? '')],
        ])}\n`,
    };
};

// EXTERNAL MODULE: ./build/neon/endpoints.js
var endpoints = __webpack_require__(183);
;// CONCATENATED MODULE: ./build/operations/list-keys.js






/** Lists live keys, the newest first; Neon never tells a token again. */
const listKeys = async ({ key_name, show_emails }, context) => {
    const run = context.workflowRun();
    const all = await context.neon.listOrgApiKeys();
    const keys = key_name === undefined ? all : all.filter(({ name }) => (0,keys_name/* isMeantBy */.f7)(name, key_name, run));
    keys.sort((a, b) => b.created_at.localeCompare(a.created_at));
    context.info(`${(0,lib_text/* count */.U9)(keys.length, 'key')}${key_name === undefined ? '' : ` of ${all.length}`}.`);
    return {
        changed: false,
        outputs: { key_count: String(keys.length) },
        json: { keys: keys.map(endpoints/* asNeonWroteIt */.Jj) },
        summary: `### 🔑 ${(0,lib_text/* count */.U9)(keys.length, 'Neon key')}\n\n${keys.length === 0
            ? 'None.'
            : (0,markdown/* table */.tp)(head, keys.map((key) => row(key, run, (0,email/* shownWith */.ou)(show_emails))))}\n`,
    };
};
const head = ['Id', 'Key', 'Reaches', 'Created', 'By', 'Last used', 'Minted by'];
function row(key, run, shown) {
    return [
        (0,markdown/* code */.aY)(key.id),
        (0,markdown/* code */.aY)(key.name, shown),
        key.project_id ? (0,markdown/* code */.aY)(key.project_id) : '⚠️ every project',
        (0,markdown/* time */.kB)(key.created_at),
        // Neon knows some people by their address only.
        (0,markdown/* plain */.pj)(key.created_by?.name ?? '', shown),
        key.last_used_at ? (0,markdown/* time */.kB)(key.last_used_at) : 'never',
        origin(key.name, run),
    ];
}
const lifetimes = {
    job: 'for its job',
    'pull-request': 'for a pull request',
    manual: 'until revoked',
    duration: 'for a time',
    rotation: 'in a secret, until the next rotation',
};
/** What the mark in a name says, for people. */
function origin(name, run) {
    const mark = (0,keys_name/* parseName */.$q)(name)?.mark;
    return mark ? `${(0,render/* runLink */.ut)(mark, run)}, ${lifetimes[mark.lifetime.kind]}` : '';
}

// EXTERNAL MODULE: ./build/keys/revoke.js
var revoke = __webpack_require__(7747);
// EXTERNAL MODULE: ./build/keys/rotation.js
var rotation = __webpack_require__(3299);
;// CONCATENATED MODULE: ./build/operations/revoke-key.js







/** Revokes keys by id, by exact name or by label, and deletes the secret they were in; what is gone already is success. */
const revokeKey = async (inputs, context) => {
    const place = (0,operations_secret/* placeOf */.$t)(inputs);
    const secret = place && (await (0,operations_secret/* openSecret */.JM)(place, context));
    // What the token may not do is told before a key is revoked that the secret would go on to hold.
    await secret?.prepare();
    const targets = await findTargets(inputs, place, context);
    if (targets.length === 0)
        context.info('No such key is live: nothing to revoke.');
    const revocations = await (0,revoke/* revokeKeys */.n)(targets, {
        ...context,
        settleMs: 0,
        onOutcome: (revocation) => context.info((0,render/* sentence */.em)(revocation)),
    });
    const isFailed = revocations.some(({ how }) => how === 'failed');
    const removal = secret && !isFailed ? await removeSecret(secret, (0,operations_secret/* whereIs */.ie)(place), context) : nothingRemoved;
    if (removal.removed && revocations.length === 0) {
        context.warning(`${removal.sentence} No key was found beside it: one that it held may live on, \`list-keys\` tells.`);
    }
    const { revoked, outputs, json, failed } = (0,render/* resultOfRevocations */.u5)(revocations, removal.failures);
    const summary = summaryOf(revoked, revocations, removal.sentence);
    return { changed: revoked > 0 || removal.removed, outputs, json, summary, ...failed };
};
function summaryOf(revoked, revocations, removal) {
    const table = revocations.length > 0 ? (0,render/* revocationsTable */.WX)(revocations) : 'No such key is live: nothing to revoke.';
    return `### 🗑️ ${(0,lib_text/* count */.U9)(revoked, 'Neon key')} revoked\n\n${[table, (0,markdown/* plain */.pj)(removal)].filter(Boolean).join('\n\n')}\n`;
}
async function findTargets(inputs, place, context) {
    const { key_id = [], key_name } = inputs;
    const byId = key_id.map((id) => ({ id, name: '' }));
    if (key_name === undefined && (!place || byId.length > 0))
        return byId;
    const run = context.workflowRun();
    const secretId = place && (0,rotation/* secretIdOf */.zj)(place, run);
    const isOfSecret = ({ mark }) => mark.lifetime.kind === 'rotation' && mark.lifetime.secretId === secretId;
    const isMeant = (name) => {
        const parsed = (0,keys_name/* parseName */.$q)(name);
        return (parsed && isOfSecret(parsed)) || (key_name !== undefined && (0,keys_name/* isMeantBy */.f7)(name, key_name, run));
    };
    const byName = (await context.neon.listOrgApiKeys()).filter(({ name }) => isMeant(name));
    return [...byId, ...byName.filter(({ id }) => !key_id.includes(id)).map(({ id, name }) => ({ id, name }))];
}
const nothingRemoved = { removed: false, sentence: '', failures: [] };
/** The keys are dealt with before it, so a secret that cannot be deleted holds a dead key. */
async function removeSecret(secret, where, context) {
    try {
        const removed = await secret.remove();
        const sentence = removed ? `Deleted ${where}.` : `There is no ${where.slice(4)}: nothing to delete.`;
        context.info(sentence);
        return { removed, sentence, failures: [] };
    }
    catch (error) {
        context.cancelled.throwIfAborted();
        const sentence = `Could not delete ${where}.`;
        return { removed: false, sentence, failures: [`${sentence} ${error.message}`] };
    }
}

;// CONCATENATED MODULE: ./build/operations/index.js




/** Those of every job at once; the others are loaded when they are asked for. */
const operations = {
    'create-key': createKey,
    'revoke-key': revokeKey,
    'list-keys': listKeys,
    'sweep-keys': async (inputs, context) => (await __webpack_require__.e(/* import() */ 548).then(__webpack_require__.bind(__webpack_require__, 9548))).sweepKeys(inputs, context),
    'rotate-key': async (inputs, context) => (await __webpack_require__.e(/* import() */ 742).then(__webpack_require__.bind(__webpack_require__, 6742))).rotateKey(inputs, context),
    invite: async (inputs, context) => (await __webpack_require__.e(/* import() */ 252).then(__webpack_require__.bind(__webpack_require__, 1252))).invite(inputs, context),
    'list-invitations': async (inputs, context) => (await __webpack_require__.e(/* import() */ 252).then(__webpack_require__.bind(__webpack_require__, 1252))).listInvitations(inputs, context),
    'sync-invitations': async (inputs, context) => (await __webpack_require__.e(/* import() */ 252).then(__webpack_require__.bind(__webpack_require__, 1252))).syncPeople(inputs, context),
    'list-members': async (inputs, context) => (await __webpack_require__.e(/* import() */ 252).then(__webpack_require__.bind(__webpack_require__, 1252))).listMembers(inputs, context),
    'get-member': async (inputs, context) => (await __webpack_require__.e(/* import() */ 252).then(__webpack_require__.bind(__webpack_require__, 1252))).getMember(inputs, context),
    'update-member': async (inputs, context) => (await __webpack_require__.e(/* import() */ 252).then(__webpack_require__.bind(__webpack_require__, 1252))).updateMember(inputs, context),
    'remove-member': async (inputs, context) => (await __webpack_require__.e(/* import() */ 252).then(__webpack_require__.bind(__webpack_require__, 1252))).removeMember(inputs, context),
    'sync-members': async (inputs, context) => (await __webpack_require__.e(/* import() */ 252).then(__webpack_require__.bind(__webpack_require__, 1252))).syncPeople(inputs, context),
    'get-organization': getOrganization,
};
/** Runs the operation that the inputs name. */
function perform(inputs, context) {
    const operation = operations[inputs.operation];
    return operation(inputs, context);
}

// EXTERNAL MODULE: ./build/runner/commands.js
var commands = __webpack_require__(6717);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./build/runner/result.js



/** GitHub takes 1 MB of outputs from a whole job; a step that takes more than this much leaves too little for others. */
const maxJsonBytes = 256 * 1024;
/**
 * Hands a result over: outputs, then the summary, then the failure.
 * @param folder where JSON goes that is too long for outputs: RUNNER_TEMP, which the runner empties after the job
 */
function report(result, runner, options) {
    const json = Object.entries(result.json ?? {}).map(([name, value]) => [name, JSON.stringify(value)]);
    const bytes = json.reduce((sum, [, text]) => sum + Buffer.byteLength(text), 0);
    runner.setOutput('changed', String(result.changed));
    for (const [name, value] of Object.entries(result.outputs))
        runner.setOutput(name, value);
    for (const [name, value] of Object.entries(result.variables ?? {}))
        runner.exportVariable(name, value);
    try {
        if (bytes > maxJsonBytes)
            writeResultFile(json, runner, options);
        else
            for (const [name, text] of json)
                runner.setOutput(name, text);
        result.delivered?.();
    }
    finally {
        // It tells what was done, also when the outputs cannot.
        if (options.summary)
            runner.appendSummary((0,markdown/* fitSummary */.mW)(result.summary));
    }
    if (result.failure)
        runner.fail(result.failure);
}
function writeResultFile(json, runner, { folder, fileName }) {
    if (!folder)
        throw new Error('RUNNER_TEMP must be a folder: the result is too long for outputs.');
    const file = (0,external_node_path_.join)(folder, fileName);
    const members = json.map(([name, text]) => `${JSON.stringify(name)}:${text}`);
    (0,external_node_fs_.writeFileSync)(file, `{${members.join(',')}}`, { mode: 0o600 });
    runner.setOutput('result_file', file);
    const names = json.map(([name]) => `\`${name}\``).join(', ');
    runner.notice(`${names}: too long for outputs, see the file in the output \`result_file\`.`);
}

;// CONCATENATED MODULE: ./build/main.js













/** The step: reads the inputs, runs the operation, reports. It never throws; a failure is the exit code and an error. */
async function main_run(env) {
    const runner = (0,commands/* createRunner */.ji)();
    const cancellation = listenForCancel(process, (signal) => runner.info(`${signal}: ending what is under way.`));
    let failing = '';
    try {
        for (const secret of (0,read/* secretInputs */._y)(env))
            runner.mask(secret);
        (0,commands/* checkRunner */.RI)(env, process.versions.node);
        const inputs = await (0,read/* readInputs */.Ko)(env);
        if (inputs.show_emails)
            runner.showEmails();
        failing = `\`${inputs.operation}\` failed: `;
        const work = () => performStep(inputs, env, runner, cancellation);
        const result = await runner.group(`neon-org-action: ${inputs.operation}`, work);
        // What was minted meanwhile is in the state and not handed out: the post step revokes it.
        cancellation.cancelled.throwIfAborted();
        const fileName = `neon-${inputs.operation}-${newNonce()}.json`;
        report(result, runner, { summary: inputs.summary, folder: env['RUNNER_TEMP'] ?? '', fileName });
    }
    catch (error) {
        end(error, failing, runner, cancellation.cancelled);
    }
}
async function performStep(inputs, env, runner, { cancelled, abandoned }) {
    const { api_host: apiHost, org_id: orgId, timeout: timeoutMs } = inputs;
    const { random } = Math;
    const { debug } = runner;
    const withKey = async (apiKey, work) => {
        const options = { apiHost, apiKey, orgId, timeoutMs, clock: clock/* systemClock */.m, random, env, cancelled, abandoned, debug };
        const { neon, close } = await (0,connect/* connectNeon */.Z)(options);
        return work(neon).finally(close);
    };
    const ledger = createLedger((leases) => runner.saveState(state/* stateName */.Vi, (0,state/* writeState */.Jq)({ orgId, apiHost, leases })));
    const workflowRun = () => (0,run/* readWorkflowRun */.h)(env);
    const github = () => openGitHub(inputs, env, runner, cancelled);
    const context = {
        ...runner,
        withKey,
        clock: clock/* systemClock */.m,
        random,
        newNonce,
        ledger,
        workflowRun,
        event: readEvent,
        github,
        cancelled,
    };
    return withKey(inputs.api_key, (neon) => perform(inputs, { ...context, neon }));
}
/** Loads and opens GitHub's API: most steps do not need it. */
async function openGitHub({ github_token: token, github_api_url, timeout: timeoutMs }, env, { notice, debug }, cancelled) {
    if (token === undefined)
        throw new Error('`github_token` is empty: this operation asks GitHub, and needs a token for it.');
    const apiUrl = github_api_url ?? new URL(env['GITHUB_API_URL'] || 'https://api.github.com');
    const { connectGitHub } = await Promise.all(/* import() */[__webpack_require__.e(167), __webpack_require__.e(463)]).then(__webpack_require__.bind(__webpack_require__, 4463));
    return connectGitHub({ apiUrl, token, userAgent: version/* userAgent */.N, timeoutMs, env, cancelled, notice, debug });
}
/** 48 random bits as ten lower-case letters and digits. */
function newNonce() {
    return (0,external_node_crypto_.randomBytes)(6).readUIntBE(0, 6).toString(36).padStart(10, '0');
}
const signalExitCodes = { SIGINT: 130, SIGTERM: 143 };
function end(error, failing, runner, cancelled) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    if (cancelled.reason instanceof Cancelled) {
        if (error !== cancelled.reason)
            runner.info(message);
        runner.info(`The step was ${cancelled.reason.message}. What it had begun is left to its post step.`);
        process.exitCode = signalExitCodes[cancelled.reason.signal] ?? 1;
        // Octokit's waits do not end with a signal; nobody waits for them any more.
        setTimeout(() => process.exit(), 500).unref();
    }
    else
        runner.fail(failing + message);
    runner.debug(stack ?? '');
}


/***/ }),

/***/ 1923:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $t: () => (/* binding */ placeOf),
/* harmony export */   JM: () => (/* binding */ openSecret),
/* harmony export */   ie: () => (/* binding */ whereIs)
/* harmony export */ });
/* harmony import */ var _github_run_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7503);

/** The secret that the inputs name; undefined when they name none. */
function placeOf({ secret_name, secret_scope, secret_environment }) {
    if (secret_name === undefined)
        return undefined;
    const environment = secret_environment === undefined ? {} : { environment: secret_environment };
    return { name: secret_name, scope: secret_scope, ...environment };
}
/** Opens GitHub for one secret. */
async function openSecret(place, context) {
    const { secretAt } = await __webpack_require__.e(/* import() */ 907).then(__webpack_require__.bind(__webpack_require__, 5907));
    return secretAt(await context.github(), (0,_github_run_js__WEBPACK_IMPORTED_MODULE_0__/* .repositoryOf */ ._)(context.workflowRun()), place);
}
/** Where a secret is, for people. */
function whereIs({ name, scope, environment }) {
    return `the ${scope} secret ${name}${environment === undefined ? '' : ` of ${environment}`}`;
}


/***/ })

};
